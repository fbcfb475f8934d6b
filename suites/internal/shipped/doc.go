// Package shipped is the one place where the packs that ship with the suite are named.
package shipped
