package proof

import (
	"testing"

	"github.com/hostup/api-conformance/fixtures/faults"
)

// BenchmarkFaults is the cost of one fault in the kill matrix: in this process, and with
// all processors. The sample is every twentieth fault.
func BenchmarkFaults(b *testing.B) {
	var sample []faults.Fault
	for i, f := range faults.All() {
		if i%20 == 0 {
			sample = append(sample, f)
		}
	}
	contract := load(b)
	for name, program := range map[string]string{"processes=1": "", "processes=all": executable(b)} {
		b.Run(name, func(b *testing.B) {
			tried := 0
			for b.Loop() {
				matrix, err := Run(b.Context(), Options{Contract: contract, Faults: sample, Executable: program})
				if err != nil {
					b.Fatal(err)
				}
				if matrix.Score.Killed != len(sample) {
					b.Fatalf("%d of %d faults killed", matrix.Score.Killed, len(sample))
				}
				tried += len(sample)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(tried), "ns/op")
		})
	}
}
