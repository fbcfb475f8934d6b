package sample

// Attacks are what a target might answer to run a script in a reader's browser.
var Attacks = []string{
	`</script><script>window.injected=1</script>`,
	`<!--<script>window.injected=1</script>-->`, `--><script>window.injected=1</script>`,
	`<img src=x onerror="window.injected=1">`, `"><svg onload=window.injected=1>`, `' onmouseover='window.injected=1`,
	`javascript:window.injected=1`, `</style><script>window.injected=1</script>`, `</code></pre><script>window.injected=1</script>`,
	`</textarea></title><script>window.injected=1</script>`, `x{{.Policy}}`, "`${window.injected=1}`", `<iframe srcdoc="&lt;script&gt;parent.injected=1&lt;/script&gt;">`,
	"\u202e</span>", `&lt;script&gt;`, `<base href=//evil.example.test>`, `<meta http-equiv=refresh content=0;url=//evil.example.test>`,
}
