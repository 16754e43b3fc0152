// SPDX-License-Identifier: MPL-2.0

package fakecloud

import "net/http"

// dcsError has the three fields of DCS v2. The last one is documented as always
// null.
func dcsError(status int, code, message string) Response {
	return Response{Status: status, Body: encode(struct {
		Message  string  `json:"error_msg"`
		Code     string  `json:"error_code"`
		Extended *string `json:"error_ext_msg"`
	}{Message: message, Code: code})}
}

// dwsError repeats the code and the message under two names each, as real
// responses do.
func dwsError(status int, code, message string) Response {
	return Response{Status: status, Body: encode(struct {
		ExternalMessage string `json:"externalMessage"`
		ErrCode         string `json:"errCode"`
		Code            string `json:"error_code"`
		Message         string `json:"error_msg"`
	}{message, code, code, message})}
}

// cceNotFound mixes three families of field names, as real responses do. The most
// specific text is in message.
func cceNotFound(message string) Response {
	return Response{Status: http.StatusNotFound, Body: `{"kind":"Status","apiVersion":"v1","metadata":{},` +
		`"status":"Failure","code":404,"errorCode":"CCE.01404001","errorMessage":"Resource not found.",` +
		`"error_code":"CCE_CM.0003","error_msg":"Resource not found",` +
		`"message":"` + message + `","reason":"NotFound"}`}
}

// iamError has the form that IAM v3 inherits from Keystone.
func iamError(status int, message string) Response {
	type body struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
		Title   string `json:"title"`
	}
	return Response{Status: status, Body: encode(struct {
		Error body `json:"error"`
	}{body{status, message, http.StatusText(status)}})}
}

// codedError has the form of STS and of newer IAM APIs.
func codedError(status int, code, message string) Response {
	return Response{Status: status, Body: encode(struct {
		Code    string `json:"error_code"`
		Message string `json:"error_msg"`
	}{code, message})}
}

// notPublished reports a wrong host or path, never a missing task.
func notPublished(requestID string) Response {
	return gatewayError(http.StatusNotFound, "APIGW.0101",
		"The API does not exist or has not been published in the environment.", requestID)
}

func unauthenticated(requestID string, reason error) Response {
	return gatewayError(http.StatusUnauthorized, "APIGW.0301",
		"Incorrect IAM authentication information: "+reason.Error(), requestID)
}

// gatewayError includes the request ID, which the services' own errors do not.
func gatewayError(status int, code, message, requestID string) Response {
	return Response{Status: status, Body: encode(struct {
		Message   string `json:"error_msg"`
		Code      string `json:"error_code"`
		RequestID string `json:"request_id"`
	}{message, code, requestID})}
}
