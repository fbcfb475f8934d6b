"use strict";
(() => {
  const $ = (s, from = document) => from.querySelector(s);
  const all = (s, from = document) => [...from.querySelectorAll(s)];

  // Filter: every element with data-f is shown if it meets all controls.
  const form = $("#filter"), said = $("#shown");
  const items = all("[data-f]").map((e) => ({ e, text: e.textContent.toLowerCase(), kind: e.dataset.f }));
  const squares = all("ul.cells a");
  const nouns = { finding: "findings", requirement: "requirements", spec: "specs" };
  const apply = () => {
    const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const { level, outcome, operation } = form;
    const fits = (d, text) =>
      (!level.value || d.level === level.value) && (!outcome.value || d.outcome === outcome.value) &&
      (!operation.value || (d.operations || "").split("\n").includes(operation.value)) && words.every((w) => text.includes(w));
    const shown = {}, total = {};
    for (const { e, text, kind } of items) {
      const ok = fits(e.dataset, text);
      e.hidden = !ok;
      total[kind] = (total[kind] || 0) + 1;
      shown[kind] = (shown[kind] || 0) + ok;
    }
    for (const a of squares) a.classList.toggle("off", !fits(a.dataset, a.getAttribute("aria-label").toLowerCase()));
    for (const b of all("tbody.group")) b.hidden = !b.querySelector("tr[data-f]:not([hidden])");
    const active = words.length || level.value || outcome.value || operation.value;
    said.textContent = active ? Object.keys(nouns).filter((k) => total[k]).map((k) => `${shown[k]} of ${total[k]} ${nouns[k]}`).join(", ") : "";
    if (active) $("#all-requirements").open = shown.requirement > 0;
    const more = $("#more-findings");
    if (more && active) more.open = more.querySelector(".finding:not([hidden])") !== null;
    if (active && shown.spec < total.spec && words.length) $("#all-specs").open = shown.spec > 0 && shown.spec <= 50;
  };
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (e) => e.preventDefault());
  form.hidden = false;
  document.addEventListener("keydown", (e) => {
    const typing = /^(input|select|textarea)$/i.test(e.target.tagName);
    if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey) { e.preventDefault(); form.q.focus(); }
    if (e.key === "Escape" && e.target === form.q) form.reset();
  });

  // A link to something inside a closed details opens it; so does printing.
  const reveal = () => {
    const to = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!to) return;
    if (to.hidden) form.reset(), apply();
    for (let d = to.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    const inner = $(":scope > details", to);
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
  for (const d of all(".finding > details")) { d.addEventListener("toggle", () => center(d)); if (d.open) center(d); }

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
      said.textContent = done ? "command copied" : "command selected";
      setTimeout(() => { b.textContent = was; }, 1500);
    });
  }
})();
