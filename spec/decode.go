package spec

// Decode returns the value of a JSON text as [Contract.Check] sees it: map[string]any,
// []any, string, json.Number, bool or nil; of members of the same name the last one. It
// is false for what has no value, or one that is too large to be held. The value may
// share its parts and must not be changed.
func Decode(text []byte) (value any, ok bool) {
	value, _, ok = decodeText(text)
	return value, ok
}
