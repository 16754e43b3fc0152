// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bench_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/provider"
)

// pages is a list of tasks, one body per page.
type pages struct {
	count    int
	all      [][]byte
	pastEnd  []byte
	requests int
}

// pageSize is what the client requests.
const pageSize = 1000

func newPages(count int) *pages {
	p := &pages{count: count, pastEnd: fmt.Appendf(nil, `{"task_count":%d,"tasks":[]}`, count)}
	before, after, _ := strings.Cut(fakecloud.ExampleDCSBackgroundTask(), taskID)
	for offset := 0; offset < count; offset += pageSize {
		var page strings.Builder
		fmt.Fprintf(&page, `{"task_count":%d,"tasks":[`, count)
		for i := range min(pageSize, count-offset) {
			if i > 0 {
				page.WriteByte(',')
			}
			fmt.Fprintf(&page, "%s%032x%s", before, offset+i, after)
		}
		page.WriteString("]}")
		p.all = append(p.all, []byte(page.String()))
	}
	return p
}

func (p *pages) page(req *http.Request) []byte {
	p.requests++
	query := req.URL.Query()
	offset, err := strconv.Atoi(query.Get("offset"))
	switch {
	case err != nil || query.Get("limit") != strconv.Itoa(pageSize):
	case offset == p.count:
		return p.pastEnd
	case offset%pageSize == 0:
		return p.all[offset/pageSize]
	}
	panic("unexpected page: " + req.URL.RawQuery)
}

// BenchmarkList reads lists of background tasks of several lengths: all tasks
// into the state, or only the task state (limit = 1).
func BenchmarkList(b *testing.B) {
	for name, arguments := range map[string]map[string]any{
		"all":   {"instance_id": instanceID},
		"state": {"instance_id": instanceID, "limit": 1},
	} {
		for _, count := range []int{10, 1000, 10_000, 100_000} {
			b.Run(fmt.Sprintf("%s/%d", name, count), func(b *testing.B) {
				list := newPages(count)
				read := serve(b, provider.NewWithTransport("bench", network(list.page)), settings()).
					reader(b, "hwtasks_dcs_background_tasks", inEveryRegion(arguments)...)
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
