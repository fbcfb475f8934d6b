module github.com/hostup/api-conformance

go 1.26
