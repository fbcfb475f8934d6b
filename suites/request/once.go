package request

import (
	"crypto/rand"
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// once returns a new unique value for an idempotency key: a target does not carry out a
// second request with the same Idempotency-Key, and refuses another body with it
// (draft-ietf-httpapi-idempotency-key-header). ok is false if p is another header, if the
// user gave a value, or if the schema allows no such value.
func (b *Builder) once(o *spec.Operation, p spec.Input) (value string, ok bool) {
	name := strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(p.Name, "-", ""), "_", ""))
	s, err := b.sampler()
	if err != nil || strings.TrimPrefix(name, "x") != "idempotencykey" || b.Given(o, p) {
		return "", false
	}
	var id [16]byte
	rand.Read(id[:]) // never fails
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	uuid := fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
	for _, v := range []string{uuid, uuid[:8] + uuid[9:13] + uuid[14:18], uuid[:8]} {
		if s.Meets(p.Schema, v) {
			return v, true
		}
	}
	return "", false
}
