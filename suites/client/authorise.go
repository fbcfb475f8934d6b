package client

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
)

// authorise adds the credential to header or query and returns the query.
func (c *Client) authorise(req request.Request, header http.Header) (query string, err error) {
	if len(req.Keys) > 0 {
		return c.withKeys(req, header)
	}
	a := req.Auth
	value := a.Literal
	if a.Secret != request.NoSecret && a.Place != request.Nowhere {
		if value = c.config.Secret(a.Secret); value == "" {
			return req.Query, fmt.Errorf("it needs %s, which is not set", c.config.Variable(string(a.Secret)))
		}
	} else if a.Place != request.Nowhere {
		c.redactor.MadeUp(value)
		c.redactor.MadeUp(base64.StdEncoding.EncodeToString([]byte(value + ":")))
		c.redactor.MadeUp(url.QueryEscape(value))
	}
	add := func(name, v string) { header[name] = append(header[name], strings.Trim(v, " \t")) }
	names := c.config.Names
	switch a.Place {
	case request.Nowhere:
	case request.Bearer:
		add(fieldName("Authorization", a.Form), bearerScheme(a.Form)+value)
	case request.OtherToken:
		add("Authorization", "Token "+value)
	case request.Bare:
		add("Authorization", value)
	case request.Basic:
		add("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(value+":")))
	case request.APIKey:
		add(fieldName(http.CanonicalHeaderKey(names.Header), a.Form), value)
	case request.Cookie:
		add("Cookie", cookies(names.Cookie, value, a.Form))
	case request.Query:
		pair := names.Parameter + "=" + url.QueryEscape(value)
		if req.Query == "" {
			return pair, nil
		}
		return req.Query + "&" + pair, nil
	default:
		return req.Query, fmt.Errorf("credentials cannot be placed in %q", a.Place)
	}
	return req.Query, nil
}

// withKeys adds the credentials of a request at their documented locations, and returns
// its query. A missing one is an error.
func (c *Client) withKeys(req request.Request, header http.Header) (query string, err error) {
	query = req.Query
	for _, k := range req.Keys {
		value := k.Literal
		if !k.Made {
			if value = c.config.Credential(k.Identity, k.Scheme.Name); value == "" && k.Scheme.Place() != "" {
				return query, fmt.Errorf("it needs %s, which is not set", config.AuthVariable(k.Scheme.Name))
			}
		} else if secret := c.config.Credential(k.Identity, k.Scheme.Name); secret == "" || !strings.Contains(value, secret) {
			c.redactor.MadeUp(value)
			c.redactor.MadeUp(base64.StdEncoding.EncodeToString([]byte(value)))
			c.redactor.MadeUp(url.QueryEscape(value))
		}
		query = place(k, value, header, query)
	}
	return query, nil
}

// place adds a credential at the location of its scheme and returns the query.
func place(k request.Key, value string, header http.Header, query string) string {
	s := k.Scheme
	add := func(name, v string) {
		name = http.CanonicalHeaderKey(name)
		header[name] = append(header[name], strings.Trim(v, " \t"))
	}
	switch {
	case s.Place() == "":
	case s.Type == "apiKey" && s.In == "query":
		pair := url.QueryEscape(s.Key) + "=" + url.QueryEscape(value)
		if query == "" {
			return pair
		}
		return query + "&" + pair
	case s.Type == "apiKey" && s.In == "cookie":
		pair := cookies(s.Key, value, k.Form)
		if all := header["Cookie"]; len(all) > 0 {
			header["Cookie"] = []string{all[0] + "; " + pair}
			break
		}
		add("Cookie", pair)
	case s.Type == "apiKey":
		add(s.Key, value)
	case strings.EqualFold(s.Scheme, "basic"):
		add("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(value)))
	case s.Scheme != "" && !strings.EqualFold(s.Scheme, "bearer"):
		add("Authorization", withScheme(s.Scheme, value))
	default: // bearer, oauth2, openIdConnect
		add("Authorization", withScheme("Bearer", value))
	}
	return query
}

// withScheme returns a credential preceded by its scheme, which may have been copied with
// it.
func withScheme(scheme, value string) string {
	if word, _, ok := strings.Cut(value, " "); ok && strings.EqualFold(word, scheme) {
		return value
	}
	return scheme + " " + value
}
