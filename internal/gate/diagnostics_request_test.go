// SPDX-License-Identifier: MPL-2.0

package gate_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/hwtasks/terraform-provider-hwtasks/internal/gate"
	"github.com/hwtasks/terraform-provider-hwtasks/internal/transport"
)

// refused is an answer of status, code and message.
func refused(status int, code, message string) transport.Error {
	return transport.Error{Kind: transport.KindStatus, Status: status, Code: code, Message: message}
}

// unreadable is what Unreadable says of a fault, whose request and whose
// answer's id every fault has.
func unreadable(e transport.Error) []fault {
	e.Method, e.URL = "GET", jobURL
	if e.Kind != transport.KindNetwork {
		e.RequestID = "6a"
	}
	return []fault{faultOf(gate.Unreadable("DCS job", "DCS job ff80", &e))}
}

// said are the paragraphs of Unreadable, the last one less what it always has.
func said(what, remedy, evidence string) []fault {
	if evidence != "" {
		evidence += "\nRequest ID: 6a\n"
	}
	return says("Unable to read DCS job", "DCS job ff80 could not be read: "+what, remedy, evidence+"Request: GET "+jobURL)
}

const (
	later   = "Such a fault may pass by itself: run Terraform again later, or raise max_retries."
	support = "If it persists, show the following lines to the service's support."
	network = "Check the region, the endpoint, the network and the proxy variables HTTPS_PROXY and NO_PROXY."
	whoElse = "Something else may have answered: check the endpoint and the proxy. If both are right, this is a defect of the provider: please report it."
	keys    = "Check access_key and secret_key, and security_token if the keys are temporary."
	whose   = "Check the credentials, and whether they belong to the project."
	grant   = "The user or agency lacks the permission for this request: grant it in IAM."
	slower  = "Requests are throttled by the minute. Read fewer tasks at once (terraform -parallelism) or less often (poll_interval)."
	host    = "The gateway publishes no such API at this host: the region or the endpoint is wrong. It says nothing about the task."
	parent  = "Check the id, the region and the project."
	args    = "Check the ids and the other arguments: the service does not accept one of them."
	nothing = "Check the region and the endpoint. An answer like this says nothing about the task."
)

func status(code int) string { return fmt.Sprintf("the service answered with status %d.", code) }

func TestUnreadable_tellsThatNoAnswerCame(t *testing.T) {
	for name, test := range map[string]struct{ err, want string }{
		"a refused connection": {"dial tcp 192.0.2.1:443: connect: connection refused", "the request failed: dial tcp 192.0.2.1:443: connect: connection refused."},
		"a time-out":           {"no complete response within 1m0s", "the request failed: no complete response within 1m0s."},
		"half an answer":       {"unexpected EOF", "the request failed: unexpected EOF."},
	} {
		t.Run(name, func(t *testing.T) {
			diff(t, "diagnostic", said(test.want, network, ""), unreadable(transport.Error{Kind: transport.KindNetwork, Err: errors.New(test.err)}))
		})
	}
}

func TestUnreadable_tellsWhatIsWrongWithAnAnswer(t *testing.T) {
	for name, test := range map[string]struct {
		fault          transport.Error
		what, evidence string
	}{
		"nothing": {
			transport.Error{Problem: "the body is empty"},
			"the answer is not what the API documents: the body is empty.", "Status: 200 OK",
		},
		"a page": {
			transport.Error{Problem: "the body is not a JSON object", Body: "<html> <title>Log in</title> </html>"},
			"the answer is not what the API documents: the body is not a JSON object.", "Status: 200 OK\nBody: <html> <title>Log in</title> </html>",
		},
		"another type": {
			transport.Error{Problem: "the field status is a JSON object where the API documents another type"},
			"the answer is not what the API documents: the field status is a JSON object where the API documents another type.", "Status: 200 OK",
		},
	} {
		t.Run(name, func(t *testing.T) {
			test.fault.Kind, test.fault.Status = transport.KindMalformed, 200
			diff(t, "diagnostic", said(test.what, whoElse, test.evidence), unreadable(test.fault))
		})
	}
}

// TestUnreadable_tellsWhatTheServiceRefuses shows code and message of each
// family, in whose words nobody finds the cause but with whose code support does.
func TestUnreadable_tellsWhatTheServiceRefuses(t *testing.T) {
	const reason = "The reason."
	for _, test := range []struct {
		name           string
		fault          transport.Error
		what, remedy   string
		statusAndCodes string
	}{
		{"DCS 400", refused(400, "DCS.4062", reason), status(400), args, "Status: 400 Bad Request\nCode: DCS.4062\nMessage: The reason."},
		{"DCS 400, nine digits", refused(400, "111400063", "Invalid {0} parameter in the request."), status(400), args, "Status: 400 Bad Request\nCode: 111400063\nMessage: Invalid {0} parameter in the request."},
		{"DCS 400, nested", refused(400, "DCS.4927", "Not enough (in az1)"), status(400), args, "Status: 400 Bad Request\nCode: DCS.4927\nMessage: Not enough (in az1)"},
		{"DCS 401", refused(401, "DCS.1002", reason), status(401), whose, "Status: 401 Unauthorized\nCode: DCS.1002\nMessage: The reason."},
		{"DCS 403", refused(403, "DCS.2003", reason), status(403), grant, "Status: 403 Forbidden\nCode: DCS.2003\nMessage: The reason."},
		{"DCS 409", refused(409, "DCS.4083", reason), status(409), support, "Status: 409 Conflict\nCode: DCS.4083\nMessage: The reason."},
		{"DCS 500", refused(500, "111500000", reason), status(500), later, "Status: 500 Internal Server Error\nCode: 111500000\nMessage: The reason."},
		{"a 404 with a code of nobody", refused(404, "XDWS.0025", reason), status(404), nothing, "Status: 404 Not Found\nCode: XDWS.0025\nMessage: The reason."},
		{"DWS 500", refused(500, "DWS.9999", reason), status(500), later, "Status: 500 Internal Server Error\nCode: DWS.9999\nMessage: The reason."},
		{"DWS 200", refused(200, "DWS.6000", reason), "the service answered with an error.", support, "Status: 200 OK\nCode: DWS.6000\nMessage: The reason."},
		{"CCE 401", refused(401, "CCE.01401001", reason), status(401), whose, "Status: 401 Unauthorized\nCode: CCE.01401001\nMessage: The reason."},
		{"CCE 403", refused(403, "CCE.01403001", reason), status(403), grant, "Status: 403 Forbidden\nCode: CCE.01403001\nMessage: The reason."},
		{"CCE 429", refused(429, "CCE.01429003", reason), status(429), slower, "Status: 429 Too Many Requests\nCode: CCE.01429003\nMessage: The reason."},
		{"IAM 401", refused(401, "401", "The request you have made requires authentication."), status(401), whose, "Status: 401 Unauthorized\nCode: 401\nMessage: The request you have made requires authentication."},
		{"IAM 403", refused(403, "IAM.0011", reason), status(403), grant, "Status: 403 Forbidden\nCode: IAM.0011\nMessage: The reason."},
		{"a load balancer's 502", transport.Error{Kind: transport.KindStatus, Status: 502, Body: "<html> <h1>502 Bad Gateway</h1> </html>"}, status(502), later, "Status: 502 Bad Gateway\nBody: <html> <h1>502 Bad Gateway</h1> </html>"},
		{"a 503 without a body", refused(503, "", ""), status(503), later, "Status: 503 Service Unavailable"},
		{"a 503 with a time", transport.Error{Kind: transport.KindStatus, Status: 503, RetryAfter: 90 * time.Second}, status(503), later, "Status: 503 Service Unavailable\nRetry-After: 1m30s"},
		{"a 504 of the gateway", refused(504, "APIGW.0201", "Service DCS timed out (30000 ms)"), status(504), later, "Status: 504 Gateway Timeout\nCode: APIGW.0201\nMessage: Service DCS timed out (30000 ms)"},
		{"a 404 without a code", refused(404, "", "API not found"), status(404), nothing, "Status: 404 Not Found\nMessage: API not found"},
		{"a 410", refused(410, "", ""), status(410), support, "Status: 410 Gone"},
		{"a status that nobody knows", refused(599, "", ""), status(599), support, "Status: 599"},
		{"a redirect", refused(302, "", ""), "the answer redirects elsewhere, which is refused: a signed request must not wander.", "Check the scheme, the host and the path of the endpoint.", "Status: 302 Found"},
	} {
		t.Run(test.name, func(t *testing.T) {
			diff(t, "diagnostic", said(test.what, test.remedy, test.statusAndCodes), unreadable(test.fault))
		})
	}
}

func TestUnreadable_doesNotTakeAMissingParentForAMissingTask(t *testing.T) {
	for _, test := range []struct {
		status           int
		code, text, what string
	}{
		{404, "DCS.3022", "Not Found", "instance"},
		{404, "DCS.4001", "Not Found", "instance"},
		{404, "111404022", "Not Found", "instance"},
		{401, "DWS.0047", "Unauthorized", "cluster"},
		{403, "DWS.0015", "Forbidden", "cluster"},
		{404, "DWS.3027", "Not Found", "cluster"},
		{400, "DWS.0001", "Bad Request", "cluster"},
		{404, "CCE.01404001", "Not Found", "cluster"},
	} {
		t.Run(test.code, func(t *testing.T) {
			diff(t, "diagnostic",
				said("the service knows no such "+test.what+" in this project and region.", parent, fmt.Sprintf("Status: %d %s\nCode: %s\nMessage: Gone.", test.status, test.text, test.code)),
				unreadable(refused(test.status, test.code, "Gone.")))
		})
	}
}

// TestUnreadable_knowsTheGatewayUnderEitherName because it answers with both.
func TestUnreadable_knowsTheGatewayUnderEitherName(t *testing.T) {
	for _, test := range []struct {
		name, number string
		status       int
		text         string
		message      string
		remedy       string
	}{
		{"no such API", "0101", 404, "Not Found", "The API does not exist", host},
		{"wrong keys", "0301", 401, "Unauthorized", "Incorrect IAM authentication information: verify aksk signature fail", keys},
		{"not authorized", "0302", 403, "Forbidden", "No permission", grant},
		{"another app", "0304", 403, "Forbidden", "No permission", grant},
		{"wrong authentication", "0305", 401, "Unauthorized", "Incorrect authentication information", whose},
		{"denied, whatever the status", "0306", 401, "Unauthorized", "API access denied", grant},
		{"a token of another region", "0307", 401, "Unauthorized", "The token must be updated.", "The token has expired or belongs to another region: use a new one that was issued for this region."},
		{"throttled", "0308", 429, "Too Many Requests", "The throttling threshold has been reached: policy user over ratelimit,limit:100,time:1 minute", slower},
		{"throttled, whatever the status", "0308", 503, "Service Unavailable", "The throttling threshold has been reached", slower},
	} {
		for _, gateway := range []string{"APIGW.", "APIG."} {
			t.Run(test.name+" by "+gateway, func(t *testing.T) {
				evidence := fmt.Sprintf("Status: %d %s\nCode: %s\nMessage: %s", test.status, test.text, gateway+test.number, test.message)
				diff(t, "diagnostic", said(status(test.status), test.remedy, evidence), unreadable(refused(test.status, gateway+test.number, test.message)))
			})
		}
	}
}

func TestUnreadable_namesTheActionThatIsNotGranted(t *testing.T) {
	e := refused(403, "APIGW.0302", "No permission")
	e.IAMAction = "dcs:job:get"
	diff(t, "diagnostic",
		said(status(403), "The user or agency lacks the permission for this request: grant it the IAM action dcs:job:get.", "Status: 403 Forbidden\nCode: APIGW.0302\nMessage: No permission"),
		unreadable(e))
}

func TestUnreadable_tellsByHowMuchTheClockIsWrong(t *testing.T) {
	const message = "Incorrect IAM authentication information: signature expired, signature time:20211217T064303Z,server time:20211217T065804Z"
	here := time.Date(2021, time.December, 17, 6, 43, 3, 250e6, time.UTC)
	for name, test := range map[string]struct {
		server time.Time
		remedy string
	}{
		"behind": {
			here.Add(15*time.Minute + 750*time.Millisecond),
			"A signature is valid for 15 minutes, and this machine's clock is 15m1s behind the server's: set it right.",
		},
		"ahead": {
			here.Add(-2*time.Hour - 250*time.Millisecond),
			"A signature is valid for 15 minutes, and this machine's clock is 2h0m0s ahead of the server's: set it right.",
		},
		"right": {
			here.Add(-250 * time.Millisecond),
			"A signature is valid for 15 minutes, and this machine's clock agrees with the server's: something delays the requests on their way.",
		},
		"unknown": {
			time.Time{},
			"A signature is valid for 15 minutes: check this machine's clock.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := refused(401, "APIGW.0301", message)
			e.LocalTime, e.ServerTime = here, test.server
			diff(t, "diagnostic", said(status(401), test.remedy, "Status: 401 Unauthorized\nCode: APIGW.0301\nMessage: "+message), unreadable(e))
		})
	}
}

func TestUnreadable_tellsAnyOtherError(t *testing.T) {
	diff(t, "diagnostic", says("Unable to read DCS job", "DCS job ff80 could not be read: signing a request: the key is empty."),
		[]fault{faultOf(gate.Unreadable("DCS job", "DCS job ff80", errors.New("signing a request: the key is empty")))})
}

// TestPass_tellsOfAnUnreadableTaskAsUnreadableDoes whenever the look fails.
func TestPass_tellsOfAnUnreadableTaskAsUnreadableDoes(t *testing.T) {
	want := says("Unable to read DCS job", "DCS job ff80 could not be read: the service answered with status 403.", grant, forbiddenEvidence)
	tell(t, []telling{
		{"the only look", trial{subject: job, terms: waits(gate.ReadOnce), task: always(errForbidden)}, want},
		{"the first look", trial{subject: job, terms: waits(gate.Success), task: always(errForbidden)}, want},
		{"a later look", trial{subject: job, terms: waits(gate.Success), task: story{{0, running}, {10, errForbidden}}}, want},
		{"wrapped", trial{subject: job, terms: waits(gate.ReadOnce), task: always(fmt.Errorf("looking: %w", errForbidden))}, want},
	})
}

// TestPass_takesNoTimeOutOfARequestForTheEndOfTheTime because the request may
// be made again.
func TestPass_takesNoTimeOutOfARequestForTheEndOfTheTime(t *testing.T) {
	slow := &transport.Error{Kind: transport.KindNetwork, Method: "GET", URL: jobURL, Err: context.DeadlineExceeded}
	tell(t, []telling{{
		"the only look",
		trial{subject: job, terms: waits(gate.ReadOnce), task: always(slow)},
		says("Unable to read DCS job", "DCS job ff80 could not be read: the request failed: context deadline exceeded.", network, "Request: GET "+jobURL),
	}})
}
