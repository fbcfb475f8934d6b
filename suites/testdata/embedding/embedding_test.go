// Package embedding is a user's Ginkgo suite that includes a conformance run; TestSetup
// builds and runs it.
package embedding

import (
	"os"
	"testing"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

var _ = ginkgo.Describe("my API", func() {
	ginkgo.It("has specs of its own", func() { gomega.Expect(1).To(gomega.Equal(1)) })
})

func TestAPI(t *testing.T) {
	gomega.RegisterFailHandler(ginkgo.Fail)
	cfg, err := settings.Load(nil, os.Environ(), "")
	if err != nil {
		t.Fatal(err)
	}
	suites.Setup(t.Context(), cfg, suites.Options{})
	ginkgo.RunSpecs(t, "my API")
}
