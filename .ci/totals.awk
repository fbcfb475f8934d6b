# Reads the events of "go test -json", shows them as go test does without -json
# (the output of failed tests, one line for each package), and writes
# "N passed, N failed" to the file named by totals. A package that fails without
# a failing test (it does not compile, it panics) counts as one failure.

function member(name,    text) {
	if (!match($0, "\"" name "\":\"([^\"\\\\]|\\\\.)*\"")) return ""
	text = substr($0, RSTART + length(name) + 4, RLENGTH - length(name) - 5)
	gsub(/\\n$/, "", text)
	gsub(/\\t/, "\t", text)
	gsub(/\\u003c/, "<", text)
	gsub(/\\u003e/, ">", text)
	gsub(/\\u0026/, "\\&", text)
	gsub(/\\"/, "\"", text)
	gsub(/\\\\/, "\\", text)
	return text
}

!/^\{"/ { print; next }

{
	action = member("Action"); package = member("Package"); test = member("Test")
}

action == "build-output" { print member("Output"); next }
action == "output" {
	text = member("Output")
	if (test == "" && text ~ /^(ok|\?) /) print text
	else if (text !~ /^=== (RUN|PAUSE|CONT|NAME) /) kept[package, test] = kept[package, test] text "\n"
	next
}
action == "pass" && test != "" { passed++ }
action == "fail" && test != "" { failed++; failing[package] = 1 }
action == "fail" && test == "" && !failing[package] { failed++ }
action == "fail" { printf "%s", kept[package, test] }
action == "pass" || action == "fail" || action == "skip" { delete kept[package, test] }

END { printf "%d passed, %d failed\n", passed, failed >> totals }
