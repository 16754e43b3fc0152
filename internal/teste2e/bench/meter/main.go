// SPDX-License-Identifier: MPL-2.0

//go:build unix

// Command meter runs a program in its place, with its input and output, and
// appends what it took to a file: a line with the nanoseconds that it spent on
// processors, and the peak of its resident memory in the system's own unit.
//
//	meter <file> <program>
//
// "make bench" puts it between Terraform and a provider. It is not shipped, and
// small on purpose: the kernel counts the memory of whoever starts a program
// into the program's peak.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 3 {
		log.Fatal("usage: meter <file> <program> [arguments]")
	}
	signal.Ignore(os.Interrupt)                                                  // a terminal sends it to the program as well
	cmd := exec.CommandContext(context.Background(), os.Args[2], os.Args[3:]...) //nolint:gosec // to run what it is told is its purpose
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	if cmd.ProcessState == nil {
		log.Fatal(err)
	}
	if err := note(os.Args[1], cmd.ProcessState); err != nil {
		log.Fatal(err)
	}
	os.Exit(cmd.ProcessState.ExitCode())
}

// note appends the line, which is short enough to be written at once.
func note(file string, state *os.ProcessState) error {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return fmt.Errorf("the system tells no usage but a %T", state.SysUsage())
	}
	out, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err = fmt.Fprintln(out, usage.Utime.Nano()+usage.Stime.Nano(), usage.Maxrss); err != nil {
		return err
	}
	return out.Close()
}
