/* What was in force on a day, and what began and ended between two: the answers are read off turns made beforehand. */
"use strict";
(() => {
  const {D, day, iso, answer, stands, below, el, save, csv, STATES} = PT, P = D.provisions, A = D.actions;
  const form = document.getElementById("asked"), out = document.getElementById("answer"), told = document.getElementById("told");
  const compare = form.dataset.page === "compare", fields = compare ? ["a", "b"] : ["on"], NARROW = ["jurisdiction", "subjects"];
  const asked = new URLSearchParams(location.search);
  const words = {jurisdiction: D.jurisdiction, subjects: D.codes.subjects};
  for (const name of NARROW) {
    const select = form.elements[name], list = words[name].map((each, at) => [each[1], at, each[0]]);
    select.append(...list.sort((a, b) => a[0].localeCompare(b[0])).map(each => el("option", {value: each[2], text: each[0]})));
    select.value = asked.get(name) || "";
    if (select.selectedIndex < 0) select.value = "";
  }
  fields.forEach(name => { form.elements[name].value = asked.get(name) || (name === "a" ? iso(D.on - 365) : iso(D.on)); });

  const sentence = at => [D.codes.effect[P.effect[at]][1], P.conduct[at].map(each => D.codes.conduct[each][1].toLowerCase()).join(", "),
    "by", P.by[at].join(", ")].join(" ");
  const narrowed = () => {
    const place = D.jurisdiction.findIndex(each => each[0] === form.elements.jurisdiction.value);
    const subject = D.codes.subjects.findIndex(each => each[0] === form.elements.subjects.value), within = place < 0 ? null : below(place);
    return P.action.map((action, at) => at).filter(at => {
      const action = P.action[at];
      return (!within || A.jurisdiction[action].some(each => within.has(each))) && (subject < 0 || A.subjects[action].includes(subject));
    });
  };
  const line = (at, note) => el("tr", null,
    el("th", {scope: "row", "data-label": "Action"}, el("a", {href: `actions/${A.id[P.action[at]]}.html#${P.key[at]}`, text: A.title[P.action[at]]})),
    el("td", {"data-label": "What", text: sentence(at)}),
    el("td", {"data-label": "Where", text: A.jurisdiction[P.action[at]].map(each => D.jurisdiction[each][1]).join(", ") || "not tied to a place"}),
    note(at));
  const state = (at, on) => {
    const found = answer(at, on), code = D.codes.state[found.state];
    return el("td", {"data-label": "State"}, el("span", {class: `state ${code[0]}`}, el("span", {class: "mark", "aria-hidden": "true"}), code[1]),
      ` ${D.codes.basis[found.basis][1].toLowerCase()}${found.since ? `, since ${found.since}` : ""}${found.until ? `, until ${found.until}` : ""}`);
  };
  const table = (title, rows, note) => el("section", null, el("h2", {text: `${title}: ${rows.length}`}),
    rows.length ? el("div", {class: "scroll", tabindex: "0", role: "group", "aria-label": title}, el("table", {class: "cards"},
      el("thead", null, el("tr", null, ...["Action", "What", "Where", "State"].map(text => el("th", {scope: "col", text})))),
      el("tbody", null, ...rows.map(at => line(at, note))))) : el("p", {text: "No record says so. Absence of a record is not permission."}));

  let rows = [];
  const inForce = on => {
    rows = narrowed().filter(at => stands(answer(at, on).state));
    const group = name => rows.filter(at => STATES[answer(at, on).state] === name);
    out.replaceChildren(...D.codes.state.filter(each => stands(STATES.indexOf(each[0])))
      .map(each => table(each[1], group(each[0]), at => state(at, on))));
    told.textContent = `${rows.length} provisions stand, or may, on ${iso(on)}.`;
    return rows.map(at => [...plain(at), D.codes.state[answer(at, on).state][0], D.codes.basis[answer(at, on).basis][0]]);
  };
  const between = (a, b) => {
    const all = narrowed(), was = at => stands(answer(at, a).state), is = at => stands(answer(at, b).state);
    const began = all.filter(at => !was(at) && is(at)), ended = all.filter(at => was(at) && !is(at));
    const changed = all.filter(at => was(at) && is(at) && answer(at, a).state !== answer(at, b).state);
    out.replaceChildren(table("Began", began, at => state(at, b)), table("Ended", ended, at => state(at, b)), table("More or less certain than before", changed, at => state(at, b)));
    told.textContent = `From ${iso(a)} to ${iso(b)}: ${began.length} began, ${ended.length} ended, ${changed.length} changed in certainty.`;
    rows = [...began, ...ended, ...changed];
    return rows.map(at => [...plain(at), D.codes.state[answer(at, a).state][0], D.codes.state[answer(at, b).state][0]]);
  };
  const plain = at => [A.id[P.action[at]], P.key[at], D.codes.effect[P.effect[at]][0], P.conduct[at].map(each => D.codes.conduct[each][0]).join(" ")];

  let found = [];
  const show = () => {
    let wrong = false;
    const days = fields.map(name => {
      const input = form.elements[name], value = day(input.value), fault = value === null;
      input.setAttribute("aria-invalid", fault);
      document.getElementById(`${name}-fault`).textContent = fault ? `“${input.value}” is no day: write it as 2021-05-01.` : "";
      wrong = wrong || fault;
      return value;
    });
    if (wrong) return;
    found = compare ? between(...days) : inForce(...days);
  };
  const address = () => {
    const made = new URLSearchParams();
    for (const name of [...fields, ...NARROW]) if (form.elements[name].value) made.set(name, form.elements[name].value.trim());
    return `?${made}`;
  };
  form.addEventListener("submit", event => {
    event.preventDefault();
    if (address() !== location.search) history.pushState(null, "", address());
    show();
    told.focus();
  });
  form.addEventListener("change", event => { if (event.target.tagName === "SELECT") form.requestSubmit(); });
  addEventListener("popstate", () => location.reload());
  document.getElementById("csv").addEventListener("click", () => save("policytrack-answer.csv", "text/csv",
    csv([["action", "provision", "effect", "conduct", ...(compare ? ["state_a", "state_b"] : ["state", "basis"])], ...found])));
  show();
})();
