"""The site in Chromium: it answers what the records say, does nothing else, and can be used by everyone."""

import csv
import io
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from policytrack.dataset import read
from policytrack.dates import OPEN_PAST
from policytrack.findings import Severity
from policytrack.rules import check
from policytrack.site.words import bounded, dated
from site_browser import FACETS, ROOT, STANDING, TODAY, Explorer, Made, View, launched, looking, made, query, small

MORATORIUM = "amazon-rekognition-police-moratorium-2020"
EVIL = "<script>document.title='run'</script></script><img src=x onerror=\"document.title='run'\"> =cmd|'/c calc'!A1"
LONG = "\u202e\u05d0\u05d1\u05d2 " + "long " * 60
HOSTILE = {
    "records/actions/2020/hostile-2020.yaml": f"""\
title: {json.dumps(EVIL)}
summary: {json.dumps(EVIL)}
kind: ban
instrument: ordinance
actor: xx-town-council
jurisdictions: [xx-town]
identifiers: [{json.dumps("file " + EVIL)}]
timeline: {{final_vote: 2020-06-10, effective: 2020-07-01, ends: 2027-01-01}}
provisions:
  p1: {{prohibits: use, by: [government]}}
evidence:
  - {{at: hostile-2020, supports: all}}
""",
    "records/actions/2020/hostile-long-2020.yaml": f"""\
title: {json.dumps(LONG)}
kind: ban
instrument: ordinance
actor: xx-town-council
jurisdictions: [xx-town]
timeline: {{final_vote: 2020-06-10}}
provisions:
  p1: {{prohibits: use, by: [government]}}
evidence:
  - {{at: hostile-2020, supports: all}}
""",
    "records/sources/2020/hostile-2020.yaml": f"""\
type: news-article
title: {json.dumps(EVIL)}
url: "javascript:document.title='run'"
published: 2020-06-11
credit: own-byline
read: {{on: 2026-11-22, extent: full}}
""",
    "records/actors/xx-town-council.yaml": f"name: {json.dumps(EVIL)}\ntype: council\njurisdiction: xx-town\n",
    "records/jurisdictions/xx-town.yaml": f"name: {json.dumps(EVIL)}\nlevel: municipality\nparent: xx\n",
    "records/technologies/acme-match.yaml": f"name: {json.dumps(EVIL)}\nvendor: acme\n",
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# One page of every template, and its states: what is chosen, and what cannot be understood.
PAGES = [
    "index.html",
    "actions/index.html",
    "actions/index.html?kind=ban&on=2021-05-01",
    "actions/index.html?from=2021-02-31&kind=nothing",
    "actions/index.html?q=nothing-has-these-words",
    "actions/{action}.html",
    "actors/{actor}.html",
    "sources/{source}.html",
    "jurisdictions/index.html",
    "years/index.html",
    "years/2020.html",
    "views/fines-by-regulators.html",
    "in-force.html",
    "in-force.html?on=2021-05-01&subjects=government",
    "in-force.html?on=never&jurisdiction=nowhere",
    "in-force/2021-01-01.html",
    "compare.html?a=2020-01-01&b=2021-01-01",
    "compare.html?a=2020&b=",
    "map.html",
    "timeline.html",
    "changes.html",
    "data.html",
    "contribute/new.html",
    "method.html",
    "accessibility.html",
    "404.html",
]
NAMES = {
    "real": {"action": MORATORIUM, "actor": "amazon", "source": "npr-amazon-halts-2020"},
    "tiny": {"action": "hostile-2020", "actor": "xx-town-council", "source": "hostile-2020"},
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as running:
        yield running


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Give the site of the records of this project."""
    with made(read(ROOT), tmp_path_factory.mktemp("real")) as site:
        yield site


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Give the site of the small tree, with hostile records among its own."""
    folder = tmp_path_factory.mktemp("tiny")
    with made(small(folder / "root", HOSTILE), folder / "site") as site:
        yield site


@pytest.fixture(scope="module")
def asked(real: Made) -> Explorer:
    return Explorer(real.book)


@pytest.fixture(scope="module")
def explorer(browser: Browser, real: Made) -> Iterator[View]:
    """Give a window with the explorer, which keeps what it would save."""
    with looking(browser, catch=True) as view:
        view.open(real.on_disk("actions/index.html"))
        view.page.focus("#q")
        view.page.wait_for_selector("#explorer[data-ready]")
        yield view


def move(view: View, state: str) -> None:
    """Lead the explorer to a state as a link or the Back button does."""
    view.page.evaluate(
        "query => { history.pushState(null, '', '?' + query); dispatchEvent(new PopStateEvent('popstate')); }", state
    )


def saved(view: View, states: list[str]) -> list[tuple[str, str]]:
    """Return what the explorer saves in each of several states, as CSV and as JSON; no error may come between."""
    return [
        (table, told)
        for table, told in view.page.evaluate(
            """async queries => {
                const found = [], save = async id => { document.getElementById(id).click(); return caught.text(); };
                for (const query of queries) {
                    history.pushState(null, "", "?" + query);
                    dispatchEvent(new PopStateEvent("popstate"));
                    found.push([await save("csv"), await save("json")]);
                }
                return found;
            }""",
            states,
        )
    ]


def listed(view: View) -> list[dict[str, Any]]:
    return list(json.loads(view.saved("#json"))["actions"])


def test_saved_lists_are_the_same_filter_done_in_python(explorer: View, asked: Explorer) -> None:
    chance = random.Random(6)  # noqa: S311 - nothing here is a secret
    states = [asked.draw(chance) for _ in range(60)]
    found = 0
    for state, (table, told) in zip(states, saved(explorer, list(map(query, states))), strict=True):
        wanted = [asked.row(name) for name in asked.matching(state)]
        assert json.loads(told)["actions"] == wanted, query(state)
        assert list(csv.DictReader(io.StringIO(table))) == [
            {name: " ".join([value] if isinstance(value, str) else value) for name, value in row.items()}
            for row in wanted
        ]
        found += bool(wanted)
    assert found > 20


def test_each_count_is_that_of_the_page_it_leads_to(explorer: View, asked: Explorer) -> None:
    chance = random.Random(7)  # noqa: S311 - nothing here is a secret
    for state in [{}, *(asked.draw(chance) for _ in range(12))]:
        move(explorer, query(state))
        told = explorer.page.evaluate(
            "Object.fromEntries([...document.querySelectorAll('.options input')].map(each => "
            "[`${each.name} ${each.value}`, +each.closest('label').querySelector('.count').textContent]))"
        )
        for facet in FACETS:
            others = {name: values for name, values in state.items() if name != facet}
            passing = asked.matching(others)
            for option in asked.options[facet]:
                expected = sum(option in asked.facets[name][facet] for name in passing)
                assert told.pop(f"{facet} {option}") == expected, (state, facet, option)
        assert told == {}


def test_the_figures_of_home_lead_to_as_many_actions_as_they_say(explorer: View, real: Made) -> None:
    page = explorer.open(real.on_disk("index.html"))
    links = page.eval_on_selector_all("#reach ~ div a", "links => links.map(each => [each.search, each.textContent])")
    assert len(links) > 20
    page = explorer.open(real.on_disk("actions/index.html"))
    for search, told in links:
        move(explorer, search.removeprefix("?"))
        assert page.inner_text("#told").partition(" ")[0] == told.partition(" ")[0], search
    assert explorer.told == []


def test_a_list_beside_a_page_is_what_the_explorer_saves(explorer: View, real: Made) -> None:
    states = {"kinds/ban.csv": "kind=ban", "kinds/fine.csv": "kind=fine"}
    explorer.open(real.on_disk("actions/index.html"))
    for path, (table, _) in zip(states, saved(explorer, list(states.values())), strict=True):
        assert (real.folder / path).read_text(encoding="utf-8") == table


def test_the_address_holds_the_choice_through_reload_and_back(explorer: View, real: Made, asked: Explorer) -> None:
    page = explorer.open(real.on_disk("actions/index.html"))
    everything = page.inner_text("#told")
    page.check("input[name=direction][value=restrictive]")
    one = page.inner_text("#told")
    page.check("input[name=subjects][value=law-enforcement]")
    page.fill("#on", "2021-05-01")
    page.select_option("#sort", "oldest")
    page.wait_for_url("**on=2021-05-01**")
    state = {"direction": ["restrictive"], "subjects": ["law-enforcement"], "on": ["2021-05-01"]}
    wanted = asked.matching(state)
    assert page.url.endswith(f"?{query(state)}&sort=oldest")
    assert page.inner_text("#told").startswith(f"{len(wanted)} of ")
    assert [row["id"] for row in listed(explorer)] == wanted[::-1]
    cited = page.inner_text("#cited")
    page.reload()
    assert page.input_value("#on") == "2021-05-01"
    assert page.is_checked("input[name=subjects][value=law-enforcement]")
    assert [row["id"] for row in listed(explorer)] == wanted[::-1]
    assert page.inner_text("#cited") == cited
    assert "Direction: Restrictive; Whose conduct: Law enforcement; In force on: 2021-05-01" in cited
    while page.url.split("?")[-1] != "direction=restrictive":
        page.go_back()
    assert page.inner_text("#told") == one
    assert not page.is_checked("input[name=subjects][value=law-enforcement]")
    page.go_back()
    assert page.inner_text("#told") == everything
    page.go_forward()
    page.click("button[type=reset]")
    assert page.inner_text("#told") == everything
    assert "?" not in page.url
    assert explorer.told == []


def test_pages_of_the_list_show_every_row_once(explorer: View, real: Made) -> None:
    page = explorer.open(real.on_disk("actions/index.html"))
    seen: list[str] = []
    while True:
        seen += page.eval_on_selector_all("#results th a", "links => links.map(each => each.getAttribute('href'))")
        if page.evaluate("document.getElementById('later').hidden"):
            break
        page.evaluate("document.getElementById('later').click()")
    assert seen == [f"{record.id}.html" for record in real.book.actions]
    assert f"page={-(-len(seen) // 50)}" in page.url


def test_a_word_from_a_summary_is_found_from_the_address_alone(explorer: View, real: Made, asked: Explorer) -> None:
    record = next(each for each in real.book.actions if each.model.summary)
    words = [word for word in (record.model.summary or "").split() if word.isalpha() and word not in record.model.title]
    state = {"q": [max(words, key=len)]}
    explorer.open(real.on_disk(f"actions/index.html?{query(state)}"))
    explorer.page.wait_for_selector("#explorer[data-ready]")
    assert record.id in (found := [row["id"] for row in listed(explorer)])
    assert found == asked.matching(state)


def test_what_the_address_cannot_mean_is_said(explorer: View, real: Made) -> None:
    page = explorer.open(real.on_disk("actions/index.html?from=2021-02-31&kind=nothing"))
    assert page.inner_text("#strange") == "Not known here, and left aside: kind=nothing, from=2021-02-31."
    assert page.get_attribute("#from", "aria-invalid") == "true"
    assert page.inner_text("#from-fault")
    page.fill("#from", "2021-02-28")
    page.wait_for_url("**from=2021-02-28")
    assert not page.inner_text("#strange") + page.inner_text("#from-fault")
    page.fill("#q", "nothing has these words")
    page.wait_for_selector("#none:visible")
    assert page.inner_text("#told") == "No action matches"


def test_dates_are_told_as_the_pages_do(explorer: View, real: Made) -> None:
    dates = {when.text: dated(when) for each in real.book.actions for when in each.model.timeline.dates.values()}
    assert explorer.page.evaluate("texts => texts.map(PT.dated)", list(dates)) == list(dates.values())
    opens = explorer.page.evaluate("texts => texts.map(each => PT.iso(PT.opens(each)))", list(dates))
    known = {when.text: when.bounds for each in real.book.actions for when in each.model.timeline.dates.values()}
    assert opens == [str(known[text].earliest or known[text].latest) for text in dates]


def test_states_in_the_browser_are_those_of_the_fold(browser: Browser, real: Made) -> None:
    book, chance = real.book, random.Random(8)  # noqa: S311 - nothing here is a secret
    pairs = [(record.id, key) for record in book.actions for key in record.model.provisions]
    edges = {
        (number, turn.day - step)
        for number, pair in enumerate(pairs)
        for turn in book.courses[pair]
        for step in (0, 1)
        if OPEN_PAST + 1 < turn.day - step < date.max.toordinal()
    }
    drawn = {
        (chance.randrange(len(pairs)), date(2008, 1, 1).toordinal() + chance.randrange(9_000)) for _ in range(1_000)
    }
    asked = sorted(edges | drawn)
    epoch = date(1970, 1, 1).toordinal()
    with looking(browser) as view:
        view.open(real.on_disk("in-force.html"))
        told = view.page.evaluate(
            """asked => asked.map(([at, on]) => {
                const {codes, words, why} = PT_TERMS, [basis, since, until] = why[at].slice(PT.turn(at, on) * 3);
                return [PT.STATES[PT.answer(at, on)], codes.basis[basis][0], words[since], words[until]];
            })""",
            [[number, day - epoch] for number, day in asked],
        )
    for (number, day), found in zip(asked, told, strict=True):
        answer = book.fold.provision(*pairs[number], date.fromordinal(day))
        assert found == [answer.state, answer.basis, bounded(answer.since), bounded(answer.until)], (pairs[number], day)


def test_the_questions_about_days_answer_what_the_fold_does(browser: Browser, real: Made) -> None:
    book = real.book
    first, last = date(2020, 1, 1), date(2021, 5, 1)

    def state(name: str, key: str, on: date) -> str:
        return str(book.fold.provision(name, key, on).state)

    rules = [(record.id, key) for record in book.actions for key in record.model.provisions]
    stands = {"in_force", "presumed_in_force", "possibly_in_force"}
    with looking(browser, catch=True) as view:
        view.open(real.over_http(f"in-force.html?on={last}"))
        table = list(csv.DictReader(io.StringIO(view.saved("#csv"))))
        found = {(row["action"], row["provision"]): row["state"] for row in table}
        assert found == {rule: told for rule in rules if (told := state(*rule, last)) in stands}
        assert view.page.inner_text("#told").startswith(f"{len(found)} provisions")
        assert view.page.inner_text("#cited").endswith(f", {view.page.url}.")
        view.open(real.over_http(f"in-force.html?on={last}&actor=amazon"))
        table = list(csv.DictReader(io.StringIO(view.saved("#csv"))))
        assert MORATORIUM in {row["action"] for row in table}
        assert all("amazon" in row["action"] or "rekognition" in row["action"] for row in table)
        view.open(real.over_http(f"compare.html?a={first}&b={last}"))
        table = list(csv.DictReader(io.StringIO(view.saved("#csv"))))
        between = {(row["action"], row["provision"]): (row["state_a"], row["state_b"]) for row in table}
        assert between == {
            rule: pair
            for rule in rules
            if (pair := (state(*rule, first), state(*rule, last)))[0] != pair[1] and stands & set(pair)
        }
        view.page.fill("#a", "soon")
        view.page.press("#a", "Enter")
        assert view.page.evaluate("document.activeElement.id") == "a"
        assert view.page.inner_text("#a-fault")
        assert view.page.is_disabled("#csv")
        view.page.fill("#a", "2019-01-01")
        view.page.press("#a", "Enter")
        assert view.page.inner_text("#told").startswith("From 1 January 2019")
        view.page.go_back()
        view.page.go_back()
        assert view.page.input_value("#a") == str(first)
        assert view.told == []


@pytest.mark.parametrize("where", ["on_disk", "over_http"])
def test_pages_work_anywhere_ask_nobody_and_say_nothing(browser: Browser, real: Made, where: str) -> None:
    with looking(browser) as view:
        for path in PAGES if where == "on_disk" else PAGES[::3]:
            view.open(getattr(real, where)(path.format(**NAMES["real"])))
            assert view.told == [], path
            assert len(view.requests) <= 6, path
            assert view.hosts == ({""} if where == "on_disk" else {real.served.split("/")[2]}), path
        page = view.open(getattr(real, where)("index.html"))
        page.click("nav >> text=Explore")
        page.wait_for_selector("#results tr")
        page.click("#results a")
        page.wait_for_selector("h1")
        assert view.told == []


def test_without_a_script_everything_is_listed(browser: Browser, real: Made) -> None:
    with looking(browser, java_script_enabled=False) as view:
        page = view.open(real.on_disk("actions/index.html"))
        links = page.eval_on_selector_all("noscript a", "links => links.map(each => each.href)")
        assert not page.is_visible("#explorer")
        assert page.locator("#results tr").count() == 50
        found = {each for link in links for each in actions_of(view, link)}
        assert found == {record.id for record in real.book.actions}
        page = view.open(real.on_disk("in-force.html"))
        assert not page.is_visible("#asked")
        stands = sum(answer.state in STANDING for told in real.book.answers.values() for answer in told.values())
        assert page.locator("#answer tbody tr").count() == stands


def actions_of(view: View, address: str) -> set[str]:
    """Return the actions that a page links to."""
    page = view.open(address)
    links = page.eval_on_selector_all("main a", "links => links.map(each => each.href)")
    names = {link.rpartition("/")[2].removesuffix(".html") for link in links if "/actions/" in link and "?" not in link}
    return names - {"index"}


def test_a_hostile_record_does_nothing(browser: Browser, tiny: Made) -> None:
    with looking(browser, catch=True) as view:
        for path in (each.format(**NAMES["tiny"]) for each in PAGES):
            page = view.open(tiny.on_disk(path))
            assert page.title() != "run", path
            assert view.told == [], path
            assert page.locator("a[href^='javascript:'], [onerror], main script").count() == 0, path
        page = view.open(tiny.on_disk("actions/index.html?q=document.title+ordinary"))
        page.wait_for_selector("#explorer[data-ready]")
        assert listed(view) == []
        page = view.open(tiny.on_disk("actions/index.html?q=hostile-2020"))
        page.wait_for_selector("#explorer[data-ready]")
        assert [row["title"] for row in listed(view)] == [EVIL]
        assert next(csv.DictReader(io.StringIO(view.saved("#csv"))))["title"] == EVIL
        assert page.inner_text("#results th a").replace("\n", " ") == EVIL
        view.open(tiny.on_disk("contribute/new.html"))
        page.fill("#action-title", EVIL)
        page.wait_for_selector("#likely:visible")
        assert page.title() != "run"


def faults(page: Page) -> list[str]:
    """Return what axe finds, and where."""
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in found]


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def inspect(browser: Browser, site: Made, names: dict[str, str], width: int, scheme: Any) -> dict[str, list[str]]:
    """Return what is wrong with each page at a width."""
    wrong: dict[str, list[str]] = {}
    with looking(browser, viewport={"width": width, "height": 800}, color_scheme=scheme) as view:
        for path in [*PAGES, *(f"v/{each.name}/index.html" for each in (site.folder / "v").glob("*"))]:
            page = view.open(site.on_disk(path.format(**names)))
            found = [*faults(page), *(["scrolls sideways"] if sideways(page) else [])]
            if found:
                wrong[path] = found
        page = view.open(site.on_disk("contribute/new.html"))
        page.click("button[type=submit]")
        assert page.evaluate("document.activeElement.id") == "faults"
        if found := faults(page):
            wrong["the composer, with faults"] = found
    return wrong


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), pytest.param(1280, "light", marks=pytest.mark.slow)])
def test_everyone_can_use_every_page(browser: Browser, tiny: Made, width: int, scheme: str) -> None:
    assert inspect(browser, tiny, NAMES["tiny"], width, scheme) == {}


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_everyone_can_use_every_page_of_the_record(browser: Browser, real: Made, width: int, scheme: str) -> None:
    assert inspect(browser, real, NAMES["real"], width, scheme) == {}


def test_the_keyboard_alone_is_enough_and_the_focus_is_seen(browser: Browser, real: Made) -> None:
    with looking(browser) as view:
        page = view.open(real.on_disk("actions/index.html"))
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "q"
        for _ in range(40):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", page.evaluate("document.activeElement.outerHTML")
            if page.evaluate("document.activeElement.name === 'subjects'"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert page.evaluate("location.search").startswith("?subjects=")
        assert page.evaluate("document.activeElement.checked")
        page.keyboard.press("Space")
        assert not page.evaluate("location.search")
        page.focus("#later")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "told"


def test_nothing_jumps_or_moves_by_itself(browser: Browser, real: Made) -> None:
    watch = (
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(each => "
        "{ if (!each.hadRecentInput) window.shift += each.value; })).observe({type: 'layout-shift', buffered: true});"
    )
    for width in (1280, 390):
        with looking(browser, viewport={"width": width, "height": 800}, reduced_motion="reduce") as view:
            view.page.add_init_script(watch)
            for path in ("actions/index.html", "in-force.html", "compare.html", "timeline.html", "contribute/new.html"):
                page = view.open(real.over_http(path))
                page.wait_for_timeout(150)
                assert page.evaluate("window.shift") < 0.1, (path, width)
                moving = page.evaluate("document.getAnimations().length")
                assert moving == 0
                assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_on_a_phone_the_list_comes_before_the_choices(browser: Browser, real: Made) -> None:
    with looking(browser, viewport={"width": 390, "height": 800}) as view:
        page = view.open(real.on_disk("actions/index.html"))
        assert not page.is_visible("input[name=direction]")
        box = page.locator("#results tr").first.bounding_box()
        assert box is not None
        assert box["y"] < 500
        page.click("#choices > summary")
        page.check("input[name=direction][value=restrictive]")
        assert page.inner_text("#chosen") == "1 chosen"


def test_a_printed_page_shows_the_list_and_not_the_form(browser: Browser, real: Made) -> None:
    with looking(browser) as view:
        page = view.open(real.on_disk("actions/index.html"))
        page.emulate_media(media="print")
        assert page.is_visible("#results")
        assert not page.is_visible("#explorer")
        assert not page.is_visible("#csv")


def test_a_draft_is_what_the_check_asks_for_but_its_evidence(browser: Browser, tiny: Made, tmp_path: Path) -> None:
    with looking(browser) as view:
        page = view.open(tiny.over_http("contribute/new.html"))
        for name, value in {
            "source-url": "https://paper-three.example/2020/acme?utm=1",
            "source-title": 'Acme: "no" to police',
            "source-publisher": "Paper Three",
            "source-published": "2020-09-02",
            "source-language": "en",
            "source-authors": "Jo O'Neil, Mei \u738b",
            "source-read-on": "2026-11-22",
            "source-credit": "own-byline",
            "action-title": "Acme stops the lease of cameras: no, off & on",
            "action-summary": "Acme said that it no longer leases cameras.",
            "action-actor": "acme",
            "action-ends": "P1Y",
            "date-1": "2020-09-01",
            "by-1": "acme, law-enforcement",
        }.items():
            page.fill(f"#{name}", value)
        for name, value in {
            "source-type": "news-article",
            "source-read-extent": "full",
            "action-kind": "sales-suspension",
            "action-instrument": "corporate-policy",
            "event-1": "announced",
            "effect-1": "prohibits",
            "conduct-1": "sell",
        }.items():
            page.select_option(f"#{name}", value)
        page.click("[data-add=dates]")
        page.select_option("#event-2", "effective")
        page.fill("#date-2", "2020-09")
        page.select_option("#basis-2", "computed")
        page.reload()
        assert page.is_visible("#kept")
        assert page.input_value("#date-2") == "2020-09"
        assert page.input_value("#action-title").startswith("Acme stops")
        page.click("button[type=submit]")
        assert page.inner_text("#faults-list") == ""
        assert page.evaluate("document.activeElement.id") == "made"
        files = {page.inner_text(f"#{name}-path"): page.inner_text(f"#{name}-yaml") for name in ("action", "source")}
        missing = page.inner_text("#missing").split("\n")
        assert next(iter(files)) == "records/actions/2020/acme-stops-lease-cameras-no-2020.yaml"
        with page.expect_download() as download:
            page.click("[data-save=action]")
        assert download.value.suggested_filename == f"{page.input_value('#action-id')}.yaml"
        assert download.value.path().read_text(encoding="utf-8").strip() == next(iter(files.values())).strip()
        page.click("button[type=reset]")
        page.reload()
        assert not page.is_visible("#kept")
        assert page.input_value("#action-title") == ""
        assert view.told == []
        assert missing == ["Evidence: which passage of the source says what. The command in the file cuts passages."]
    assert faulty(tmp_path / "bare", files) == ["PT030 field `evidence` is missing"]
    action, source = files
    cited = f"evidence: [{{at: {Path(source).stem}, supports: all}}]\n"
    assert faulty(tmp_path / "cited", {**files, action: f"{files[action]}{cited}"}) == []


def faulty(root: Path, files: dict[str, str]) -> list[str]:
    """Return what `check` finds in the small tree with files laid over."""
    found = check(small(root, files), TODAY)
    return [f"{each.code} {each.message}" for each in found if each.severity is not Severity.NOTICE]


def test_the_composer_warns_of_what_is_known_and_of_what_cannot_stand(browser: Browser, real: Made) -> None:
    known = next(each for each in real.book.dataset.sources.values() if each.model.url)
    with looking(browser) as view:
        page = view.open(real.over_http("contribute/new.html"))
        page.fill("#source-url", f"{known.model.url}?from=feed#top")
        page.wait_for_selector("#likely:visible")
        assert known.id in page.inner_text("#likely-list")
        page.fill("#source-url", "javascript:alert(1)")
        page.fill("#action-title", real.book.dataset.actions[MORATORIUM].model.title)
        assert real.book.dataset.actions[MORATORIUM].model.title in page.inner_text("#likely-list")
        page.fill("#date-1", "10 June 2020")
        page.click("button[type=submit]")
        told = page.inner_text("#faults-list")
        assert "Address is not of the form" in told
        assert "Date is not of the form" in told
        assert "Kind is needed" in told
        page.click("#faults-list >> text=Kind is needed")
        assert page.evaluate("document.activeElement.id") == "action-kind"
        assert page.get_attribute("#action-kind", "aria-invalid") == "true"


def test_two_days_apart_is_one_day_more(browser: Browser, tiny: Made) -> None:
    days = [date(2019, 12, 31) + timedelta(days=number) for number in range(3)]
    with looking(browser) as view:
        view.open(tiny.on_disk("actions/index.html"))
        numbers = view.page.evaluate("days => days.map(PT.day)", [str(day) for day in days])
        assert [number - numbers[0] for number in numbers] == [0, 1, 2]
        wrong = ["2021-02-29", "2021-1-1", "0000-01-01", "tomorrow", "", "2021-05-01T00:00"]
        assert view.page.evaluate("days => days.map(PT.day)", wrong) == [None] * len(wrong)
