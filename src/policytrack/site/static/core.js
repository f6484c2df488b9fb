/* What all pages with a script share: days, the columns, and the state of a provision on a day. */
"use strict";
const PT = (() => {
  const D = window.PT_DATA, DAY = 864e5;
  const month = number => new Date(Date.UTC(2000, number - 1)).toLocaleString("en", {month: "long", timeZone: "UTC"});
  /* A day as a number, null for what is none. */
  const day = text => {
    const found = /^([1-9]\d{3})-(\d{2})-(\d{2})$/.exec((text || "").trim());
    if (!found) return null;
    const at = Date.UTC(+found[1], found[2] - 1, +found[3]);
    return new Date(at).toISOString().slice(0, 10) === found[0] ? at / DAY : null;
  };
  const iso = number => new Date(number * DAY).toISOString().slice(0, 10);
  const partial = text => {
    const [year, number, date] = text.split("-");
    return [date && +date, number && month(number), year].filter(Boolean).join(" ");
  };
  /* A date of a record as people write it, as the pages do without a script. */
  const dated = text => {
    const [first, last] = text.split("..");
    if (last === undefined) return partial(first) || "not known";
    if (!first) return `by ${partial(last)}`;
    if (!last) return `from ${partial(first)} on`;
    const one = partial(first).split(" "), other = partial(last).split(" ");
    while (one.length > 1 && one.length === other.length && one.at(-1) === other.at(-1)) { one.pop(); other.pop(); }
    return `between ${one.join(" ")} and ${partial(last)}`;
  };
  /* The first day that a date can be, or its last where the first is open; null without a date. */
  const opens = text => {
    const [first, last] = text.split("..");
    if (first) return day(`${first}-01-01`.slice(0, 10));
    if (!last) return null;
    const [year, number = 12, date] = last.split("-");
    return date ? day(last) : Date.UTC(year, number, 1) / DAY - 1;
  };
  const STATES = D.codes.state.map(each => each[0]), {action, turns} = D.provisions;
  /* Which turn of a provision holds on a day: the last that is not after it. */
  const turn = (provision, on) => {
    const own = turns[provision];
    let at = 0;
    while (at * 2 + 2 < own.length && own[at * 2 + 2] <= on) at += 1;
    return at;
  };
  const answer = (provision, on) => turns[provision][turn(provision, on) * 2 + 1];
  const stands = state => STATES[state] !== "not_in_force" && STATES[state] !== "no_evidence";
  const of = D.actions.id.map(() => []);
  action.forEach((each, number) => of[each].push(number));
  /* A place, and the places that it lies in. */
  const within = place => {
    const found = [];
    for (let at = place; at >= 0 && !found.includes(at); at = D.jurisdiction[at][2]) found.push(at);
    return found;
  };
  const el = (name, given, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given || {})) {
      if (key === "text") made.textContent = value; else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  };
  const save = (name, type, text) => {
    const link = el("a", {href: URL.createObjectURL(new Blob([text], {type})), download: name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e3);
  };
  const cell = value => { const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value; return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe; };
  const csv = rows => rows.map(row => row.map(value => cell(String(value))).join(",") + "\n").join("");
  const check = input => {
    const wrong = input.value.trim() !== "" && day(input.value) === null;
    input.setAttribute("aria-invalid", wrong);
    get(`${input.name}-fault`).textContent = wrong ? `“${input.value}” is no day. Write it as 2021-05-01.` : "";
    return !wrong;
  };
  const get = id => document.getElementById(id);
  /* How to cite what the page shows, with where it stands for everyone: its public address, else where it was opened. */
  const cite = (form, what, choice) => {
    const known = document.querySelector("link[rel=canonical]"), where = known ? known.href + location.search : location.protocol.startsWith("http") ? location.href.replace(/#.*/, "") : "";
    get("cited").textContent = `${form.dataset.cite}, ${what}${choice ? ` (${choice})` : ""}${form.dataset.as}${where ? `, ${where}` : ""}.`;
  };
  const aside = strange => { get("strange").textContent = strange.length ? `Not known here, and left aside: ${strange.join(", ")}.` : ""; };
  return {D, day, iso, dated, opens, turn, answer, stands, of, within, el, save, csv, check, get, cite, aside, STATES};
})();
