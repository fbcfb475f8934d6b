// Package shipped is the one place that names the packs of the suite.
package shipped
