// SPDX-License-Identifier: MPL-2.0

//go:build unix

// Command meter runs a program, passes its input and output through, and appends
// its resource usage to a file: a line with its CPU time in nanoseconds and its
// peak resident memory in the unit of the system.
//
//	meter <file> <program>
//
// "make bench" puts it between Terraform and a provider. It is not shipped. It
// must stay small: the kernel counts the memory of the starting process into the
// peak of the started one.
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
	signal.Ignore(os.Interrupt)                                                  // a terminal sends it to the program too
	cmd := exec.CommandContext(context.Background(), os.Args[2], os.Args[3:]...) //nolint:gosec // its purpose is to run its arguments
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	if cmd.ProcessState == nil {
		log.Fatal(err)
	}
	if err := record(os.Args[1], cmd.ProcessState); err != nil {
		log.Fatal(err)
	}
	os.Exit(cmd.ProcessState.ExitCode())
}

// record appends the line, which is short enough for one atomic write.
func record(file string, state *os.ProcessState) error {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return fmt.Errorf("the system reports usage as %T", state.SysUsage())
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
