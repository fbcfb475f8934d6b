package reporters

import (
	"bytes"
	"encoding/json"
	"io"
)

// A Plan is what a run would send: see package text.
type Plan struct {
	Target   string      `json:"target"` // origin; "" for the embedded reference server
	Settings Settings    `json:"settings"`
	Data     []PlanDatum `json:"data"`
	Tiers    []PlanTier  `json:"tiers"` // read-only, write, pay
	Skipped  []PlanSkip  `json:"skipped"`
	RPS      float64     `json:"rps,omitempty"` // limit of the run, 0 for none

	// Counted says that the requests were counted from the document and the settings
	// alone. Otherwise the suite was run against a reference server.
	Counted bool `json:"counted,omitempty"`

	// Unkept counts where the reference server, with which the plan was made, violates
	// the document. Requests that depend on the missing responses are not in the plan.
	Unkept int `json:"unkept,omitempty"`
}

// A PlanDatum says where a datum of the target comes from.
type PlanDatum struct {
	Name string `json:"name"` // as in the document
	From string `json:"from"`
}

// A PlanTier lists the requests that need a safety tier.
type PlanTier struct {
	Safety string     `json:"safety"`
	Lines  []PlanLine `json:"requests"`
}

// A PlanLine is a number of similar requests.
type PlanLine struct {
	Method string `json:"method"`
	Path   string `json:"path"`            // template of the document, else the path itself
	Other  bool   `json:"other,omitempty"` // the path is undocumented
	Why    string `json:"why"`             // what puts the requests into their tier
	// Bounds of their number; Most exceeds Least where it depends on responses.
	Least int `json:"least"`
	Most  int `json:"most"`
	// Requirements whose specs send them; "ping" and "discovery" come before.
	Requirements []string `json:"requirements"`
}

// A PlanSkip is a reason why specs would send nothing.
type PlanSkip struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
	Specs  int    `json:"specs"`
}

// Count returns bounds of the number of requests in a tier.
func (t PlanTier) Count() (least, most int) {
	for _, l := range t.Lines {
		least += l.Least
		most += l.Most
	}
	return least, most
}

// WritePlanJSON writes a plan for programs.
func WritePlanJSON(w io.Writer, p *Plan) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(p); err != nil {
		return err
	}
	_, err := w.Write(buf.Bytes())
	return err
}

// Count returns bounds of the number of requests in a plan.
func (p *Plan) Count() (least, most int) {
	for _, t := range p.Tiers {
		l, m := t.Count()
		least, most = least+l, most+m
	}
	return least, most
}
