package reporters

import (
	"math"
	"time"
)

// A Bucket counts the exchanges that took at most UpTo and more than the previous bucket.
// Bounds are the same in every run, so that buckets of several runs can be added and
// compared.
type Bucket struct {
	UpTo  time.Duration `json:"upToNanoseconds"`
	Count int           `json:"count"`
}

// Bounds grow by the fourth root of two, some 19 %, from a tenth of a millisecond: fine
// enough to distinguish 20 ms from 24 ms, coarse enough for some tens of buckets.
const (
	firstBound    = 100 * time.Microsecond
	BoundsPerTwo  = 4
	largestBucket = 100 // 3,300 s: above any time-out
)

// Bound returns the upper bound of the bucket with index i.
func Bound(i int) time.Duration {
	return time.Duration(float64(firstBound) * math.Pow(2, float64(i)/BoundsPerTwo)).Round(time.Microsecond)
}

// buckets counts sorted durations.
func buckets(sorted []time.Duration) []Bucket {
	var out []Bucket
	i := 0
	for _, d := range sorted {
		for d > Bound(i) && i < largestBucket {
			i++
		}
		if n := len(out); n > 0 && out[n-1].UpTo == Bound(i) {
			out[n-1].Count++
		} else {
			out = append(out, Bucket{UpTo: Bound(i), Count: 1})
		}
	}
	return out
}

// MergeBuckets adds two sorted lists.
func MergeBuckets(a, b []Bucket) []Bucket {
	var out []Bucket
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].UpTo < b[0].UpTo:
			out, a = append(out, a[0]), a[1:]
		case len(a) == 0 || b[0].UpTo < a[0].UpTo:
			out, b = append(out, b[0]), b[1:]
		default:
			out = append(out, Bucket{a[0].UpTo, a[0].Count + b[0].Count})
			a, b = a[1:], b[1:]
		}
	}
	return out
}

// Quantile returns the upper bound of the bucket that contains quantile q of all
// exchanges, 0 if there are none.
func Quantile(all []Bucket, q float64) time.Duration {
	total := Samples(all)
	rank := int(math.Ceil(q * float64(total)))
	for _, b := range all {
		if rank -= b.Count; rank <= 0 {
			return b.UpTo
		}
	}
	return 0
}

// Samples returns the number of exchanges in the buckets.
func Samples(all []Bucket) int {
	n := 0
	for _, b := range all {
		n += b.Count
	}
	return n
}
