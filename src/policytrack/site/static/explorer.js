/* The explorer: the address holds the whole state; what is chosen in one facet widens, between facets it narrows. */
(() => {
  const {D, day, dated, opens, answer, stands, of, within, el, save, csv, check, get, cite, aside} = PT;
  const A = D.actions, COUNT = A.id.length, SHOWN = 50, form = get("explorer");
  if (!form) return;
  const list = get("results"), choices = get("choices");
  const FACETS = ["direction", "subjects", "kind", "jurisdiction", "actor", "stage", "grade", "changed"];
  const DAYS = ["from", "to", "on", "updated_from"], TEXTS = ["q", ...DAYS, "sort"];
  const words = {actor: D.actor, jurisdiction: D.jurisdiction, changed: D.changed, ...D.codes};
  const known = Object.fromEntries(FACETS.map(facet => [facet, new Map(words[facet].map((each, at) => [each[0], at]))]));
  const values = (facet, at) => [].concat(A[facet][at]).filter(each => each >= 0);
  /* What an action counts as in each facet: a place also as the places that it lies in. */
  const counted = Object.fromEntries(FACETS.map(facet => [facet, A.id.map((_, at) =>
    facet === "jurisdiction" ? [...new Set(values(facet, at).flatMap(within))] : values(facet, at))]));
  const begun = A.when.map(opens), published = D.changed.map(each => day(each[1]));
  const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const titles = A.title.map((title, at) => fold([title, A.id[at], ...A.actor[at].map(each => D.actor[each][1]),
    ...A.jurisdiction[at].map(each => D.jurisdiction[each][1])].join(" ")));
  let texts = null, asked = false;

  const read = () => {
    const given = new URLSearchParams(location.search), state = {strange: []};
    for (const name of TEXTS) state[name] = (given.get(name) || "").trim();
    if (!ORDERS[state.sort]) state.sort = "newest";
    state.page = Math.max(1, parseInt(given.get("page"), 10) || 1);
    for (const facet of FACETS) {
      const all = [...new Set(given.getAll(facet))];
      state[facet] = all.filter(each => known[facet].has(each));
      state.strange.push(...all.filter(each => !known[facet].has(each)).map(each => `${facet}=${each}`));
    }
    return state;
  };
  const written = state => {
    const made = new URLSearchParams();
    if (state.q) made.set("q", state.q);
    for (const facet of FACETS) for (const each of state[facet]) made.append(facet, each);
    for (const name of DAYS) if (state[name]) made.set(name, state[name]);
    if (state.sort !== "newest") made.set("sort", state.sort);
    if (state.page > 1) made.set("page", state.page);
    return made.toString();
  };

  const tests = state => {
    const made = [], test = (name, each) => made.push([name, each]);
    for (const facet of FACETS) {
      if (!state[facet].length) continue;
      const wanted = new Set(state[facet].map(each => known[facet].get(each)));
      test(facet, at => counted[facet][at].some(each => wanted.has(each)));
    }
    const [from, to, on, since] = DAYS.map(name => day(state[name]));
    if (from !== null) test("", at => begun[at] !== null && begun[at] >= from);
    if (to !== null) test("", at => begun[at] !== null && begun[at] <= to);
    if (on !== null) test("", at => of[at].some(each => stands(answer(each, on))));
    if (since !== null) test("", at => A.changed[at] >= 0 && published[A.changed[at]] >= since);
    const parts = fold(state.q).split(/\s+/).filter(Boolean);
    if (parts.length) test("", at => parts.every(part => titles[at].includes(part) || (texts && texts[at].includes(part))));
    return made;
  };
  /* What matches, and how many would with each option: an action that fails one facet alone counts in that one. */
  const sift = state => {
    const all = tests(state), found = [], counts = Object.fromEntries(FACETS.map(facet => [facet, new Uint32Array(words[facet].length)]));
    const add = (facet, at) => { for (const each of counted[facet][at]) counts[facet][each] += 1; };
    for (let at = 0; at < COUNT; at++) {
      const failed = [];
      for (const [name, passes] of all) if (!passes(at) && failed.push(name) > 1) break;
      if (!failed.length) { found.push(at); for (const facet of FACETS) add(facet, at); } else if (failed.length === 1 && failed[0]) add(failed[0], at);
    }
    return {found, counts};
  };
  const late = at => begun[at] === null ? 1 : 0;
  const ORDERS = {
    newest: (a, b) => a - b,
    oldest: (a, b) => late(a) - late(b) || b - a,
    title: (a, b) => A.title[a].localeCompare(A.title[b], "en") || a - b,
    changed: (a, b) => A.changed[b] - A.changed[a] || a - b,
  };

  const names = (facet, at) => values(facet, at).map(each => words[facet][each][1]).join(", ");
  const row = at => el("tr", null,
    el("th", {scope: "row", "data-label": "Action"}, el("a", {href: `${A.id[at]}.html`, text: A.title[at], dir: "auto"})),
    el("td", {"data-label": "Began", text: dated(A.when[at])}), el("td", {"data-label": "Who", text: names("actor", at)}),
    el("td", {"data-label": "Where", text: names("jurisdiction", at) || "not tied to a place"}),
    el("td", {"data-label": "Kind", text: names("kind", at)}), el("td", {"data-label": "Grade", text: D.codes.grade[A.grade[at]][0]}));

  /* Options are made once and never move; one that would lead to nothing is hidden. */
  const label = (facet, each) => facet === "changed" ? `${each[0]}, ${dated(each[1])}` : facet === "grade" ? `${each[0]}: ${each[1]}` : each[1];
  const all = sift({...Object.fromEntries(FACETS.map(facet => [facet, []])), q: ""}).counts;
  const boxes = Object.fromEntries(FACETS.map(facet => {
    const made = words[facet].map((each, at) => {
      const input = el("input", {type: "checkbox", name: facet, value: each[0]}), count = el("span", {class: "count"});
      return {at, input, count, line: el("label", null, input, el("span", {text: label(facet, each), dir: "auto"}), count)};
    });
    const many = facet === "actor" || facet === "jurisdiction", shown = made.filter(each => all[facet][each.at]);
    if (many) shown.sort((a, b) => all[facet][b.at] - all[facet][a.at] || a.at - b.at);
    form.querySelector(`[data-facet="${facet}"]`).append(...shown.map(each => each.line));
    return [facet, shown];
  }));
  const options = (state, counts) => {
    let chosen = 0;
    for (const facet of FACETS) {
      const own = new Set(state[facet]);
      for (const each of boxes[facet]) {
        const count = counts[facet][each.at], checked = own.has(each.input.value);
        each.input.checked = checked;
        each.line.hidden = !count && !checked && document.activeElement !== each.input;
        if (each.count.textContent !== String(count)) each.count.textContent = count;
      }
      form.querySelector(`[data-chosen="${facet}"]`).textContent = own.size ? `${own.size} chosen` : "";
      chosen += own.size;
    }
    chosen += DAYS.filter(name => state[name]).length;
    get("chosen").textContent = chosen ? `${chosen} chosen` : "";
  };

  let state, current = [];
  const spoken = () => {
    const told = FACETS.filter(facet => state[facet].length).map(facet => `${form.querySelector(`[data-facet="${facet}"]`).getAttribute("aria-label")}: ${
      state[facet].map(each => words[facet][known[facet].get(each)][1]).join(" or ")}`);
    for (const name of DAYS) if (day(state[name]) !== null) told.push(`${form.querySelector(`label[for="${name}"]`).textContent}: ${state[name]}`);
    return [...(state.q ? [`“${state.q}”`] : []), ...told].join("; ");
  };
  const show = () => {
    if (state.q && !texts) load();
    const {found, counts} = sift(state);
    current = found.sort(ORDERS[state.sort]);
    const pages = Math.max(1, Math.ceil(current.length / SHOWN));
    state.page = Math.min(state.page, pages);
    const from = (state.page - 1) * SHOWN, shown = current.slice(from, from + SHOWN);
    list.replaceChildren(...shown.map(row));
    options(state, counts);
    get("told").textContent = current.length ? `${current.length} of ${COUNT} actions${pages > 1 ? `, ${from + 1} to ${from + shown.length} shown` : ""}` : "No action matches";
    get("none").hidden = current.length;
    get("table").hidden = !current.length;
    aside([...state.strange, ...DAYS.filter(name => state[name] && day(state[name]) === null).map(name => `${name}=${state[name]}`)]);
    for (const [id, page] of [["earlier", state.page - 1], ["later", state.page + 1]]) {
      get(id).hidden = page < 1 || page > pages;
      get(id).href = `?${written({...state, page})}`;
    }
    cite(form, `${current.length} of ${COUNT} actions`, spoken());
  };
  const load = () => {
    if (asked) return;
    asked = true;
    const script = el("script", {src: "../static/text.js"});
    script.addEventListener("load", () => { texts = window.PT_TEXT.map(fold); form.dataset.ready = "all"; if (state.q) show(); });
    document.head.append(script);
  };
  const start = () => {
    state = read();
    for (const name of TEXTS) form.elements[name].value = state[name];
    DAYS.forEach(name => check(form.elements[name]));
    show();
  };
  const go = () => {
    const query = written(state);
    if (query !== location.search.slice(1)) history.pushState(null, "", query ? `?${query}` : location.pathname);
    show();
  };
  const change = () => {
    const given = new FormData(form);
    for (const name of TEXTS) state[name] = given.get(name).trim();
    for (const facet of FACETS) state[facet] = given.getAll(facet);
    Object.assign(state, {page: 1, strange: []});
    go();
  };

  let wait;
  form.addEventListener("input", event => {
    const {name, type} = event.target;
    if (DAYS.includes(name) && !check(event.target)) return;
    clearTimeout(wait);
    if (type === "checkbox" || name === "sort") change(); else wait = setTimeout(change, 120);
  });
  form.addEventListener("submit", event => { event.preventDefault(); clearTimeout(wait); change(); get("told").focus(); });
  form.addEventListener("reset", event => {
    event.preventDefault();
    history.pushState(null, "", location.pathname);
    start();
    get("told").focus();
  });
  form.elements.q.addEventListener("focus", load, {once: true});
  for (const id of ["earlier", "later"]) get(id).addEventListener("click", event => {
    event.preventDefault();
    state.page += id === "later" ? 1 : -1;
    go();
    get("told").focus();
  });
  addEventListener("popstate", start);

  const HEAD = ["id", "title", "kind", "actor", "jurisdiction", "subjects", "direction", "stage", "grade", "date", "changed"];
  const codes = (facet, at) => values(facet, at).map(each => words[facet][each][0]);
  const plain = (name, at) => name === "date" ? A.when[at] : !words[name] ? A[name][at]
    : Array.isArray(A[name][at]) ? codes(name, at) : codes(name, at)[0] || "";
  get("csv").addEventListener("click", () => save("policytrack-view.csv", "text/csv",
    csv([HEAD, ...current.map(at => HEAD.map(name => [].concat(plain(name, at)).join(" ")))])));
  get("json").addEventListener("click", () => save("policytrack-view.json", "application/json", JSON.stringify({
    edition: D.version, query: written({...state, page: 1}),
    actions: current.map(at => Object.fromEntries(HEAD.map(name => [name, plain(name, at)]))),
  }, null, 1)));
  /* On a wide screen the choices stand beside the list; on a phone the list comes first. */
  const wide = matchMedia("(min-width: 52rem)"), fit = () => { choices.open = wide.matches; };
  wide.addEventListener("change", fit);
  start();
  fit();
})();
