package suites

import ("testing";"context";"os";"time";"fmt"
"github.com/hostup/api-conformance/suites/env"
"github.com/hostup/api-conformance/spec"
"github.com/hostup/api-conformance/reporters")

func TestScratch(t *testing.T) {
	t0:=time.Now()
	c, err := spec.Load(); if err!=nil {t.Fatal(err)}
	fmt.Println("load", time.Since(t0))
	for i := range 5 {
	t0=time.Now()
	run, err := Run(context.Background(), env.Default(), Options{Contract: c})
	fmt.Println("run", time.Since(t0), err)
	if run==nil {continue}
	if i==0 {reporters.WriteText(os.Stdout, run, reporters.TextOptions{})}
	fmt.Println(len(run.Specs), run.Traffic.Exchanges, run.Verdict)
	}
	t0=time.Now()
	l := List(c)
	fmt.Println("list", len(l), time.Since(t0))
}
