package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
)

// mirror returns to every client its credentials, in every encoding, at every location of
// a response: values, names of properties and headers, the status text, the media type,
// and a response that is not HTTP.
func mirror() http.Handler {
	var answers atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := credential(r)
		forms := append(spellings(key), pieces(key)...)
		n := int(answers.Add(1))
		form := forms[n%len(forms)]
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		body := mirrored([]string{key, form, forms[(n+7)%len(forms)]})
		media, status, name := "application/json", "200 OK", "X-Echo"
		kind := n % 6
		if r.URL.Path == "/" && kind == 4 {
			kind = 0 // the preflight
		}
		if early := strings.Contains(r.UserAgent(), "(discovery)") || strings.Contains(r.UserAgent(), "(preflight)"); early && kind == 3 {
			kind = 0 // what is served first shows later whether the target is still the same
		}
		switch kind {
		case 1:
			status = "200 " + form
		case 2:
			status = "400 " + form
			media = "application/problem+json"
		case 3:
			media = "application/" + form + "; charset=" + form
		case 4:
			name = "X-" + form // mostly not a token: the response is not HTTP then
		case 5:
			name = "X-" + token(form)
			status = "500 " + form
		}
		fmt.Fprintf(conn, "HTTP/1.1 %s\r\nContent-Type: %s\r\n%s: %s\r\nAllow: %s\r\nLocation: /%s\r\nX-Request-Id: %s\r\nRetry-After: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
			status, media, name, form, form, form, form, form, len(body), body)
	})
}

// mirrored returns a body with all forms as names, values, ids and codes.
func mirrored(forms []string) string {
	var members, rows []string
	for _, f := range forms {
		text, _ := json.Marshal(f)
		for _, quoted := range []string{string(text), `"` + strings.NewReplacer(`"`, `\"`).Replace(f) + `"`} {
			if json.Valid([]byte(quoted)) {
				members = append(members, fmt.Sprintf("%s:%s", quoted, quoted))
				rows = append(rows, fmt.Sprintf(`{"id":%s,"kind":%s,%s:{%s:1}}`, quoted, quoted, quoted, quoted))
			}
		}
	}
	code, _ := json.Marshal(forms[0])
	return fmt.Sprintf(`{"code":%s,"error":%s,"entries":[%s],"data":[%s],"tiers":[%s],"orderId":%s,"requestId":%s,%s}`,
		code, code, strings.Join(rows, ","), strings.Join(rows, ","), strings.Join(rows, ","), code, code, strings.Join(members, ","))
}

func credential(r *http.Request) string {
	_, value, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if plain, err := base64.StdEncoding.DecodeString(value); err == nil && len(plain) > 0 {
		value = strings.TrimSuffix(string(plain), ":")
	}
	if key := r.Header.Get("X-Api-Key"); key != "" {
		value = key
	}
	if cookie, err := r.Cookie("hostup_session"); err == nil {
		value = cookie.Value
	}
	if value == "" {
		value = r.URL.Query().Get("api_key")
	}
	if len(value) < 16 {
		return canaries["HOSTUP_API_KEY"] // known from an earlier request
	}
	return value
}

// spellings returns the encodings in which a credential may appear.
func spellings(value string) []string {
	text, _ := json.Marshal(value)
	quoted := string(text[1 : len(text)-1])
	again, _ := json.Marshal(quoted)
	var percent, unicode, entity strings.Builder
	for _, c := range []byte(value) {
		fmt.Fprintf(&percent, "%%%02X", c)
		fmt.Fprintf(&unicode, `\u%04x`, c)
		fmt.Fprintf(&entity, "&#x%x;", c)
	}
	b64 := base64.StdEncoding.EncodeToString
	return []string{
		value, strings.ToUpper(value), strings.ToLower(value),
		url.QueryEscape(value), url.PathEscape(value), url.QueryEscape(url.QueryEscape(value)), percent.String(), strings.ToLower(percent.String()),
		quoted, string(again[1 : len(again)-1]), strings.ReplaceAll(value, "/", `\/`), unicode.String(),
		html.EscapeString(value), entity.String(), strings.NewReplacer("~", "~0", "/", "~1").Replace(value),
		b64([]byte(value)), b64([]byte(value + ":")), b64([]byte("x" + value)), b64([]byte("user:" + value)), base64.RawURLEncoding.EncodeToString([]byte(value)),
		hex.EncodeToString([]byte(value)), strings.ToUpper(hex.EncodeToString([]byte(value))),
	}
}

// pieces returns the parts of a truncated credential.
func pieces(value string) []string {
	return []string{value[:8], value[:12], value[4:14], value[len(value)-9:], url.QueryEscape(value[5:]), base64.StdEncoding.EncodeToString([]byte(value[3:17]))}
}

// token returns a text without the characters that a header name cannot have.
func token(s string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune("/<>&+;#\\=:%", c) {
			return -1
		}
		return c
	}, s)
}
