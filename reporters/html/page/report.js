"use strict";
(() => {
  const $ = (s, from = document) => from.querySelector(s);
  const all = (s, from = document) => [...from.querySelectorAll(s)];

  // Filter: every element with data-f is shown if it meets all controls. What it says
  // is read when somebody first asks, with that of its card.
  const form = $("#filter"), said = $("#shown"), list = $("#results");
  const nouns = { finding: "findings", requirement: "requirements", spec: "specs" };
  let items, other;
  const read = () => {
    if (items) return;
    items = all("[data-f]").map((e) => {
      const card = e.closest(".finding");
      return { e, card, kind: e.dataset.f, text: (e.textContent + (card ? " " + $(".head", card).textContent : "")).toLowerCase() };
    });
    other = [...all(".chips li"), ...all("details.skip"), ...all("#drift ~ .scroll tr"), ...all("table.latency tbody tr")].map((e) => ({ e, text: e.textContent.toLowerCase() }));
  };
  const apply = () => {
    const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const { level, outcome, operation } = form;
    const active = words.length || level.value || outcome.value || operation.value;
    if (!active && !items) return;
    read();
    const fits = (d, text) =>
      (!level.value || d.level === level.value) && (!outcome.value || d.outcome === outcome.value) &&
      (!operation.value || d.operations === "*" || (d.operations || "").split("\n").includes(operation.value)) && words.every((w) => text.includes(w));
    const shown = {}, total = {}, found = { finding: [], requirement: [] }, cards = new Map();
    for (const { e, card, text, kind } of items) {
      const ok = fits(e.dataset, text);
      e.hidden = !ok;
      if (card) cards.set(card, cards.get(card) || ok);
      if (ok && found[kind]) found[kind].push(e);
      total[kind] = (total[kind] || 0) + 1;
      shown[kind] = (shown[kind] || 0) + ok;
    }
    for (const [card, ok] of cards) card.classList.toggle("off", !ok);
    for (const row of all("details.row")) {
      const ids = all(".cells a", row);
      for (const a of ids) {
        const d = { level: a.dataset.level, outcome: a.className.split(" ")[0], operations: row.dataset.operations };
        a.classList.toggle("off", !fits(d, (a.textContent + " " + a.title + " " + d.operations).toLowerCase()));
      }
      row.classList.toggle("off", ids.length > 0 && ids.every((a) => a.classList.contains("off")));
    }
    for (const b of all("tbody.group")) b.hidden = !b.querySelector("tr[data-f]:not([hidden])");
    said.textContent = active ? Object.keys(nouns).filter((k) => total[k]).map((k) => `${shown[k]} of ${total[k]} ${nouns[k]}`).join(", ") : "";
    if (active && $("#all-requirements")) $("#all-requirements").open = shown.requirement > 0;
    const more = $("#more-findings");
    if (more && active) more.open = more.querySelector(".finding:not(.off)") !== null;
    if (active && shown.spec < total.spec && words.length) $("#all-specs").open = shown.spec > 0 && shown.spec <= 50;
    results(words, found);
  };

  // The list under the search leads to what has the words, with the line that has them.
  const results = (words, found) => {
    list.replaceChildren();
    list.hidden = !words.length;
    if (!words.length) return;
    const add = (to, head, line) => {
      const li = document.createElement("li"), a = document.createElement("a"), what = document.createElement("span");
      what.textContent = head;
      a.append(what);
      if (line) {
        const small = document.createElement("span"), at = line.toLowerCase().indexOf(words[0]), mark = document.createElement("mark");
        small.className = "dim";
        mark.textContent = at < 0 ? "" : line.slice(at, at + words[0].length);
        const from = Math.max(0, at - 80), tail = line.slice(Math.max(0, at) + mark.textContent.length);
        small.append(from ? "…" : "", line.slice(from, Math.max(0, at)), mark, tail.length > 160 ? tail.slice(0, 160) + "…" : tail);
        a.append(small);
      }
      if (!to.id) to.id = "found-" + list.children.length + "-" + Date.now();
      a.href = "#" + to.id;
      li.append(a);
      list.append(li);
    };
    const squeeze = (s) => s.replace(/\s+/g, " ").trim();
    const lineOf = (e) => {
      let best, most = 0;
      for (const l of all(".want, .got, .l", e)) {
        const text = l.textContent.toLowerCase(), n = words.filter((w) => text.includes(w)).length;
        if (n > most) best = l, most = n;
      }
      return best ? squeeze(best.textContent).replace(/^offending: /, "") : `want ${squeeze($(".want", e).textContent)}, got ${squeeze($(".got", e).textContent)}`;
    };
    const rest = (n, what) => { if (n > 0) { const li = document.createElement("li"); li.className = "dim"; li.textContent = `and ${n} more ${what}`; list.append(li); } };
    // What is wrong there goes before what only stands beside it.
    const about = (e) => (e.closest(".finding").querySelector(".head").textContent + all("summary, .facts dd, .bad", e).map((x) => x.textContent).join(" ")).toLowerCase();
    const near = new Map(found.finding.map((e) => [e, words.every((w) => about(e).includes(w)) ? 0 : 1]));
    found.finding.sort((a, b) => near.get(a) - near.get(b));
    for (const e of found.finding.slice(0, 8)) {
      const card = e.closest(".finding");
      add(e.id ? e : card, `${$(".place code", card).textContent} · ${squeeze($(".facts dd code", e).textContent)}`, lineOf(e));
    }
    rest(found.finding.length - 8, "findings");
    for (const e of found.requirement.slice(0, 5)) add(e, `${$("th", e).textContent} · ${squeeze($(".wide", e).firstChild.textContent)}`);
    rest(found.requirement.length - 5, "requirements");
    const others = other.filter(({ text }) => words.every((w) => text.includes(w)));
    for (const { e } of others.slice(0, 5)) {
      const operation = e.closest(".cov"), section = $("h2", e.closest("section")).firstChild.textContent.trim();
      add(e, `${section} · ${operation ? $("code", operation).textContent + " · " : ""}${squeeze(e.matches("details") ? $("summary", e).textContent : e.textContent)}`.slice(0, 240));
    }
    rest(others.length - 5, "places in the tables");
    if (!list.children.length) rest(0), list.hidden = true;
  };
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (e) => e.preventDefault());
  form.hidden = false;
  document.addEventListener("keydown", (e) => {
    const typing = /^(input|select|textarea)$/i.test(e.target.tagName);
    if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey) { e.preventDefault(); form.q.focus(); }
    if (e.key === "Escape" && form.contains(e.target)) { form.reset(); form.q.focus(); }
    if (e.key === "Enter" && e.target === form.q && !list.hidden) { const a = $("a", list); if (a) { a.focus(); a.click(); } }
  });

  // A link to something inside a closed details opens it; so does printing.
  const reveal = () => {
    const to = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!to) return;
    if (to.closest("[hidden], .off")) form.reset(), apply();
    for (let d = to.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    const inner = to.matches(".finding") && $(":scope > details", to);
    if (inner) inner.open = true;
    to.scrollIntoView({ block: "start" });
  };
  addEventListener("hashchange", reveal);
  reveal();
  let closed = [];
  addEventListener("beforeprint", () => { closed = all("details:not([open]):not(.bulk)"); closed.forEach((d) => { d.open = true; }); });
  addEventListener("afterprint", () => { closed.forEach((d) => { d.open = false; }); closed = []; });

  // The offending line is in view when a finding opens.
  const center = (d) => {
    const line = $(".l.bad", d), box = line && line.closest("pre");
    if (box && box.scrollHeight > box.clientHeight) box.scrollTop = line.offsetTop - box.offsetTop - box.clientHeight / 3;
  };
  for (const d of all(".finding > details, .cause.place")) { d.addEventListener("toggle", () => center(d)); if (d.open) center(d); }

  const expand = $("#expand");
  if (expand) {
    expand.hidden = false;
    expand.addEventListener("click", () => {
      const open = expand.getAttribute("aria-pressed") !== "true";
      for (const d of all(".finding > details, #more-findings")) d.open = open;
      expand.setAttribute("aria-pressed", open);
      expand.textContent = open ? "Close all" : "Open all";
    });
  }

  for (const b of all(".copy")) {
    b.hidden = false;
    b.addEventListener("click", async () => {
      const code = document.getElementById(b.dataset.copies);
      const was = b.textContent;
      // A selection can be copied on every page; the clipboard only on some, and a
      // page from a file may wait for a permission that nobody is asked for.
      const range = document.createRange();
      range.selectNodeContents(code);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      let done = document.execCommand("copy");
      if (!done && navigator.clipboard) done = await navigator.clipboard.writeText(code.textContent).then(() => true, () => false);
      b.textContent = done ? "Copied" : "Selected";
      said.textContent = done ? "copied" : "selected";
      setTimeout(() => { b.textContent = was; }, 1500);
    });
  }
})();
