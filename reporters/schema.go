package reporters

import _ "embed"

//go:embed report.schema.json
var schemaText []byte

// Schema returns the JSON Schema (draft 2020-12) of what [WriteJSON] writes. Its $id
// carries the version of [SchemaVersion].
func Schema() []byte { return append([]byte(nil), schemaText...) }
