// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	ours "github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
)

// pages is a list of tasks that a network serves page by page.
type pages struct {
	all      [][]byte
	requests int
}

// pageSize is what the client asks for.
const pageSize = 1000

func newPages(count int) *pages {
	p := &pages{}
	before, behind, _ := strings.Cut(fakecloud.ExampleDCSBackgroundTask(), taskID)
	for offset := 0; offset <= count; offset += pageSize { // after full pages an empty one
		var page bytes.Buffer
		fmt.Fprintf(&page, `{"task_count":%d,"tasks":[`, count)
		for i := range min(pageSize, count-offset) {
			if i > 0 {
				page.WriteByte(',')
			}
			fmt.Fprintf(&page, "%s%032x%s", before, offset+i, behind)
		}
		page.WriteString("]}")
		p.all = append(p.all, page.Bytes())
	}
	return p
}

func (p *pages) page(req *http.Request) []byte {
	p.requests++
	query := req.URL.Query()
	offset, err := strconv.Atoi(query.Get("offset"))
	if err != nil || offset%pageSize != 0 || query.Get("limit") != strconv.Itoa(pageSize) {
		panic("a page that is not prepared: " + req.URL.RawQuery)
	}
	return p.all[offset/pageSize]
}

// BenchmarkList reads a list of background tasks of several lengths, as whole
// tasks in the state, or for the verdict alone (limit = 1).
func BenchmarkList(b *testing.B) {
	for _, kind := range []struct {
		name      string
		arguments map[string]any
	}{
		{"all", nil},
		{"verdict", map[string]any{"limit": 1}},
	} {
		for _, count := range []int{10, 1000, 10_000, 100_000} {
			b.Run(fmt.Sprintf("%s/%d", kind.name, count), func(b *testing.B) {
				list := newPages(count)
				arguments := map[string]any{"instance_id": instanceID}
				for name, value := range kind.arguments {
					arguments[name] = value
				}
				read := serve(b, ours.NewWithTransport("bench", canned(list.page)), settings()).
					reader(b, "hwtasks_dcs_background_tasks", everywhere(arguments)...)
				b.ReportAllocs()
				begin, reads := cpu(), 0
				list.requests = 0
				for b.Loop() {
					read()
					reads++
				}
				b.ReportMetric(float64(cpu()-begin)/float64(reads*count), "cpu-ns/task")
				b.ReportMetric(float64(list.requests)/float64(reads), "requests/op")
			})
		}
	}
}
