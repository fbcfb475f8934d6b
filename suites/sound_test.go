package suites_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// A soundServer conforms to its document in its own way: it was written for the document,
// not for the suite.
type soundServer struct {
	name     string
	document string
	env      []string // credentials
	handler  func() http.Handler
}

var soundServers = []soundServer{
	{"todos that are known by their Location", todoDocument, nil, newTodos},
	{"a lobby with a token", lobbyDocument, lobbyEnv, func() http.Handler { return faultyLobby("") }},
	{"a shop with Basic and problem documents", shopDocument, []string{"CONFORMANCE_AUTH_BASIC=ada:lovelace"}, newShop},
	{"notes in pages, strict about media types, limited in rate", notesDocument, []string{"CONFORMANCE_AUTH_TOKEN=" + noteToken}, newNotes},
	{"one room, whose deletion takes all with it", roomDocument, nil, newRooms},
	{"files and tables", filesDocument, []string{"CONFORMANCE_AUTH_SID=" + fileSession, "CONFORMANCE_AUTH_APP=" + fileApp}, newFiles},
	{"a shelf that looks closely at tags, keys and ids", shelfDocument, []string{"CONFORMANCE_AUTH_KEY=" + shelfKey}, newShelf},
	{"loans to members that there are, by two credentials", loansDocument, loansEnv, newLoans},
	{"bookings of which all is looked at, in two media types", bookingDocument, nil, newBookings},
	{"hits, and counts beside them", countsDocument, nil, newCounts},
	{"words in pages that are never too large", boundsDocument, nil, newWords},
	{"a stock with settings, names of its users and a cursor", stockDocument, nil, newStock},
	{"numbers that are no counts of rows", totalsDocument, nil, newTotals},
	{"things of two kinds, which say what was sent in their own way", sourcesDocument, nil, newSources},
	{"a club with two customers", clubDocument, []string{"CONFORMANCE_AUTH_KEY=key-a"}, newClub},
	{"a desk with tickets that are closed and reopened", deskDocument, []string{"CONFORMANCE_AUTH_KEY=desk-key-a"}, newDesk},
	{"parts of parts of teams that no list shows", teamDocument, nil, newTeams},
	{"an archive of one tenant, whose exports take their time", archiveDocument, nil, newArchive},
	{"a press in the form of JSON:API, with a bin", pressDocument, []string{"CONFORMANCE_AUTH_KEY=" + pressKey}, newPress},
	{"charges that are captured later, and pages that begin behind a row", tillDocument, nil, newTill},
	{"books of authors, none of which is there at first", libraryDocument, nil, newLibrary},
}

// A conforming server violates nothing, and each of its operations has a success.
func TestSoundServers(t *testing.T) {
	for _, s := range soundServers {
		for name, depth := range map[string]config.Depth{"standard": config.Standard, "thorough": config.Thorough} {
			t.Run(s.name+" "+name, func(t *testing.T) {
				server := httptest.NewServer(s.handler())
				defer server.Close()
				c, err := packs.LoadText("sound.yaml", []byte(s.document))
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range c.Problems() {
					t.Errorf("%s:%d: %s %s", p.File, p.Line, p.ID, p.Text)
				}
				cfg, err := settings.Load(nil, append([]string{"HOSTUP_BASE_URL=" + server.URL}, s.env...), "")
				if err != nil {
					t.Fatal(err)
				}
				cfg.Safety, cfg.Depth = config.Delete, depth
				run, err := suites.Run(t.Context(), cfg, suites.Options{Contract: c})
				if err != nil {
					t.Fatal(err)
				}
				for _, g := range run.Findings {
					f := g.First
					t.Errorf("%s %s %s: %s: want %s, got %s", f.Level, f.Requirement, f.Operation, f.Where, f.Want, f.Got)
				}
				for _, o := range withoutSuccess(c, run) {
					t.Errorf("%s got no success", o)
				}
				if t.Failed() {
					for _, s := range run.Specs {
						if s.Outcome == reporters.Skipped && s.Skip != nil {
							t.Logf("%s %s: %s", s.Operation, s.Name, s.Skip.Reason)
						}
					}
				}
			})
		}
	}
}

// Servers of two customers conform to both.
func TestSoundForTwo(t *testing.T) {
	for name, s := range map[string]soundServer{
		"club": {document: clubDocument, env: clubKeys(t), handler: newClub},
		"desk": {document: deskDocument, env: deskKeys(t), handler: newDesk},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(s.handler())
			defer server.Close()
			c, cfg := target(t, s.document, append([]string{"HOSTUP_BASE_URL=" + server.URL}, s.env...)...)
			cfg.Safety, cfg.Depth = config.Delete, config.Thorough
			run, err := suites.Run(t.Context(), cfg, suites.Options{Contract: c})
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range run.Findings {
				t.Errorf("%s %s %s: %s: want %s, got %s", g.First.Level, g.First.Requirement, g.First.Operation, g.First.Where, g.First.Want, g.First.Got)
			}
		})
	}
}

// withoutSuccess returns the operations that had no success in a run.
func withoutSuccess(c *spec.Contract, run *reporters.Run) (names []string) {
	statuses := map[string]map[int]int{}
	for _, o := range run.Traffic.Operations {
		statuses[o.Operation] = o.Statuses
	}
	for _, o := range c.Operations() {
		served := false
		for status := range statuses[o.Name()] {
			served = served || status/100 == 2 || status/100 == 3 && o.Documents(status)
		}
		if !served {
			names = append(names, o.Name())
		}
	}
	return names
}

func reply(w http.ResponseWriter, status int, mediaType string, v any) {
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(status)
	if text, ok := v.(string); ok {
		w.Write([]byte(text))
		return
	}
	json.NewEncoder(w).Encode(v)
}
