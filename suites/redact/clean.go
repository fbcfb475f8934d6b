package redact

import (
	"iter"
	"maps"
	"reflect"

	"github.com/hostup/api-conformance/spec"
)

// Finding returns f without secrets and without endless texts. Every text field that can
// hold names or values from a response is redacted and shortened; the status cannot.
func (r *Redactor) Finding(f spec.Finding) spec.Finding {
	for _, text := range []*string{&f.Operation, &f.Scope, &f.Where, &f.Pointer, &f.Keyword, &f.Want, &f.Got} {
		*text = short(r.Text(*text))
	}
	return f
}

// Clean returns a copy of the plain data v in which [Redactor.Known] has been applied to
// every string, including map keys and values. v is not modified; parts without secrets
// are shared with it. If two map keys become equal, counts are summed and any other value
// is kept from the first.
//
// Everything that a result consists of passes through it. Unexported fields (the inside
// of a time) hold no text and are skipped.
func Clean[T any](r *Redactor, v T) T {
	if out, changed := r.clean(reflect.ValueOf(&v).Elem()); changed {
		return out.Interface().(T)
	}
	return v
}

func (r *Redactor) clean(v reflect.Value) (out reflect.Value, changed bool) {
	switch v.Kind() {
	case reflect.String:
		text := r.Known(v.String())
		if text == v.String() {
			return v, false
		}
		return reflect.ValueOf(text).Convert(v.Type()), true
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return v, false
		}
		inner, changed := r.clean(v.Elem())
		if !changed || v.Kind() == reflect.Interface {
			return inner, changed
		}
		out = reflect.New(v.Type().Elem())
		out.Elem().Set(inner)
		return out, true
	case reflect.Struct:
		return r.cleanParts(v, v.NumField(), reflect.Value.Field)
	case reflect.Slice, reflect.Array:
		switch v.Type().Elem().Kind() {
		case reflect.String, reflect.Struct, reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
			return r.cleanParts(v, v.Len(), reflect.Value.Index)
		}
	case reflect.Map:
		return r.cleanMap(v)
	}
	return v, false
}

// cleanParts cleans the n fields or elements of v. It copies v when the first of them
// changes.
func (r *Redactor) cleanParts(v reflect.Value, n int, part func(v reflect.Value, i int) reflect.Value) (out reflect.Value, changed bool) {
	out = v
	for i := range n {
		p := part(v, i)
		if !p.CanInterface() {
			continue
		}
		clean, different := r.clean(p)
		if !different {
			continue
		}
		if !changed {
			out, changed = reflect.New(v.Type()).Elem(), true
			if v.Kind() == reflect.Slice {
				out = reflect.MakeSlice(v.Type(), n, n)
				reflect.Copy(out, v)
			} else {
				out.Set(v)
			}
		}
		part(out, i).Set(clean)
	}
	return out, changed
}

// harmless reports whether texts hold nothing that Known would replace.
func (r *Redactor) harmless(texts iter.Seq[string]) bool {
	for text := range texts {
		if r.Known(text) != text {
			return false
		}
	}
	return true
}

func (r *Redactor) cleanMap(v reflect.Value) (out reflect.Value, changed bool) {
	if counts, ok := v.Interface().(map[string]int); ok && r.harmless(maps.Keys(counts)) {
		return v, false // what a spec has observed: hundreds of keys, mostly the same for all specs
	}
	if v.IsNil() {
		return v, false
	}
	out = reflect.MakeMapWithSize(v.Type(), v.Len())
	for i := v.MapRange(); i.Next(); {
		key, keyChanged := r.clean(i.Key())
		value, valueChanged := r.clean(i.Value())
		changed = changed || keyChanged || valueChanged
		if before := out.MapIndex(key); before.IsValid() {
			if !value.CanInt() {
				continue
			}
			sum := reflect.New(value.Type()).Elem()
			sum.SetInt(before.Int() + value.Int())
			value = sum
		}
		out.SetMapIndex(key, value)
	}
	return out, changed
}
