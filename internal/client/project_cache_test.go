// SPDX-License-Identifier: MPL-2.0

package client

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/fakecloud"
)

func TestProjectLookUp_isMadeOnceAndShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.AddProject(region, projectID)
		cloud.Fail(fakecloud.ProjectsPath, fakecloud.Fault{Delay: time.Second})
		got := findTogether(t, cloud, 3, 0)
		diff(t, "findings", findings{IDs: []string{projectID, projectID, projectID}, Errs: []string{"", "", ""}}, got)
		diff(t, "requests", 1, len(cloud.Requests()))
	})
}

func TestProjectLookUp_isRemembered(t *testing.T) {
	cloud := newCloud()
	cloud.AddProject("cn-north-4", "id-of-north")
	cloud.AddProject("cn-south-1", "id-of-south")
	c := newClient(cloud.Transport(), func(c *Config) { c.ProjectID = "" })
	var ids []string
	for _, region := range []string{"", "cn-south-1", "cn-north-4", "cn-south-1", ""} {
		p, err := c.Project(t.Context(), DCS, region, "")
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, p.ID)
	}
	diff(t, "ids", []string{"id-of-north", "id-of-south", "id-of-north", "id-of-south", "id-of-north"}, ids)
	diff(t, "requests", 2, len(cloud.Requests()))
}

func TestProjectLookUp_thatFailsIsToldToAllAndForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.AddProject(region, projectID)
		cloud.Fail(fakecloud.ProjectsPath, fakecloud.Fault{Delay: time.Second, Status: 500})
		refused := "looking up the project cn-north-4: GET " + iamURL + ": status 500"
		got := findTogether(t, cloud, 2, 0)
		diff(t, "findings", findings{IDs: []string{"", ""}, Errs: []string{refused, refused}}, got)

		c := newClient(cloud.Transport(), func(c *Config) { c.ProjectID = "" })
		cloud.Fail(fakecloud.ProjectsPath, fakecloud.Fault{Status: 500})
		_, err := c.Project(t.Context(), DCS, "", "")
		diff(t, "error", errors.New(refused), err)
		p, err := c.Project(t.Context(), DCS, "", "")
		diff(t, "error of the next look-up", nil, err)
		diff(t, "id of the next look-up", projectID, p.ID)
	})
}

func TestProjectLookUp_outlivesTheReadThatBeganIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.AddProject(region, projectID)
		cloud.Fail(fakecloud.ProjectsPath, fakecloud.Fault{Kind: fakecloud.Hang})
		begin := time.Now()
		got := findTogether(t, cloud, 3, 5*time.Second)
		cancelled := "looking up the project cn-north-4: context canceled"
		diff(t, "findings", findings{IDs: []string{"", projectID, projectID}, Errs: []string{"", "", cancelled}}, got)
		diff(t, "requests", 2, len(cloud.Requests()))
		diff(t, "duration", 5*time.Second, time.Since(begin))
	})
}

func TestProjectLookUp_isLeftAtOnceByAReadThatIsCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.AddProject(region, projectID)
		cloud.Fail(fakecloud.ProjectsPath, fakecloud.Fault{Delay: 50 * time.Second})
		c := newClient(cloud.Transport(), func(c *Config) { c.ProjectID = "" })
		asked := make(chan error)
		go func() {
			_, err := c.Project(t.Context(), DCS, "", "")
			asked <- err
		}()
		synctest.Wait()

		begin := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		_, err := c.Project(ctx, DCS, "", "")
		diff(t, "error of the one that joined", context.DeadlineExceeded, err)
		diff(t, "duration", 5*time.Second, time.Since(begin))
		diff(t, "error of the one that asked", nil, <-asked)
	})
}

func TestProjectLookUp_isRetriedAsAnyRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := newCloud()
		cloud.AddProject(region, projectID)
		cloud.Fail(fakecloud.ProjectsPath, fakecloud.Fault{Status: 503, Times: 5})
		p, err := newClient(cloud.Transport(), retries(5), func(c *Config) { c.ProjectID = "" }).Project(t.Context(), DCS, "", "")
		diff(t, "error", nil, err)
		diff(t, "id", projectID, p.ID)
	})
}
