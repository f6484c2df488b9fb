/* The composer: a form to two records in YAML. A draft survives a reload; nothing leaves the browser. */
"use strict";
(() => {
  const form = document.getElementById("composer"), KNOWN = window.PT_KNOWN, KEY = "policytrack-draft";
  const get = id => document.getElementById(id), fields = [...form.querySelectorAll("[data-at]")];
  const slug = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  const bare = address => {
    try {
      const found = new URL(address);
      return (found.host.replace(/^www\./, "") + found.pathname.replace(/\/+$/, "")).toLowerCase();
    } catch { return ""; }
  };
  /* Groups of fields that may repeat: the first one is the pattern for the others. */
  const add = group => {
    const box = get(group), first = box.querySelector(".row"), made = first.cloneNode(true), number = box.querySelectorAll(".row").length + 1;
    made.querySelectorAll("[id]").forEach(each => { each.id = each.id.replace(/\d+$/, number); });
    made.querySelectorAll("label").forEach(each => { each.htmlFor = each.htmlFor.replace(/\d+$/, number); });
    made.querySelectorAll("input, select").forEach(each => { each.value = ""; });
    made.querySelector("legend").textContent = first.querySelector("legend").textContent.replace(/\d+$/, number);
    box.append(made);
    return made;
  };
  const rows = group => [...get(group).querySelectorAll(".row")].map(row =>
    Object.fromEntries([...row.querySelectorAll("[data-part]")].map(each => [each.dataset.part, each.value.trim()])));

  const plain = text => /^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/.test(text);
  const date = text => /^\d{4}(-\d{2}(-\d{2})?)?(\.\.(\d{4}(-\d{2}(-\d{2})?)?)?)?( [a-z]+)?$/.test(text) || /^P(\d+[YMWD])+$/.test(text);
  const word = text => plain(text) || date(text) ? text : JSON.stringify(text);
  const names = text => text.split(",").map(each => each.trim()).filter(Boolean);
  const many = text => `[${names(text).map(word).join(", ")}]`;

  const value = at => (form.querySelector(`[data-at="${at}"]`).value || "").trim();
  const line = (name, text) => text ? `${name}: ${text}\n` : "", said = (at, written = word) => value(at) ? line(at.split(".")[1], written(value(at))) : "";
  const action = () => {
    const dates = rows("dates").filter(each => each.event && each.date), ends = value("action.ends");
    const parts = rows("provisions").filter(each => each.effect && each.conduct);
    return "# yaml-language-server: $schema=../../../schemas/action.schema.json\n" + ["title", "summary", "kind", "instrument", "actor"].map(name => said(`action.${name}`)).join("")
      + said("action.jurisdictions", many)
      + "timeline:\n" + dates.map(each => `  ${each.event}: ${word(each.date + (each.basis ? ` ${each.basis}` : ""))}\n`).join("")
      + (ends ? `  ends: ${word(ends)}\n` : "")
      + (parts.length ? "provisions:\n" : "") + parts.map((each, at) => `  p${at + 1}:\n    ${each.effect}: ${many(each.conduct)}\n`
        + (each.by ? `    by: ${many(each.by)}\n` : "") + (each.purposes ? `    purposes: ${many(each.purposes)}\n` : "")).join("")
      + `# Missing: evidence. Cut passages with: policytrack cite ${value("source.id") || "SOURCE"} --file COPY --find WORDS\n`
      + "review: {state: draft}\n";
  };
  const source = () => "# yaml-language-server: $schema=../../../schemas/source.schema.json\n"
    + ["type", "title", "publisher", "url", "published", "language", "credit"].map(name => said(`source.${name}`)).join("") + said("source.authors", many)
    + `read: {${value("source.read.on") ? `on: ${value("source.read.on")}, ` : ""}extent: ${value("source.read.extent")}}\n`;
  const year = () => {
    const years = rows("dates").map(each => /^\d{4}/.exec(each.date)).filter(Boolean).map(each => each[0]).sort();
    return years[0] || "undated";
  };
  const published = () => (/^\d{4}/.exec(value("source.published")) || ["undated"])[0];

  const faults = () => {
    const found = [];
    for (const each of fields.concat([...form.querySelectorAll("[data-part][required]")])) {
      const wrong = each.required && !each.value.trim() ? "is needed" : each.value && each.pattern && !new RegExp(`^(?:${each.pattern})$`, "u").test(each.value.trim()) ? `is not of the form ${each.placeholder || each.pattern}` : "";
      each.setAttribute("aria-invalid", Boolean(wrong));
      if (wrong) found.push([each.id, `${form.querySelector(`label[for="${each.id}"]`).firstChild.textContent.trim()} ${wrong}.`]);
    }
    return found;
  };
  const item = (text, href) => {
    const made = document.createElement("li"), inner = href ? document.createElement("a") : made;
    inner.textContent = text;
    if (href) { inner.href = href; made.append(inner); }
    return made;
  };
  const warn = () => {
    const told = [], address = bare(value("source.url")), at = address ? KNOWN.urls.indexOf(address) : -1;
    if (at >= 0) told.push(item(`This address is known already: ${KNOWN.sources[at]}`, `../sources/${KNOWN.sources[at]}.html`));
    const asked = new Set(slug(value("action.title")).split("-").filter(each => each.length > 3));
    const actor = value("action.actor");
    KNOWN.actions.forEach(([id, title, by]) => {
      const words = slug(title).split("-").filter(each => asked.has(each)).length;
      if (asked.size && (words / asked.size > .6 || (by === actor && words / asked.size > .3)) && told.length < 6) {
        told.push(item(`Is it this one? ${title}`, `../actions/${id}.html`));
      }
    });
    get("likely").hidden = !told.length;
    get("likely-list").replaceChildren(...told);
  };
  /* Private windows may refuse: the draft then lives as long as the page. */
  const kept = step => { try { return step(); } catch { return null; } };
  const keep = () => {
    const told = {fields: Object.fromEntries(fields.map(each => [each.dataset.at, each.value])), dates: rows("dates"), provisions: rows("provisions")};
    kept(() => localStorage.setItem(KEY, JSON.stringify(told)));
  };
  const restore = () => {
    const told = kept(() => JSON.parse(localStorage.getItem(KEY)));
    if (!told) return;
    fields.forEach(each => { each.value = told.fields[each.dataset.at] || ""; });
    for (const group of ["dates", "provisions"]) (told[group] || []).forEach((row, at) => {
      const box = get(group).querySelectorAll(".row")[at] || add(group);
      box.querySelectorAll("[data-part]").forEach(each => { each.value = row[each.dataset.part] || ""; });
    });
    get("kept").hidden = false;
  };
  const show = event => {
    event.preventDefault();
    const found = faults();
    get("faults").hidden = !found.length;
    get("faults-list").replaceChildren(...found.map(([id, text]) => item(text, `#${id}`)));
    get("made").hidden = Boolean(found.length);
    if (found.length) { get("faults").focus(); return; }
    for (const [name, path, text] of [["action", `records/actions/${year()}/${value("action.id")}.yaml`, action()],
      ["source", `records/sources/${published()}/${value("source.id")}.yaml`, source()]]) {
      get(`${name}-path`).textContent = path;
      get(`${name}-yaml`).textContent = text;
    }
    const missing = ["Evidence: which passage of the source says what. The command in the file cuts passages."];
    for (const [at, id] of [["action.actor", "actors"], ["action.jurisdictions", "jurisdictions"]]) for (const each of names(value(at))) {
      if (![...get(id).options].some(option => option.value === each)) missing.push(`A record of ${each}: there is none yet.`);
    }
    get("missing").replaceChildren(...missing.map(text => item(text)));
    get("made").focus();
  };
  document.querySelectorAll("[data-save]").forEach(button => button.addEventListener("click", () => {
    const name = button.dataset.save, link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([get(`${name}-yaml`).textContent], {type: "text/yaml"}));
    link.download = get(`${name}-path`).textContent.split("/").pop();
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e3);
  }));
  document.querySelectorAll("[data-copy]").forEach(button => button.addEventListener("click", () => {
    const text = get(`${button.dataset.copy}-yaml`);
    getSelection().selectAllChildren(text);
    if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(() => { button.textContent = "Copied"; }, () => {});
  }));
  document.querySelectorAll("[data-add]").forEach(button => button.addEventListener("click", () => {
    add(button.dataset.add).querySelector("select, input").focus();
  }));
  form.addEventListener("input", () => { keep(); warn(); });
  form.addEventListener("submit", show);
  form.addEventListener("reset", () => {
    kept(() => localStorage.removeItem(KEY));
    setTimeout(warn);
    get("kept").hidden = get("made").hidden = get("faults").hidden = true;
  });
  /* An id is suggested until somebody writes another one. */
  const offer = (id, text) => {
    const input = get(id);
    if (input.value && input.value !== input.dataset.offered) return;
    input.value = input.dataset.offered = slug(text).slice(0, 80).replace(/-+$/, "");
  };
  const suggest = () => {
    const own = value("action.actor"), host = (bare(value("source.url")).split("/")[0] || "").split(".").slice(-2)[0];
    const title = slug(value("action.title")).split("-").filter(each => !own.split("-").includes(each) && !/^(a|an|the|of|its|to|for|in|on)$/.test(each)).slice(0, 4).join("-");
    if (own && title) offer("action-id", `${own}-${title}-${year()}`);
    if (host && title) offer("source-id", `${host}-${title.split("-").slice(0, 2).join("-")}-${published()}`);
    keep();
  };
  form.addEventListener("change", suggest);
  restore();
  warn();
})();
