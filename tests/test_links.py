"""Links are asked politely and on the public web alone, and only what is missing again and again is dead."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from misbehaving import HERE, Local, Site
from policytrack import api, links
from policytrack.cli import app
from policytrack.cli import links as command
from policytrack.cli.terminal import UsageFault
from policytrack.dataset import Dataset, read
from policytrack.links import robots
from policytrack.links.asking import BODY, LONGEST_WAIT, PAUSE, Asker, Outcome
from policytrack.links.targets import RefusedError, forbidden, target, vetted
from policytrack.reporting import as_json_text

Tree = Callable[[Mapping[str, str | bytes]], Path]

DAY = date(2026, 11, 22)
ROOT = Path(__file__).parent.parent


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.stop.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


def ask(url: str, web: Local | None = None) -> Outcome:
    return asyncio.run(Asker(web or Local(), exempt={HERE}).ask(url))


def test_a_document_is_found_with_one_question_that_tells_nothing_of_us(site: Site) -> None:
    assert ask(site.url("/ok?id=7")) == Outcome(links.State.OK, 200)
    assert [(method, path) for method, path, _ in site.asked] == [("GET", "/robots.txt"), ("HEAD", "/ok?id=7")]
    for headers in site.headers:
        assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        assert re.fullmatch(r"policytrack/\d+\.\d+\.\d+ \(check of links\)", headers["User-Agent"])


def test_no_cookie_is_sent_back(site: Site) -> None:
    web = Local()
    asker = Asker(web, exempt={HERE})
    for _ in range(2):
        assert asyncio.run(asker.ask(site.url("/ok"))).state is links.State.OK
    assert all("Cookie" not in headers for headers in site.headers)


def test_a_server_without_head_is_asked_for_the_document(site: Site) -> None:
    assert ask(site.url("/without_head")).state is links.State.OK
    assert site.paths("/without_head") == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("path", "state", "status", "methods"),
    [
        ("/status/404", "gone-once", 404, ["HEAD", "GET"]),
        ("/status/410", "gone-once", 410, ["HEAD", "GET"]),
        ("/status/403", "error", 403, ["HEAD", "GET"]),
        ("/status/500", "error", 500, ["HEAD", "GET", "GET"]),
        ("/status/503", "error", 503, ["HEAD", "GET", "GET"]),
    ],
)
def test_answers_without_a_document(site: Site, path: str, state: str, status: int, methods: list[str]) -> None:
    outcome = ask(site.url(path))
    assert (outcome.state, outcome.status) == (state, status)
    assert outcome.detail
    assert site.paths(path) == methods


def test_tries_are_further_and_further_apart(site: Site) -> None:
    web = Local()
    ask(site.url("/status/500"), web)
    assert web.waits == [PAUSE, 3.0, 6.0]


def test_retry_after_is_kept_to(site: Site) -> None:
    web = Local()
    assert ask(site.url("/busy/40"), web).state is links.State.OK
    assert web.waits == [PAUSE, 40.0, 40.0]


def test_whoever_wants_a_long_pause_is_left_alone(site: Site) -> None:
    web = Local()
    path = f"/busy/{LONGEST_WAIT + 1:.0f}"
    assert ask(site.url(path), web).state is links.State.THROTTLED
    assert site.paths(path) == ["HEAD"]
    assert web.waits == [PAUSE]


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_told(site: Site, code: int) -> None:
    outcome = ask(site.url(f"/to/{code}?/ok"))
    assert outcome == Outcome(links.State.REDIRECTED, 200, "", site.url("/ok"), lasting=code in {301, 308})


def test_a_redirect_to_the_front_page_is_doubted(site: Site) -> None:
    assert "front page" in ask(site.url("/to/301?/")).detail


def test_a_redirect_to_what_is_gone_is_gone(site: Site) -> None:
    outcome = ask(site.url("/to/301?/status/404"))
    assert (outcome.state, outcome.final) == (links.State.GONE_ONCE, site.url("/status/404"))


def test_circles_and_long_chains_end(site: Site) -> None:
    assert "circle" in ask(site.url("/circle")).detail
    assert "more than 8" in ask(site.url("/far/0")).detail
    assert len([path for _, path, _ in site.asked if path.startswith("/far")]) == 8


@pytest.mark.parametrize(
    ("location", "says"),
    [
        ("http://inner.example/", "private"),
        ("http://10.0.0.8/", "private"),
        ("http://127.0.0.2:1/", "loopback"),
        ("http://[::1]/", "loopback"),
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("//2130706433/", "no name of a host"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://site.example/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("http://reader:secret@site.example/", "password"),
        ("http://[::1", "cannot be read"),
        ("http://site.example:99999/", "cannot be read"),
    ],
)
def test_a_redirect_off_the_public_web_is_refused(site: Site, location: str, says: str) -> None:
    outcome = ask(site.url(f"/to/302?{location}"), Local({"inner.example": ["192.168.7.7"]}))
    assert outcome.state is links.State.REFUSED
    assert says in outcome.detail


@pytest.mark.parametrize("path", ["/stall", "/drip", "/early", "/garbage"])
def test_no_whole_answer_is_unreachable_in_bounded_time(site: Site, path: str) -> None:
    began = time.monotonic()
    outcome = ask(site.url(path))
    assert outcome.state is links.State.UNREACHABLE
    assert outcome.detail
    assert site.paths(path) == ["HEAD", "GET", "GET"]
    assert time.monotonic() - began < 15


def test_an_endless_document_is_not_read_to_its_end(site: Site) -> None:
    began = time.monotonic()
    assert ask(site.url("/endless")).state is links.State.OK
    assert time.monotonic() - began < 2
    # What the two systems hold between them is sent and never read.
    assert site.sent < BODY + 16 * 1024 * 1024


def test_nobody_there(site: Site) -> None:
    nobody = Outcome(links.State.UNREACHABLE, detail="nobody.invalid has no address")
    assert ask(site.url("/ok", "nobody.invalid")) == nobody
    port = site.port
    site.stop.set()
    site.shutdown()
    site.server_close()
    assert ask(f"http://site.example:{port}/").detail == "no connection"


def test_the_next_address_of_a_host_is_tried(site: Site) -> None:
    web = Local({"site.example": ["127.0.0.9", HERE]})
    outcome = asyncio.run(Asker(web, exempt={HERE, "127.0.0.9"}).ask(site.url("/ok")))
    assert outcome.state is links.State.OK


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate, and its key, of a host that is called site.example."""
    file = tmp_path / "site.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=site.example",
         "-addext", "subjectAltName=DNS:site.example", "-keyout", str(file), "-out", str(tmp_path / "public.pem")],
        capture_output=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    file.write_bytes(file.read_bytes() + (tmp_path / "public.pem").read_bytes())
    return file


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate with openssl")
def test_a_certificate_is_held_against_the_name_and_not_the_address(site: Site, certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    site.socket = context.wrap_socket(site.socket, server_side=True, do_handshake_on_connect=False)
    stranger = asyncio.run(Asker(Local(), exempt={HERE}).ask(f"https://site.example:{site.port}/ok"))
    assert (stranger.state, stranger.detail) == (links.State.UNREACHABLE, "the certificate is not valid")
    web = Local()
    web._trust.load_verify_locations(certificate)
    asker = Asker(web, exempt={HERE})
    assert asyncio.run(asker.ask(f"https://site.example:{site.port}/ok")).state is links.State.OK
    assert asyncio.run(asker.ask(f"https://other.example:{site.port}/ok")).detail == "the certificate is not valid"
    assert web.waits == [PAUSE]


# robots.txt


def test_robots_txt_is_obeyed(site: Site) -> None:
    site.robots = (200, b"User-agent: *\nDisallow: /private*/x$\nAllow: /private/ok/x\n")
    assert ask(site.url("/private/1/x")).state is links.State.BLOCKED
    assert ask(site.url("/private/1/xy")).state is links.State.OK
    assert ask(site.url("/private/ok/x")).state is links.State.OK
    assert site.paths("/private/1/x") == []


def test_robots_txt_holds_after_a_redirect(site: Site) -> None:
    site.robots = (200, b"User-agent: policytrack\nDisallow: /shut\n")
    outcome = ask(site.url("/to/302?/shut"))
    assert (outcome.state, outcome.final) == (links.State.BLOCKED, site.url("/shut"))
    assert site.paths("/shut") == []


def test_a_robots_txt_that_cannot_be_had_forbids_and_a_missing_one_allows(site: Site) -> None:
    site.robots = (503, b"")
    assert ask(site.url("/ok")).state is links.State.BLOCKED
    site.robots = (403, b"")
    assert ask(site.url("/ok")).state is links.State.OK


def test_the_pause_that_a_site_asks_for_is_kept_up_to_a_bound(site: Site) -> None:
    site.robots = (200, b"User-agent: *\nCrawl-delay: 7\n")
    web = Local()
    asker = Asker(web, exempt={HERE})
    for path in ("/ok/1", "/ok/2", "/ok/3"):
        asyncio.run(asker.ask(site.url(path)))
    assert web.waits == [PAUSE, 7.0, 7.0]
    assert robots.parse(b"User-agent: *\nCrawl-delay: 99999").pause == 30


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:\n", "/a", True),
        ("User-agent: *\nDisallow: /\n", "/", False),
        ("User-agent: other\nDisallow: /\n", "/a", True),
        ("User-agent: other\nUser-agent: PolicyTrack/1.0\nDisallow: /\n", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: policytrack\nDisallow: /b\n", "/a", True),
        ("User-agent: policytrack\nDisallow: /a\n\nUser-agent: policytrack\nDisallow: /b\n", "/a", False),
        ("user-agent : *\r\ndisallow : /a # why\r\n", "/abc", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a\n", "/a", True),
        ("User-agent: *\nDisallow: /*?s=\n", "/x?s=1", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/x.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/x.pdf?y", True),
        ("User-agent: *\nDisallow: /%C3%A9\n", "/é", False),
        ("Disallow: /\n", "/a", True),
        ("\ufeffUser-agent: *\nDisallow: /a\n", "/a", False),
    ],
)
def test_rules_of_robots_txt(text: str, path: str, allowed: bool) -> None:  # noqa: FBT001
    assert robots.parse(text.encode()).allows(path) is allowed


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_robots_txt_can_be_read(raw: bytes, path: str) -> None:
    assert robots.parse(b"User-agent: *\n" + raw).allows(f"/{path}") in {True, False}


def test_a_hostile_robots_txt_costs_no_time() -> None:
    rules = robots.parse(b"User-agent: *\n" + b"Disallow: /" + b"*a" * 20_000 + b"$\n")
    began = time.monotonic()
    rules.allows("/" + "a" * 1_900 + "b")
    assert time.monotonic() - began < 1


# the public web alone


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0",
        "fc00::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1", "2002:7f00:1::",
        "2002:a00:1::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe", "nonsense",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_forbidden(address: str) -> None:
    assert forbidden(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses_are_not(address: str) -> None:
    assert forbidden(address) == ""


def test_one_inner_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(RefusedError, match=r"10\.0\.0\.1"):
        vetted("x.example", ["1.1.1.1", "10.0.0.1"])


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://017700000001/", "http://0177.0.0.1/",
        "http://127.1/", "http://1/", "http://127.0.0.1./", "http://\uff11\uff12\uff17.0.0.1/", "http:///x", "http://x..y/",
        "http://-x/", "http://a b/", "http://x/\r\nHost: y", "http://x\\@y/", "https://u@x/", "gopher://x/",
        "HTTPX://x/", "//x/y", "x", "", "http://[fe80::1%25eth0]/", "http://" + "a" * 64 + "/",
        "http://x/" + "a" * 3_000,
    ],
)  # fmt: skip
def test_what_is_no_plain_address_of_the_web_is_refused_before_anything_is_asked(url: str) -> None:
    web = Local({"x": [HERE]})
    outcome = asyncio.run(Asker(web).ask(url))
    assert outcome.state is links.State.REFUSED
    assert [name for name in web.looked_up if name != "x"] == []


def test_each_connection_goes_to_the_address_that_was_looked_at(site: Site) -> None:
    """A name that is public when it is looked at and inner a moment later leads nowhere."""

    class Rebinding(Local):
        async def resolve(self, host: str, port: int) -> list[str]:
            first = not self.looked_up
            await super().resolve(host, port)
            return [HERE] if first else ["127.0.0.2"]

    web = Rebinding()
    outcome = asyncio.run(Asker(web, exempt={HERE}).ask(site.url("/ok", "rebinding.example")))
    assert outcome.state is links.State.REFUSED
    assert [host for _, _, host in site.asked] == ["rebinding.example"]
    assert site.paths("/ok") == []


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "http://x/", "http://["]))
def test_any_text_is_an_address_or_refused(text: str, before: str) -> None:
    try:
        found = target(before + text)
    except RefusedError:
        return
    assert found.path.isascii()
    assert found.path.startswith("/")
    assert target(found.url).origin == found.origin


# the run


def source(url: str, archive: str = "", published: str = "2020-06-12") -> str:
    archived = f"archive_url: {archive}\n" if archive else ""
    head = f"type: news-article\ntitle: T\ncredit: staff\nurl: {url}\n{archived}published: {published}\n"
    return f"{head}read: {{on: 2026-11-22, extent: full}}\n"


def laid(tree: Tree, urls: Mapping[str, str]) -> Dataset:
    """The sources with these addresses, and no others."""
    dataset = read(tree({f"records/sources/2020/{name}.yaml": source(url) for name, url in urls.items()}))
    return replace(dataset, sources={name: dataset.sources[name] for name in sorted(urls)})


def run(dataset: Dataset, on: date = DAY, **how: Any) -> links.Report:
    return api.links_check(dataset, how.pop("web", None) or Local(), on, links.Run(**how, exempt_addresses={HERE}))


def states(report: links.Report) -> dict[str, str]:
    return {link.used_by[0].source: link.state.value for link in report.links}


def test_only_what_is_missing_on_two_days_is_dead(tree: Tree, site: Site) -> None:
    dataset = laid(tree, {"a": site.url("/status/404"), "b": site.url("/status/403"), "c": site.url("/ok")})
    first = run(dataset)
    assert states(first) == {"a": "gone-once", "b": "error", "c": "ok"}
    same_day = run(dataset, before=first)
    assert states(same_day)["a"] == "gone-once"
    next_day = run(dataset, DAY + timedelta(1), before=same_day)
    assert states(next_day) == {"a": "dead", "b": "error", "c": "ok"}
    (dead,) = next_day.dead
    assert (dead.since, dead.asked, dead.missing) == (DAY + timedelta(1), DAY + timedelta(1), 2)
    assert dead.proposal == f"https://web.archive.org/web/20200612000000/{dead.url}"
    assert all("archive" not in host for _, _, host in site.asked)


def test_an_answer_in_between_makes_it_alive_and_silence_does_not(tree: Tree, site: Site) -> None:
    dataset = laid(tree, {"a": site.url("/x")})
    url = dataset.sources["a"].model.url
    missing = links.read_report(
        json.dumps({
            "checked": "2026-11-20",
            "links": [{
                "url": url, "used_by": [], "state": "gone-once", "missing": 1, "missed": "2026-11-20",
                "asked": "2026-11-20",
            }],
        })
    )  # fmt: skip
    there = run(dataset, before=missing)
    assert (there.links[0].state, there.links[0].missing) == ("ok", 0)

    class Silent(Local):
        async def resolve(self, host: str, port: int) -> list[str]:
            raise links.NoAnswerError(f"{host}:{port}", again=False)

    silent = run(dataset, before=missing, web=Silent())
    assert (silent.links[0].state, silent.links[0].missing) == ("unreachable", 1)


def test_one_host_is_asked_one_thing_at_a_time_with_a_pause_and_hosts_side_by_side(tree: Tree, site: Site) -> None:
    urls = {f"{host}{n}": site.url(f"/ok/{n}", f"{host}.example") for host in "abcdef" for n in range(3)}
    web = Local()
    report = run(laid(tree, urls), web=web)
    assert set(states(report).values()) == {"ok"}
    assert site.most_at_once == 1
    assert len(web.waits) >= 3
    assert all(0 < wait <= PAUSE for wait in web.waits)


def test_a_host_that_asks_for_less_is_left_alone_in_this_run(tree: Tree, site: Site) -> None:
    report = run(laid(tree, {"a": site.url("/busy/900"), "b": site.url("/ok"), "c": site.url("/ok", "other.example")}))
    assert states(report) == {"a": "throttled", "b": "waiting", "c": "ok"}


def test_a_limit_asks_those_first_that_were_not_asked_for_longest(tree: Tree, site: Site) -> None:
    dataset = laid(tree, {name: site.url(f"/ok/{name}") for name in "abc"})
    first = run(dataset, limit=2)
    assert states(first) == {"a": "ok", "b": "ok", "c": "waiting"}
    second = run(dataset, DAY + timedelta(1), before=first, limit=1)
    assert {link.used_by[0].source: link.asked for link in second.links} == {
        "a": DAY, "b": DAY, "c": DAY + timedelta(1),
    }  # fmt: skip


def test_exempt_hosts_are_not_asked_and_unused_ones_are_told(tree: Tree, site: Site) -> None:
    exempt = {
        name: links.Exempt.model_validate({"reason": "asks for a login", "since": "2026-11-22"})
        for name in ("shut.example", "nobody.example")
    }
    dataset = laid(tree, {"a": site.url("/ok", "www.shut.example"), "b": site.url("/ok", "notshut.example")})
    report = run(dataset, exempt_hosts=exempt)
    assert states(report) == {"a": "exempt", "b": "ok"}
    assert [unused.host for unused in report.unused_hosts] == ["nobody.example"]
    assert "www.shut.example" not in {host for _, _, host in site.asked}
    assert any("nobody.example" in line for line in links.as_text(report))


def test_a_report_is_read_as_it_was_written(tree: Tree, site: Site) -> None:
    report = run(laid(tree, {"a": site.url("/status/404"), "b": site.url("/to/301?/ok")}))
    text = as_json_text(report.as_json())
    assert links.read_report(text) == report
    assert json.loads(text)["counts"]["redirected"] == 1
    told = "\n".join(links.as_text(report))
    assert "2 addresses: 1 redirected, 1 gone-once" in told
    assert "leads for good to" in told


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"checked": "x"}', '{"checked": "2020-01-01", "more": 1}'])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no report"):
        links.read_report(text)


def test_archive_addresses_are_asked_too_and_nothing_is_proposed_beside_one(tree: Tree, site: Site) -> None:
    url, archive = site.url("/status/404"), site.url("/ok", "web.archive.org")
    dataset = read(tree({"records/sources/2020/a.yaml": source(url, archive)}))
    report = run(replace(dataset, sources={"a": dataset.sources["a"]}))
    found = {link.used_by[0].field: (link.state.value, link.proposal) for link in report.links}
    assert found == {"url": ("gone-once", ""), "archive_url": ("ok", "")}


# the command


def called(*words: str) -> tuple[int, str, str]:
    try:
        done = CliRunner().invoke(app, ["--root", *words], catch_exceptions=False)
    except UsageFault as fault:
        return 2, "", f"{fault} {fault.advice}"
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Local:
    found = Local()
    monkeypatch.setattr(command, "_web", lambda: found)
    return found


def test_the_command_keeps_its_report_and_fails_for_the_dead_alone(
    tree: Tree, site: Site, web: Local, tmp_path: Path
) -> None:
    root = tree({"records/sources/2020/a.yaml": source(site.url("/status/410"))})
    file = tmp_path / "links.json"
    hosts = tmp_path / "hosts.yaml"
    hosts.write_text("example: {reason: reserved for examples, since: 2026-11-22}\n", encoding="utf-8")
    words = [str(root), "links", "check", "--report", str(file), "--exempt", HERE]
    assert called(*words, "--hosts-file", str(hosts))[0] == 0
    hosts.write_text(
        "".join(f"{name}.example: {{reason: r, since: 2026-11-22}}\n" for name in
                ("acme", "paper-one", "paper-two", "paper-three")), encoding="utf-8",
    )  # fmt: skip
    code, told, _ = called(*words, "--hosts-file", str(hosts))
    assert (code, "gone-once" in told) == (0, True)
    data = json.loads(file.read_text(encoding="utf-8"))
    for link in data["links"]:
        link["missed"] = "2020-01-01" if link["missed"] else None
    file.write_text(json.dumps(data), encoding="utf-8")
    code, told, _ = called(*words, "--hosts-file", str(hosts), "--format", "json")
    assert code == 1
    assert json.loads(told)["counts"]["dead"] == 1
    assert set(web.looked_up) == {"site.example"}


@pytest.mark.usefixtures("web")
def test_signs_that_reorder_are_escaped_in_what_the_command_writes(tree: Tree, tmp_path: Path) -> None:
    url, file = "https://localhost/\u202egnp", tmp_path / "links.json"
    root = str(tree({"records/sources/2020/a.yaml": source(url)}))
    _, told, _ = called(root, "links", "check", "--report", str(file), "--format", "json", "--limit", "1")
    assert url in {link["url"] for link in json.loads(told)["links"]}
    assert "\u202e" not in told + file.read_text(encoding="utf-8")


def test_a_hosts_file_of_comments_is_an_empty_list() -> None:
    assert links.read_hosts(ROOT / ".github/link-hosts.yaml") == ({}, [])


@pytest.mark.parametrize(
    ("hosts", "says"),
    [("- x\n", "does not list"), ("x: {reason: r}\n", "does not list"), ("x: {reason: r, since: soon}\n", "not list")],
)
def test_a_wrong_hosts_file_is_a_wrong_call(tree: Tree, tmp_path: Path, hosts: str, says: str) -> None:
    (tmp_path / "hosts.yaml").write_text(hosts, encoding="utf-8")
    code, _, told = called(str(tree({})), "links", "check", "--hosts-file", str(tmp_path / "hosts.yaml"))
    assert (code, says in told) == (2, True)


def test_wrong_files_are_wrong_calls(tree: Tree, tmp_path: Path) -> None:
    root = str(tree({}))
    assert called(root, "links", "check", "--hosts-file", str(tmp_path / "none"))[0] == 2
    (tmp_path / "r.json").write_text("[]", encoding="utf-8")
    code, _, told = called(root, "links", "check", "--report", str(tmp_path / "r.json"))
    assert (code, "no report" in told) == (2, True)
    assert called(root, "links", "check", "--limit", "0")[0] == 2


def test_without_its_library_the_command_says_what_to_install(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "policytrack.cli.web", None)
    monkeypatch.delitem(sys.modules, "policytrack.cli.web")
    monkeypatch.setitem(sys.modules, "httpx", None)
    code, _, told = called(str(tree({})), "links", "check")
    assert (code, "policytrack[links]" in told) == (2, True)


def test_nothing_else_reaches_for_the_network() -> None:
    libraries = r"httpx|socket|ssl|urllib\.request|http\.client|requests"
    reaching = re.compile(rf"^\s*(?:import|from) (?:{libraries})\b", re.MULTILINE)
    package = ROOT / "src/policytrack"
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if reaching.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"cli/web.py"}
