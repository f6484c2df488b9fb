/* What all pages with a script share: days, the columns, and the answer of a provision on a day. */
"use strict";
const PT = (() => {
  const D = window.PT_DATA, DAY = 864e5, ALWAYS = -1e7, NEVER = 1e7;
  const day = text => {
    const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec((text || "").trim());
    if (!found) return null;
    const at = Date.UTC(+found[1], found[2] - 1, +found[3]);
    return new Date(at).toISOString().slice(0, 10) === found[0] ? at / DAY : null;
  };
  const iso = number => number <= ALWAYS || number >= NEVER ? "" : new Date(number * DAY).toISOString().slice(0, 10);
  const STATES = D.codes.state.map(each => each[0]);
  /* The last turn that is not after the day holds on it. */
  const answer = (provision, on) => {
    const turns = D.provisions.turns[provision];
    let at = 0;
    while (at + 5 < turns.length && turns[at + 5] <= on) at += 5;
    return {state: turns[at + 1], basis: turns[at + 2], since: D.since[turns[at + 3]], until: D.since[turns[at + 4]]};
  };
  const stands = state => STATES[state] !== "not_in_force" && STATES[state] !== "no_evidence";
  const of = [];
  D.provisions.action.forEach((action, number) => (of[action] = of[action] || []).push(number));
  const below = place => {
    const found = new Set([place]);
    let size;
    do {
      size = found.size;
      D.jurisdiction.forEach((each, number) => { if (found.has(each[2])) found.add(number); });
    } while (found.size > size);
    return found;
  };
  const el = (name, given, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given || {})) {
      if (key === "text") made.textContent = value; else if (value !== null && value !== false) made.setAttribute(key, value);
    }
    made.append(...children.filter(child => child !== null));
    return made;
  };
  const save = (name, type, text) => {
    const link = el("a", {href: URL.createObjectURL(new Blob([text], {type})), download: name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e3);
  };
  const cell = value => /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replace(/"/g, '""')}"` : value;
  const csv = rows => rows.map(row => row.map(value => cell(String(value))).join(",") + "\n").join("");
  return {D, day, iso, answer, stands, of, below, el, save, csv, STATES, ALWAYS, NEVER};
})();
