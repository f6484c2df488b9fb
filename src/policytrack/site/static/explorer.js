/* The explorer: the address holds the whole state; what is chosen in one facet widens, between facets it narrows. */
"use strict";
(() => {
  const {D, day, iso, answer, stands, of, below, el, save, csv} = PT, A = D.actions, COUNT = A.id.length, SHOWN = 50;
  const form = document.getElementById("explorer"), list = document.getElementById("results");
  const FACETS = ["direction", "kind", "jurisdiction", "actor", "subjects", "stage", "grade"];
  const words = {actor: D.actor, jurisdiction: D.jurisdiction, ...D.codes};
  const number = Object.fromEntries(FACETS.map(facet => [facet, new Map(words[facet].map((each, at) => [each[0], at]))]));
  const values = (facet, at) => [].concat(A[facet][at]);
  const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const titles = A.title.map((title, at) => fold([title, A.id[at], ...A.actor[at].map(each => D.actor[each][1]),
    ...A.jurisdiction[at].map(each => D.jurisdiction[each][1])].join(" ")));
  let texts = null;
  const search = at => texts ? `${titles[at]} ${texts[at]}` : titles[at];

  const read = () => {
    const asked = new URLSearchParams(location.search), state = {page: 1, sort: "newest", q: "", from: "", to: "", on: ""};
    for (const name of Object.keys(state)) if (asked.get(name)) state[name] = asked.get(name);
    state.page = Math.max(1, parseInt(state.page, 10) || 1);
    for (const facet of FACETS) state[facet] = asked.getAll(facet).filter(each => number[facet].has(each));
    return state;
  };
  const written = state => {
    const made = new URLSearchParams();
    if (state.q) made.set("q", state.q);
    for (const facet of FACETS) for (const each of state[facet]) made.append(facet, each);
    for (const name of ["from", "to", "on"]) if (state[name]) made.set(name, state[name]);
    if (state.sort !== "newest") made.set("sort", state.sort);
    if (state.page > 1) made.set("page", state.page);
    return made.toString();
  };

  /* One test for each facet, so that its own options can be counted without it. */
  const tests = state => {
    const found = {};
    for (const facet of FACETS) {
      if (!state[facet].length) continue;
      const wanted = new Set(state[facet].flatMap(each => {
        const at = number[facet].get(each);
        return facet === "jurisdiction" ? [...below(at)] : [at];
      }));
      found[facet] = at => values(facet, at).some(each => wanted.has(each));
    }
    const parts = fold(state.q).split(/\s+/).filter(Boolean);
    if (parts.length) found.q = at => parts.every(part => search(at).includes(part));
    const from = day(state.from), to = day(state.to), on = day(state.on);
    if (from !== null) found.from = at => A.last[at] >= from;
    if (to !== null) found.to = at => A.first[at] <= to;
    if (on !== null) found.on = at => (of[at] || []).some(each => stands(answer(each, on).state));
    return found;
  };
  const matching = (found, but) => {
    const asked = Object.entries(found).filter(([name]) => name !== but).map(([, test]) => test), made = [];
    for (let at = 0; at < COUNT; at++) if (asked.every(test => test(at))) made.push(at);
    return made;
  };
  const ORDERS = {
    newest: (a, b) => a - b,
    oldest: (a, b) => b - a,
    title: (a, b) => A.title[a].localeCompare(A.title[b], "en"),
  };

  const names = (facet, at) => values(facet, at).map(each => words[facet][each][1]).join(", ");
  const span = at => A.first[at] === A.last[at] ? iso(A.first[at]) : `${iso(A.first[at]) || "…"} to ${iso(A.last[at]) || "…"}`;
  const row = at => el("tr", null,
    el("th", {scope: "row", "data-label": "Action"}, el("a", {href: `${A.id[at]}.html`, text: A.title[at]})),
    el("td", {"data-label": "First date", text: span(at)}), el("td", {"data-label": "Who", text: names("actor", at)}),
    el("td", {"data-label": "Where", text: names("jurisdiction", at) || "not tied to a place"}),
    el("td", {"data-label": "Kind", text: names("kind", at)}), el("td", {"data-label": "Grade", text: names("grade", at)}));

  const counts = (facet, state, found) => {
    const made = new Map();
    for (const at of matching(found, facet)) {
      const seen = new Set();
      for (let each of values(facet, at)) {
        while (each >= 0 && !seen.has(each)) {
          seen.add(each);
          each = facet === "jurisdiction" ? D.jurisdiction[each][2] : -1;
        }
      }
      for (const each of seen) made.set(each, (made.get(each) || 0) + 1);
    }
    return made;
  };
  const options = (facet, state, found) => {
    const box = form.querySelector(`[data-facet="${facet}"]`), told = counts(facet, state, found), chosen = new Set(state[facet]);
    const shown = words[facet].map((each, at) => ({id: each[0], label: each[1], count: told.get(at) || 0}))
      .filter(each => each.count || chosen.has(each.id));
    if (facet === "actor" || facet === "jurisdiction") shown.sort((a, b) => b.count - a.count || a.label.localeCompare(b.label));
    const focused = box.contains(document.activeElement) ? document.activeElement.value : null;
    box.replaceChildren(...shown.map(each => {
      const input = el("input", {type: "checkbox", name: facet, value: each.id, checked: chosen.has(each.id) ? "" : null});
      return el("label", null, input, el("span", {text: each.label}), el("span", {class: "count", text: each.count}));
    }));
    if (focused !== null) (box.querySelector(`[value="${CSS.escape(focused)}"]`) || box).focus();
    form.querySelector(`[data-chosen="${facet}"]`).textContent = chosen.size ? `${chosen.size} chosen` : "";
  };

  let state, current = [];
  const show = () => {
    const found = tests(state);
    current = matching(found).sort(ORDERS[state.sort] || ORDERS.newest);
    const pages = Math.max(1, Math.ceil(current.length / SHOWN));
    state.page = Math.min(state.page, pages);
    const from = (state.page - 1) * SHOWN, shown = current.slice(from, from + SHOWN);
    list.replaceChildren(...shown.map(row));
    for (const facet of FACETS) options(facet, state, found);
    const tell = (id, text) => { document.getElementById(id).textContent = text; };
    tell("told", current.length ? `${current.length} of ${COUNT} actions${pages > 1 ? `, ${from + 1} to ${from + shown.length} shown` : ""}`
      : "No action matches. Take a choice back, or read why absence is not permission.");
    document.getElementById("table").hidden = !current.length;
    for (const [id, page] of [["earlier", state.page - 1], ["later", state.page + 1]]) {
      const link = document.getElementById(id);
      link.hidden = page < 1 || page > pages;
      link.href = `?${written({...state, page})}`;
    }
    const query = written(state);
    tell("cited", `policytrack, edition ${D.version}, actions${query ? ` with ${decodeURIComponent(query).replace(/\+/g, " ").replace(/&/g, "; ")}` : ""}: ${current.length} of ${COUNT}.`);
  };
  const fill = () => {
    for (const name of ["q", "from", "to", "on", "sort"]) form.elements[name].value = state[name];
    for (const name of ["from", "to", "on"]) check(form.elements[name]);
  };
  const check = input => {
    const wrong = input.value.trim() !== "" && day(input.value) === null;
    input.setAttribute("aria-invalid", wrong);
    document.getElementById(`${input.name}-fault`).textContent = wrong ? `“${input.value}” is no day: write it as 2021-05-01.` : "";
  };
  const change = page => {
    const given = new FormData(form);
    for (const name of ["q", "from", "to", "on", "sort"]) state[name] = (given.get(name) || "").trim();
    for (const facet of FACETS) state[facet] = given.getAll(facet);
    state.page = page;
    const query = written(state), address = query ? `?${query}` : location.pathname.split("/").pop() || "index.html";
    if (query !== location.search.slice(1)) history.pushState(null, "", address);
    show();
  };
  const start = () => { state = read(); fill(); show(); };

  let wait;
  form.addEventListener("input", event => {
    const {name} = event.target;
    if (["from", "to", "on"].includes(name)) check(event.target);
    clearTimeout(wait);
    if (event.target.type === "checkbox" || name === "sort") change(1); else wait = setTimeout(change, 120, 1);
  });
  form.addEventListener("submit", event => { event.preventDefault(); clearTimeout(wait); change(1); });
  form.addEventListener("reset", event => {
    event.preventDefault();
    history.pushState(null, "", location.pathname.split("/").pop() || "index.html");
    start();
  });
  form.elements.q.addEventListener("focus", () => {
    const script = el("script", {src: "../static/text.js"});
    script.addEventListener("load", () => { texts = window.PT_TEXT.map(fold); if (state.q) show(); });
    document.head.append(script);
  }, {once: true});
  for (const id of ["earlier", "later"]) document.getElementById(id).addEventListener("click", event => {
    event.preventDefault();
    change(state.page + (id === "later" ? 1 : -1));
    document.getElementById("told").focus();
  });
  addEventListener("popstate", start);

  const HEAD = ["id", "title", "kind", "actor", "jurisdiction", "subjects", "direction", "stage", "grade", "first", "last"];
  const codes = (facet, at) => values(facet, at).map(each => words[facet][each][0]);
  const plain = at => HEAD.map(name => name === "first" || name === "last" ? iso(A[name][at])
    : words[name] ? codes(name, at).join(" ") : A[name][at]);
  document.getElementById("csv").addEventListener("click", () => save("policytrack-view.csv", "text/csv", csv([HEAD, ...current.map(plain)])));
  document.getElementById("json").addEventListener("click", () => save("policytrack-view.json", "application/json", JSON.stringify({
    edition: D.version, query: written(state),
    actions: current.map(at => Object.fromEntries(HEAD.map((name, column) => [name,
      Array.isArray(A[name][at]) ? codes(name, at) : plain(at)[column]]))),
  }, null, 1)));
  start();
})();
