package reporters

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestBuckets(t *testing.T) {
	for i := 1; i <= largestBucket; i++ {
		if Bound(i) <= Bound(i-1) {
			t.Fatalf("bound %d is not above the one before", i)
		}
	}
	ms := time.Millisecond
	a := buckets([]time.Duration{0, ms, ms, 20 * ms, time.Hour, 1000 * time.Hour})
	if Samples(a) != 6 || a[0] != (Bucket{Bound(0), 1}) || a[1].Count != 2 || a[len(a)-1] != (Bucket{Bound(largestBucket), 2}) {
		t.Errorf("buckets %v", a)
	}
	b := buckets([]time.Duration{ms, 2 * ms})
	ab, ba := MergeBuckets(a, b), MergeBuckets(b, a)
	if diff := cmp.Diff(ab, ba); diff != "" {
		t.Errorf("merging is not symmetric: %s", diff)
	}
	if Samples(ab) != 8 || Quantile(ab, 0.5) < ms || Quantile(ab, 0.5) > 2*ms {
		t.Errorf("merged %v, median %v", ab, Quantile(ab, 0.5))
	}
	if Quantile(nil, 0.5) != 0 {
		t.Error("nothing has a median")
	}
}
