/* What was in force on a day, and what began and ended between two: the answers are read off turns made beforehand. */
(() => {
  const {D, day, iso, dated, turn, answer, stands, within, el, save, csv, check, get, cite, aside, STATES} = PT;
  const T = window.PT_TERMS, A = D.actions, action = D.provisions.action, form = get("asked");
  if (!form) return;
  const out = get("answer"), told = get("told");
  const compare = form.dataset.page === "compare", fields = compare ? ["a", "b"] : ["on"], NARROW = ["jurisdiction", "subjects", "actor"];
  const number = list => new Map(list.map((each, at) => [each[0], at]));
  const known = {jurisdiction: number(D.jurisdiction), subjects: number(D.codes.subjects), issuer: number(D.actor), governed: number(T.actor)};
  const words = {jurisdiction: D.jurisdiction, subjects: D.codes.subjects, actor: [...new Map([...D.actor, ...T.actor])]};
  for (const name of NARROW) {
    const listed = words[name].map(each => [each[1], each[0]]).sort((a, b) => a[0].localeCompare(b[0], "en"));
    form.elements[name].append(...listed.map(each => el("option", {value: each[1], text: each[0]})));
  }

  const sentence = at => `${T.codes.effect[T.effect[at]][1]} ${listed(T.conduct[at].map(each => T.codes.conduct[each][1]))} by ${listed(T.by[at].map(each => T.words[each]))}`;
  const listed = names => names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join("");
  const places = at => A.jurisdiction[action[at]].map(each => D.jurisdiction[each][1]).join(", ") || "not tied to a place";
  const narrowed = () => {
    const [place, subject, actor] = NARROW.map(name => form.elements[name].value);
    const area = known.jurisdiction.get(place), group = known.subjects.get(subject), issuer = known.issuer.get(actor), governed = known.governed.get(actor);
    return action.map((_, at) => at).filter(at => (!place || A.jurisdiction[action[at]].some(each => within(each).includes(area)))
      && (!subject || A.subjects[action[at]].includes(group))
      && (!actor || A.actor[action[at]].includes(issuer) || T.governs[at].includes(governed)));
  };
  const reason = (at, on) => {
    const [basis, since, until] = T.why[at].slice(turn(at, on) * 3), told = [T.codes.basis[basis][1].toLowerCase()];
    if (T.words[since]) told.push(`since ${T.words[since]}`);
    if (T.words[until]) told.push(`until ${T.words[until]}`);
    return told.join(", ");
  };
  const mark = code => el("span", {class: `state ${code[0]}`}, el("span", {class: "mark", "aria-hidden": "true"}), code[1]);
  const state = (at, on) => [mark(D.codes.state[answer(at, on)]), `: ${reason(at, on)}`];
  const line = (at, note) => el("tr", null,
    el("th", {scope: "row", "data-label": "Action"}, el("a", {href: `actions/${A.id[action[at]]}.html#${T.key[at]}`, text: A.title[action[at]], dir: "auto"})),
    el("td", {"data-label": "What", text: sentence(at)}), el("td", {"data-label": "Where", text: places(at)}),
    el("td", {"data-label": "State"}, ...note(at)));
  const table = (title, help, rows, note) => el("section", null, el("h2", {text: `${title}: ${rows.length}`}), ...help ? [el("p", {text: help})] : [],
    rows.length ? el("div", {class: "scroll", tabindex: "0", role: "group", "aria-label": title}, el("table", {class: "cards force"},
      el("thead", null, el("tr", null, ...["Action", "What", "Where", "State"].map(text => el("th", {scope: "col", text})))),
      el("tbody", null, ...rows.map(at => line(at, note))))) : el("p", {text: "No record says so. Absence of a record is not permission."}));
  const plain = at => [A.id[action[at]], T.key[at], T.codes.effect[T.effect[at]][0], T.conduct[at].map(each => T.codes.conduct[each][0]).join(" ")];
  const code = (at, on) => STATES[answer(at, on)];

  const inForce = on => {
    const rows = narrowed().filter(at => stands(answer(at, on))), groups = D.codes.state.filter(each => stands(STATES.indexOf(each[0])));
    const own = groups.map(each => [each, rows.filter(at => code(at, on) === each[0])]).filter(each => each[1].length);
    out.replaceChildren(...own.length ? own.map(([each, found]) => table(each[1], each[2], found, at => state(at, on)))
      : [el("p", {text: "No record says that anything stood then. Absence of a record is not permission."})]);
    told.textContent = `${rows.length} ${rows.length === 1 ? "provision stands, or may," : "provisions stand, or may,"} on ${dated(iso(on))}.`;
    return rows.map(at => [...plain(at), code(at, on), T.codes.basis[T.why[at][turn(at, on) * 3]][0]]);
  };
  const between = (a, b) => {
    const all = narrowed(), was = at => stands(answer(at, a)), is = at => stands(answer(at, b));
    const began = all.filter(at => !was(at) && is(at)), ended = all.filter(at => was(at) && !is(at));
    const changed = all.filter(at => was(at) && is(at) && answer(at, a) !== answer(at, b)), now = at => state(at, b);
    out.replaceChildren(table("Began", "", began, now), table("Ended", "", ended, now),
      table("More or less certain than before", "", changed, at => [...now(at), "; before: ", mark(D.codes.state[answer(at, a)])]));
    told.textContent = `From ${dated(iso(a))} to ${dated(iso(b))}: ${began.length} began, ${ended.length} ended, ${changed.length} became more or less certain.`;
    return [...began, ...ended, ...changed].map(at => [...plain(at), code(at, a), code(at, b)]);
  };

  let found = [];
  const query = () => {
    const made = new URLSearchParams();
    for (const name of [...fields, ...NARROW]) if (form.elements[name].value) made.set(name, form.elements[name].value.trim());
    return `?${made}`;
  };
  const show = () => {
    const sound = fields.map(name => {
      const input = form.elements[name], given = input.value.trim();
      if (!check(input)) return false;
      if (!given) { input.setAttribute("aria-invalid", "true"); get(`${name}-fault`).textContent = "A day is needed, such as 2021-05-01."; }
      return given !== "";
    });
    get("csv").disabled = sound.includes(false);
    if (sound.includes(false)) {
      found = [];
      out.replaceChildren();
      told.textContent = "No answer yet: the day above is none.";
      get("cited").textContent = "";
      return fields[sound.indexOf(false)];
    }
    const days = fields.map(name => day(form.elements[name].value));
    found = compare ? between(...days) : inForce(...days);
    const chosen = NARROW.filter(name => form.elements[name].value).map(name => form.elements[name].selectedOptions[0].text);
    cite(form, told.textContent.replace(/\.$/, ""), chosen.join("; "));
    return "";
  };
  const start = () => {
    const given = new URLSearchParams(location.search), strange = [];
    for (const name of NARROW) {
      const select = form.elements[name], wanted = given.get(name) || "";
      select.value = wanted;
      if (select.selectedIndex < 0) { select.value = ""; strange.push(`${name}=${wanted}`); }
    }
    for (const name of fields) form.elements[name].value = given.get(name) || iso(D.on - (name === "a" ? 365 : 0));
    aside(strange);
    show();
  };
  const go = () => {
    if (query() !== location.search) history.pushState(null, "", query());
    return show();
  };
  form.addEventListener("submit", event => {
    event.preventDefault();
    const wrong = go();
    (wrong ? form.elements[wrong] : told).focus();
  });
  form.addEventListener("change", event => { if (event.target.tagName === "SELECT") go(); });
  addEventListener("popstate", start);
  get("csv").addEventListener("click", () => save("policytrack-answer.csv", "text/csv",
    csv([["action", "provision", "effect", "conduct", ...(compare ? ["state_a", "state_b"] : ["state", "basis"])], ...found])));
  start();
  out.className = "";
})();
