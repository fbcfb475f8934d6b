package spec_test

import (
	"fmt"
	"strconv"
	"testing"
)

func TestContentCoding(t *testing.T) {
	var table []judgement
	for _, test := range []struct {
		accept, coding string
		excluded       string // the reported coding, "" if there is none
	}{
		{"gzip", "gzip", ""},
		{"gzip", "x-gzip", ""},
		{"GZIP;q=0.5, identity;q=0.1", "gzip", ""},
		{"*", "br", ""},
		{"*;q=0, gzip", "gzip", ""},
		{"identity", "", ""},
		{"identity", "identity", ""},
		{"gzip;q=high", "gzip", ""},
		{"", "gzip", ""}, // without the header any coding is accepted
		{"identity", "gzip", "gzip"},
		{"gzip;q=0", "gzip", "gzip"},
		{"gzip; q=0.000, *", "gzip", "gzip"},
		{"*;q=0", "BR", "br"},
		{"gzip", "gzip, br", "br"},
	} {
		j := judgement{
			name: fmt.Sprintf("%s for %s", test.coding, test.accept), of: "cards-one",
			edits: does(header("Content-Encoding", test.coding)),
		}
		if test.accept != "" {
			j.edits = append(j.edits, credential("Accept-Encoding", test.accept))
		}
		if test.excluded != "" {
			j.want = []string{"SHOULD MEDIA-CODING-001 header Content-Encoding coding | no coding, or one that is accepted by " + strconv.Quote(test.accept) + ` | ` + test.excluded}
		}
		table = append(table, j)
	}
	judge(t, table)
}
