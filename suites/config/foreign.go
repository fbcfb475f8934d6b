package config

import (
	"cmp"
	"net/url"

	"github.com/hostup/api-conformance/spec"
)

// For returns the configuration and the contract of a run, combined from base URL and
// document. A base URL with a path, or a base path, replaces the servers of a document
// without a pack; the paths of a pack are complete.
func (c Config) For(contract *spec.Contract) (Config, *spec.Contract, error) {
	c.Foreign = contract.Pack() == ""
	if c.BasePath != "" && !c.Foreign {
		return c, contract, Errorf("base-path: leave it out, the paths of the document are whole")
	}
	if trouble := c.elsewhere(); trouble != "" {
		return c, contract, Errorf("%s", trouble)
	}
	if c.BaseURL == "" {
		return c, contract, nil
	}
	if !c.Foreign {
		if _, err := c.Names.origin(c.BaseURL); err != nil {
			return c, contract, Errorf("base URL: %v", err)
		}
		return c, contract, nil
	}
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return c, contract, Errorf("base URL: want an absolute URL such as https://staging.example.com")
	}
	return c, contract.Under(cmp.Or(u.EscapedPath(), c.BasePath)), nil
}

// elsewhere returns which given setting is one of the other kind of contract, "" for none.
// A limit that limits nothing must not pass for one.
func (c Config) elsewhere() string {
	switch usual := Default(c.Names); {
	case c.Foreign && c.MaxOrders != usual.MaxOrders:
		return "max-orders: the changes that the target of --spec may accept are limited by --max-writes"
	case !c.Foreign && c.MaxWrites != usual.MaxWrites:
		return "max-writes: without --spec the changes that the target may accept are limited by --max-orders"
	case !c.Foreign && c.Depth != usual.Depth:
		return "depth: the built-in document has one, leave it out or name another document with --spec"
	}
	return ""
}

// mayChange is MayMake for a document without a pack.
func (c Config) mayChange() string {
	text := "this run may make " + Plural(c.MaxWrites, "change") + " at most at " + c.Host() + " (--max-writes), and deletes what it creates where the document says how"
	if c.Safety >= Delete {
		text += "; it may also delete what was there before (--safety " + c.Safety.String() + ")"
	}
	return text
}
