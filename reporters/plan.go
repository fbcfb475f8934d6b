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

	// Unkept is in how many places the reference server, which the plan was made
	// with, does not keep the document. What specs send after an answer that they
	// do not get is missing in the plan.
	Unkept int `json:"unkept,omitempty"`
}

// A PlanDatum says where a datum of the target comes from.
type PlanDatum struct {
	Name string `json:"name"` // as the document calls it
	From string `json:"from"`
}

// A PlanTier is what needs a tier of safety.
type PlanTier struct {
	Safety string     `json:"safety"`
	Lines  []PlanLine `json:"requests"`
}

// A PlanLine is a number of requests that are alike.
type PlanLine struct {
	Method string `json:"method"`
	Path   string `json:"path"`            // template of the document, else the path itself
	Other  bool   `json:"other,omitempty"` // the path is none of the document
	Why    string `json:"why"`             // what puts the requests into their tier
	// How many; Most is larger than Least where it depends on answers.
	Least int `json:"least"`
	Most  int `json:"most"`
	// Requirements whose specs send them; "ping" and "discovery" come before.
	Requirements []string `json:"requirements"`
}

// A PlanSkip is why specs would send nothing.
type PlanSkip struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
	Specs  int    `json:"specs"`
}

// Count is how many requests a tier has.
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

// Count is how many requests a plan has.
func (p *Plan) Count() (least, most int) {
	for _, t := range p.Tiers {
		l, m := t.Count()
		least, most = least+l, most+m
	}
	return least, most
}
