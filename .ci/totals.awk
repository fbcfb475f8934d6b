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
	else if (text !~ /^=== (RUN|PAUSE|CONT|NAME) /) kept[package, test, ++lines[package, test]] = text # one string that grows costs minutes
	next
}
action == "pass" && test != "" { passed++ }
action == "fail" && test != "" { failed++; failing[package] = 1 }
action == "fail" && test == "" && !failing[package] { failed++ }
action == "pass" || action == "fail" || action == "skip" {
	for (i = 1; i <= lines[package, test]; i++) {
		if (action == "fail") print kept[package, test, i]
		delete kept[package, test, i]
	}
	delete lines[package, test]
}

END { printf "%d passed, %d failed\n", passed, failed >> totals }
