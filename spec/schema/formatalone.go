package schema

import (
	"errors"
	"slices"

	"github.com/pb33f/jsonschema/v6"
	"github.com/pb33f/jsonschema/v6/kind"
)

// colloquial are the formats that many documents name and mean in words of their own:
// 15s is a duration to some, and 12:30 a time.
var colloquial = []string{"duration", "time"}

// FormatAlone reports whether a value that a schema refuses with this error meets it but
// for a colloquial format. The compiler looks at nothing else of a schema whose format is
// broken.
func FormatAlone(err error) bool {
	var refused *jsonschema.ValidationError
	return errors.As(err, &refused) && formatAlone(refused)
}

func formatAlone(e *jsonschema.ValidationError) bool {
	some := false
	switch k := e.ErrorKind.(type) {
	case *kind.Format:
		return slices.Contains(colloquial, k.Want)
	case *kind.OneOf:
		if len(k.Subschemas) > 0 {
			return false // it meets several
		}
		some = true
	case *kind.AnyOf:
		some = true
	case *kind.Schema, *kind.Group, *kind.Reference, *kind.AllOf:
	default:
		return false
	}
	n := 0
	for _, cause := range e.Causes {
		if formatAlone(cause) {
			n++
		}
	}
	return n > 0 && (n == len(e.Causes) || some)
}
