package env

import (
	"net/url"

	"github.com/hostup/api-conformance/spec"
)

// For returns the configuration and the contract of a run: what the base URL and
// the document say together. A base URL with a path is the server of a document
// without a pack; the paths of a pack are whole.
func (c Config) For(contract *spec.Contract) (Config, *spec.Contract, error) {
	c.Foreign = contract.Pack() == ""
	if c.BaseURL == "" {
		return c, contract, nil
	}
	if !c.Foreign {
		if _, err := origin(c.BaseURL); err != nil {
			return c, contract, configErrorf("base URL: %v", err)
		}
		return c, contract, nil
	}
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return c, contract, configErrorf("base URL: want an absolute URL such as https://staging.example.com")
	}
	return c, contract.Under(u.EscapedPath()), nil
}
