package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

func flags(t *testing.T, args ...string) *pflag.FlagSet {
	t.Helper()
	f := pflag.NewFlagSet("run", pflag.ContinueOnError)
	f.String("plan", "", "a flag of somebody else")
	config.BindFlags(settings.Names(), f)
	if err := f.Parse(args); err != nil {
		t.Fatal(err)
	}
	return f
}

func yamlFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "conf.yaml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadDefaults(t *testing.T) {
	got, err := settings.Load(flags(t), nil, "")
	if err != nil {
		t.Fatal(err)
	}
	want := settings.Default()
	want.Safety = config.Pay // for the server that the process itself starts
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLoadLayers(t *testing.T) {
	file := yamlFile(t, "base-url: http://file.test\nrps: 1\nmax-pages: 3\nstrict: true\nsettle: 1s\naccount-id: \"007\"\naddon-id:\n")
	environ := []string{"HOSTUP_BASE_URL=http://env.test/", "HOSTUP_RPS=2", "HOSTUP_MAX_PAGES=", "HOSTUP_SETTLE=2s", "PATH=/bin", "HOSTUP_TTL=60"}
	got, err := settings.Load(flags(t, "--rps=3", "--plan=x"), environ, file)
	if err != nil {
		t.Fatal(err)
	}
	want := settings.Default()
	want.BaseURL, want.RPS, want.MaxPages, want.Strict, want.Settle = "http://env.test", 3, 3, true, 2*time.Second
	want.Give("account-id", "007")
	want.Safety = config.ReadOnly
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestLoadOperations: each source can give more than one.
func TestLoadOperations(t *testing.T) {
	const want = "GET /a\nb"
	for name, load := range map[string]func() (config.Config, error){
		"flags": func() (config.Config, error) {
			return settings.Load(flags(t, "--operation=GET /a", "--operation=b"), []string{"HOSTUP_OPERATION=c"}, "")
		},
		"variable": func() (config.Config, error) { return settings.Load(nil, []string{"HOSTUP_OPERATION=" + want}, "") },
		"list":     func() (config.Config, error) { return settings.Load(nil, nil, yamlFile(t, "operation: [GET /a, b]")) },
		"block": func() (config.Config, error) {
			return settings.Load(nil, nil, yamlFile(t, "operation: |\n  GET /a\n  b\n"))
		},
	} {
		if got, err := load(); err != nil || got.Operation != want {
			t.Errorf("%s: %q, error %v, want %q", name, got.Operation, err, want)
		}
	}
}

// TestLoadWithoutKey: the key is not used with --no-key.
func TestLoadWithoutKey(t *testing.T) {
	got, err := settings.Load(flags(t, "--no-key"), []string{"HOSTUP_API_KEY=k", "HOSTUP_READONLY_API_KEY=r"}, "")
	if err != nil || got.Get("api-key") != "" || got.Get("readonly-api-key") != "r" || len(got.Notices()) != 1 {
		t.Errorf("%+v, %v, error %v", got, got.Notices(), err)
	}
}

func TestLoadFileOfFlagAndVariable(t *testing.T) {
	a, b := yamlFile(t, "procs: 2"), yamlFile(t, "procs: 3")
	for _, test := range []struct {
		name  string
		flags []string
		path  string
		want  int
	}{
		{"variable", nil, "", 3},
		{"flag", []string{"--config", a}, "", 2},
		{"argument", []string{"--config", b}, a, 2},
	} {
		got, err := settings.Load(flags(t, test.flags...), []string{"HOSTUP_CONFIG=" + b}, test.path)
		if err != nil || got.Procs != test.want {
			t.Errorf("%s: procs %d, want %d, error %v", test.name, got.Procs, test.want, err)
		}
	}
}

// TestSafetyDefault: without --safety, only the server that the process itself starts may
// be charged.
func TestSafetyDefault(t *testing.T) {
	for base, want := range map[string]config.Safety{
		"http://127.0.0.1:8080":   config.ReadOnly, // it may be a tunnel
		"http://localhost":        config.ReadOnly,
		"http://[::1]:1":          config.ReadOnly,
		"https://api.example.com": config.ReadOnly,
		"http://localhost.test":   config.ReadOnly,
		"http://127.0.0.1.test":   config.ReadOnly,
		"http://10.0.0.1":         config.ReadOnly,
	} {
		got, err := settings.Load(nil, []string{"HOSTUP_BASE_URL=" + base}, "")
		if err != nil || got.Safety != want {
			t.Errorf("%q: %v, want %v, error %v", base, got.Safety, want, err)
		}
	}
	if got, err := settings.Load(nil, nil, ""); err != nil || got.Safety != config.Pay {
		t.Errorf("embedded: %v, want %v, error %v", got.Safety, config.Pay, err)
	}
	got, err := settings.Load(nil, []string{"HOSTUP_BASE_URL=http://localhost", "HOSTUP_SAFETY=write"}, "")
	if err != nil || got.Safety != config.Write {
		t.Errorf("given: %v, %v", got.Safety, err)
	}
}

func TestEnvironRoundTrip(t *testing.T) {
	full := []string{
		"HOSTUP_BASE_URL=https://api.test:8443", "HOSTUP_SAFETY=pay", "HOSTUP_STRICT=true", "HOSTUP_REPORT_DIR=out put",
		"HOSTUP_PROCS=4", "HOSTUP_REQUEST_TIMEOUT=1m30s", "HOSTUP_LABEL_FILTER=a && !b = c", "HOSTUP_SPEC=x.yaml", "HOSTUP_SEED=-9223372036854775808",
		"HOSTUP_RPS=0.1", "HOSTUP_BURST=50", "HOSTUP_MAX_PAGES=7", "HOSTUP_SETTLE=0s", "HOSTUP_RATE_LIMIT_BUDGET=2m", "HOSTUP_CONFIRM_HOST=api.test",
		"HOSTUP_MAX_PAYMENTS=0", "HOSTUP_MAX_ORDERS=9", "HOSTUP_OPERATION=GET /a\nb", "HOSTUP_NO_KEY=false", "HOSTUP_ALLOW_PARTIAL=true", "HOSTUP_KEEP_GOING=true", "HOSTUP_CONCURRENCY=7", "HOSTUP_CA_FILE=ca", "HOSTUP_CLIENT_CERT=c", "HOSTUP_CLIENT_KEY=k", "HOSTUP_INSECURE=true",
		"HOSTUP_API_KEY=canary-full=1", "HOSTUP_READONLY_API_KEY=canary-ro", "HOSTUP_UNSCOPED_API_KEY=canary-un", "HOSTUP_SESSION=canary=s",
		"HOSTUP_DEPTH=quick", "HOSTUP_MAX_REQUESTS=8", "HOSTUP_MAX_WRITES=0", "HOSTUP_OVERLAY=o.yaml\np.yaml", "HOSTUP_TAG=pets", "HOSTUP_DATA=petId=7\nkind=a=b",
		"HOSTUP_ACCOUNT_ID=1", "HOSTUP_FOREIGN_ACCOUNT_ID=2", "HOSTUP_ADDON_ID=3", "HOSTUP_INVOICE_ID=4", "HOSTUP_DECLINED_INVOICE_ID=5", "HOSTUP_CARD_ID=6",
	}
	for name, environ := range map[string][]string{"nothing": nil, "all": full} {
		first, err := settings.Load(nil, environ, "")
		if err != nil {
			t.Fatal(name, err)
		}
		second, err := settings.Load(nil, first.Environ(), "")
		if err != nil {
			t.Fatal(name, err)
		}
		if first != second {
			t.Errorf("%s: %s", name, cmp.Diff(first, second))
		}
	}
	got, err := settings.Load(nil, full, "")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(got.Environ()); n != len(full) {
		t.Errorf("%d variables of %d", n, len(full))
	}
}

// TestLimitsOfTheOtherContract: a limit that limits nothing is an error.
func TestLimitsOfTheOtherContract(t *testing.T) {
	pack, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	other, err := packs.LoadText("x.yaml", []byte("openapi: 3.0.3\ninfo: {title: x, version: '1'}\npaths:\n  /a:\n    get: {responses: {'200': {description: ok}}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for flag, want := range map[string]struct{ pack, other string }{
		"HOSTUP_MAX_ORDERS=1":   {"", "max-orders: the changes that the target of --spec may accept are limited by --max-writes"},
		"HOSTUP_MAX_WRITES=1":   {"max-writes: without --spec the changes that the target may accept are limited by --max-orders", ""},
		"HOSTUP_DEPTH=quick":    {"depth: the built-in document has one, leave it out or name another document with --spec", ""},
		"HOSTUP_MAX_REQUESTS=9": {"", ""},
		"HOSTUP_MAX_PAYMENTS=1": {"", ""},
	} {
		cfg, err := settings.Load(nil, []string{flag}, "")
		if err != nil {
			t.Fatal(err)
		}
		for contract, want := range map[*spec.Contract]string{pack: want.pack, other: want.other} {
			got := ""
			if _, _, err := cfg.For(contract); err != nil {
				got = err.Error()
			}
			if got != want {
				t.Errorf("%s, %s: got %q, want %q", flag, contract.Name(), got, want)
			}
		}
	}
}

func TestLoadErrors(t *testing.T) {
	const canary = "canary-5ecret"
	tests := []struct {
		name    string
		flags   []string
		environ []string
		file    string
		want    string // the whole text
	}{
		{name: "relative URL", flags: []string{"--base-url=staging"}, want: `--base-url: want an absolute URL such as http://staging, got "staging"`},
		{name: "no scheme", environ: []string{"HOSTUP_BASE_URL=localhost:8080"}, want: `HOSTUP_BASE_URL: want an absolute URL such as http://localhost:8080, got "localhost:8080"`},
		{name: "no URL", environ: []string{"HOSTUP_BASE_URL=://x"}, want: `HOSTUP_BASE_URL: want an absolute URL such as https://staging.example.com, got "://x"`},
		{name: "scheme", flags: []string{"--base-url=ftp://x"}, want: `--base-url: want http or https, got "ftp://x"`},
		{name: "user", flags: []string{"--base-url=https://u:" + canary + "@x"}, want: `--base-url: the URL holds credentials: leave them out and set HOSTUP_API_KEY`},
		{name: "bad user", flags: []string{"--base-url=https://u:" + canary + "@x:port"}, want: `--base-url: the URL holds credentials: leave them out and set HOSTUP_API_KEY`},
		{name: "query", flags: []string{"--base-url=https://x?k=" + canary}, want: `--base-url: want an origin without query and fragment, got "https://x?…"`},
		{name: "fragment", flags: []string{"--base-url=https://x/#" + canary}, want: `--base-url: want an origin without query and fragment, got "https://x/#…"`},
		{name: "api", flags: []string{"--base-url=https://x/api/v2/"}, want: `--base-url: leave /api/v2 out, the paths of the document carry it: want https://x, got "https://x/api/v2/"`},
		{name: "base path", flags: []string{"--base-url=https://x", "--spec=x.yaml", "--base-path=v1"}, want: `--base-path: want a path such as /v1, or / for none, got "v1"`},
		{name: "base path with a query", flags: []string{"--base-url=https://x", "--spec=x.yaml", "--base-path=/v1?a"}, want: `--base-path: want a path such as /v1, or / for none, got "/v1?a"`},
		{name: "base path twice", flags: []string{"--base-url=https://x/v2/", "--spec=x.yaml", "--base-path=/v1"}, want: `--base-path: leave it out, the base URL has the path /v2 already`},
		{name: "path", file: "base-url: https://X/foo", want: `base-url in FILE: want an origin without a path such as https://x, got "https://X/foo"`},
		{name: "port", flags: []string{"--base-url=http://x:99999"}, want: `--base-url: want a port from 1 to 65535, got "http://x:99999"`},
		{name: "empty port", flags: []string{"--base-url=http://127.0.0.1:"}, want: `--base-url: the port is empty: want one from 1 to 65535, or no colon, got "http://127.0.0.1:"`},
		{name: "empty port before a path", environ: []string{"HOSTUP_BASE_URL=https://[::1]:/v1", "HOSTUP_SPEC=x.yaml"}, want: `HOSTUP_BASE_URL: the port is empty: want one from 1 to 65535, or no colon, got "https://[::1]:"`},
		{name: "empty flag", flags: []string{"--base-url="}, environ: []string{"HOSTUP_BASE_URL=http://x"}, want: `--base-url is empty: name the target, or leave it out to test the embedded server`},
		{name: "empty variable", environ: []string{"HOSTUP_BASE_URL="}, want: `HOSTUP_BASE_URL is empty: name the target, or leave it out to test the embedded server`},
		{name: "empty key", file: "base-url: ''", want: `base-url in FILE is empty: name the target, or leave it out to test the embedded server`},
		{name: "safety", environ: []string{"HOSTUP_SAFETY=all"}, want: `HOSTUP_SAFETY: want read-only, write, delete or pay, got "all"`},
		{name: "duration", file: "request-timeout: 10", want: `request-timeout in FILE: want a duration with its unit such as 10s or 1m30s, got "10"`},
		{name: "zero timeout", environ: []string{"HOSTUP_REQUEST_TIMEOUT=0s"}, want: `HOSTUP_REQUEST_TIMEOUT: want a longer duration such as 10s, got "0s"`},
		{name: "processes that fill the machine", environ: []string{"HOSTUP_PROCS=100000"}, want: `HOSTUP_PROCS: want a whole number, at most 64, got "100000"`},
		{name: "a burst that fills the machine", environ: []string{"HOSTUP_BURST=1000000"}, want: `HOSTUP_BURST: want a whole number, at most 5000, got "1000000"`},
		{name: "number", environ: []string{"HOSTUP_PROCS=0"}, want: `HOSTUP_PROCS: want a whole number, 1 or more, got "0"`},
		{name: "rps", environ: []string{"HOSTUP_RPS=NaN"}, want: `HOSTUP_RPS: want requests per second such as 5 or 0.5, 0 for no limit, got "NaN"`},
		{name: "bool", environ: []string{"HOSTUP_STRICT=yes"}, want: `HOSTUP_STRICT: want true or false, got "yes"`},
		{name: "newline", environ: []string{"HOSTUP_API_KEY=" + canary + "\n"}, want: `HOSTUP_API_KEY: the value holds a line break: store the secret without one (printf, not echo)`},
		{name: "scheme in key", environ: []string{"HOSTUP_API_KEY=Bearer " + canary}, want: `HOSTUP_API_KEY: the value holds a space: copy the bare credential, without a scheme such as Bearer`},
		{name: "cookie name", environ: []string{"HOSTUP_SESSION=hostup_session=" + canary}, want: `HOSTUP_SESSION: give only what follows hostup_session=`},
		{name: "same keys", environ: []string{"HOSTUP_API_KEY=" + canary, "HOSTUP_UNSCOPED_API_KEY=" + canary}, want: `HOSTUP_API_KEY and HOSTUP_UNSCOPED_API_KEY are the same: the second is a key with neither billing scope`},
		{name: "half a certificate", flags: []string{"--client-cert=c"}, want: `client certificate and key belong together: give --client-cert and --client-key, or neither`},
		{name: "unknown variable", environ: []string{"HOSTUP_APIKEY=" + canary}, want: `unknown environment variable HOSTUP_APIKEY: did you mean HOSTUP_API_KEY? unset it otherwise`},
		{name: "secret in file", file: "api-key: " + canary, want: `api-key in FILE: secrets are not read from files, set HOSTUP_API_KEY in the environment instead`},
		{name: "secret spelled otherwise", file: "HOSTUP_SESSION: " + canary, want: `HOSTUP_SESSION in FILE: secrets are not read from files, set HOSTUP_SESSION in the environment instead`},
		{name: "unknown key", file: "base_url: http://x", want: `unknown key base_url in FILE: did you mean base-url?`},
		{name: "nested key", file: "target:\n  rps: 1", want: `unknown key target in FILE: keys are the names of flags, such as base-url`},
		{name: "two documents", file: "rps: 1\n---\nrps: 2", want: `cannot read the configuration file FILE: it holds a second YAML document (---, line 3): put all into one`},
		{name: "a key twice", file: "rps: 1\nrps: 2", want: `cannot read the configuration file FILE: "rps" stands twice`},
		{name: "a list for one value", file: "rps: [1, 2]", want: `rps in FILE: want a single value`},
		{name: "unknown variable like none", environ: []string{"HOSTUP_FROBNICATE=1"}, want: `unknown environment variable HOSTUP_FROBNICATE: unset it; names that begin with HOSTUP_ are read as settings`},
		{name: "number for text", file: "account-id: 007", want: `account-id in FILE: write the value in quotes, it is not read as text without them`},
		{name: "variables for YAML", file: "HOSTUP_API_KEY=" + canary, want: `cannot read the configuration file FILE: it is not a mapping of keys to values, such as base-url: https://staging.example.com`},
		{name: "no file", flags: []string{"--config=/nonexistent/x"}, want: `cannot read the configuration file /nonexistent/x: no such file or directory`},
		{name: "two", environ: []string{"HOSTUP_PROCS=x", "HOSTUP_BURST=-1"}, want: "HOSTUP_PROCS: want a whole number, 1 or more, got \"x\"\nHOSTUP_BURST: want a whole number, 0 or more, got \"-1\""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := ""
			if test.file != "" {
				path = yamlFile(t, test.file)
			}
			got, err := settings.Load(flags(t, test.flags...), test.environ, path)
			var wrong *config.Error
			if !errors.As(err, &wrong) {
				t.Fatalf("error %v is no Error", err)
			}
			text := err.Error()
			if path != "" {
				text = strings.ReplaceAll(text, path, "FILE")
			}
			if text != test.want {
				t.Errorf("got  %s\nwant %s", text, test.want)
			}
			if strings.Contains(text, canary) {
				t.Error("the text shows the secret")
			}
			if got != (config.Config{}) {
				t.Error("a configuration came with the error")
			}
		})
	}
}

func TestFlagErrors(t *testing.T) {
	f := pflag.NewFlagSet("run", pflag.ContinueOnError)
	config.BindFlags(settings.Names(), f)
	err := f.Parse([]string{"--rps=fast"})
	want := `invalid argument "fast" for "--rps" flag: want requests per second such as 5 or 0.5, 0 for no limit, got "fast"`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	for _, secret := range []string{"api-key", "session", "account-id"} {
		if f.Lookup(secret) != nil {
			t.Errorf("--%s is a flag", secret)
		}
	}
}

func TestMayMake(t *testing.T) {
	cfg := settings.Default()
	cfg.BaseURL, cfg.Safety, cfg.MaxOrders = "https://api.test", config.Pay, 1
	cfg.Give("invoice-id", "7")
	cfg.Give("declined-invoice-id", "8")
	cfg.Give("account-id", "acct_1")
	const orders = "this run may make at api.test: at most 1 order of storage add-ons for account acct_1, each with an unpaid invoice (--max-orders)"
	for _, test := range []struct {
		change func(*config.Config)
		want   string
	}{
		{func(*config.Config) {}, orders + "; at most 4 payments (--max-payments) with card primary, of invoice 7, and of 8 if the target does not decline it"},
		{func(c *config.Config) { c.Give("invoice-id", "") }, orders + "; at most 4 payments (--max-payments) with card primary, of no invoice unless the target is broken: HOSTUP_INVOICE_ID is not set"},
		{func(c *config.Config) { c.Safety = config.Write }, orders},
		{func(c *config.Config) { c.Safety = config.ReadOnly }, ""},
		{func(c *config.Config) { c.BaseURL = "" }, ""},
	} {
		c := cfg
		test.change(&c)
		if got := c.MayMake(); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}
