"""A release holds everything that its layout names, covers it by hashes, and is the same bytes wherever it is built."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

import packages
import releases
from policytrack import api
from policytrack.dataset import read
from policytrack.exports import select
from policytrack.findings import Severity
from policytrack.history import state
from policytrack.package import Composed, PackageError, check_package, save
from policytrack.publication import SignatureError, publish
from policytrack.publication.assembly import Origin, released
from policytrack.release import Asked, release
from policytrack.tables import TABLES, rows
from policytrack.versions import read_chain

ROOT = Path(__file__).parent.parent
TOP = {
    *("datapackage.json", "profile.json", "data", "schemas"),
    *("policytrack.parquet", "policytrack.sqlite", "policytrack.xlsx", "policytrack.jsonl"),
    *("references.bib", "references.ris", "references.csl.json"),
    *("CITATION.cff", ".zenodo.json", "datacite.json", "croissant.json", "dataset.jsonld", "dcat.ttl"),
    *("delta", "CHANGELOG.md", "CODEBOOK.md", "versions.json"),
    *("provenance.intoto.jsonl", "SHA256SUMS", "policytrack-0.1.1.zip"),
}


@pytest.fixture(scope="module")
def made() -> Composed:
    return publish(read(releases.shared()), exports=select(["all"]).exports)


def hashes(made: Composed) -> dict[str, str]:
    return {path: sha256(raw).hexdigest() for path, raw in made.files.items()}


# What a release holds


def test_a_release_has_the_whole_layout(made: Composed) -> None:
    assert {path.partition("/")[0] for path in made.files} == TOP
    assert {path for path in made.files if path.startswith("data/")} == {f"data/{name}.csv" for name in TABLES}
    assert [path for path in made.files if path.startswith("delta/")] == ["delta/from-0.1.0.ndjson"]


def test_the_hashes_cover_every_file(made: Composed) -> None:
    lines = [line.split("  ") for line in made.files["SHA256SUMS"].decode().splitlines()]
    told = {path: digest for digest, path in lines}
    uncovered = {"SHA256SUMS", "policytrack-0.1.1.zip"}
    assert told == {path: each for path, each in hashes(made).items() if path not in uncovered}


def test_sha256sum_takes_the_list(made: Composed, tmp_path: Path) -> None:
    folder = save(made, tmp_path / "out").folder
    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=False)
    assert done.returncode == 0


def test_the_zip_holds_every_file_in_one_folder_and_nothing_of_the_machine(made: Composed) -> None:
    with zipfile.ZipFile(io.BytesIO(made.files["policytrack-0.1.1.zip"])) as archive:
        inside = {info.filename: archive.read(info) for info in archive.infolist()}
        assert {(info.date_time, info.external_attr, info.create_system) for info in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0o100644 << 16, 3)
        }
    assert inside == {f"policytrack-0.1.1/{path}": raw for path, raw in made.files.items() if not path.endswith(".zip")}


def test_the_history_of_a_release_is_that_of_the_project(made: Composed) -> None:
    root = releases.shared()
    for path, name in (
        ("data/history/versions.json", "versions.json"),
        ("CHANGELOG.md", "CHANGELOG.md"),
        ("data/history/deltas/from-0.1.0.ndjson", "delta/from-0.1.0.ndjson"),
    ):
        assert made.files[name] == (root / path).read_bytes()


def test_the_day_of_the_metadata_is_that_of_the_release(made: Composed) -> None:
    assert yaml.safe_load(made.files["CITATION.cff"])["date-released"] == "2026-11-23"
    assert json.loads(made.files["datacite.json"])["publicationYear"] == "2026"


def test_a_release_carries_its_own_moment_and_changed_records_do_not(tmp_path: Path) -> None:
    root = releases.project(tmp_path / "project")
    descriptor = json.loads(publish(read(root)).files["datapackage.json"])
    assert descriptor["created"] == "2026-11-22T12:00:00Z"
    assert released(descriptor, read_chain(root)) == read_chain(root)[-1]
    releases.change(root, "summary: Another one.\n")
    later = publish(read(root)).files
    assert "created" not in json.loads(later["datapackage.json"])
    assert "date-released" not in yaml.safe_load(later["CITATION.cff"])
    # The delta leads to the release, and this is none.
    assert not [path for path in later if path.startswith("delta/")]


def test_what_was_not_released_says_so_wherever_it_names_its_version(tmp_path: Path) -> None:
    root = releases.project(tmp_path / "project")
    as_released = publish(read(root), exports=select(["all"]).exports)
    assert not [path for path, raw in as_released.files.items() if b"nreleased" in raw or "nreleased" in path]
    releases.change(root, "summary: Another one.\n")
    made = publish(read(root), exports=select(["codebook", "sqlite"]).exports)
    assert made.version == json.loads(made.files["datapackage.json"])["version"] == "0.1.1+unreleased"
    assert "policytrack-0.1.1+unreleased.zip" in made.files
    codebook = made.files["CODEBOOK.md"].decode()
    assert codebook.startswith("# Codebook of policytrack 0.1.1+unreleased\n")
    assert "**Not a release.** These data are not those of 0.1.1" in codebook
    cited = yaml.safe_load(made.files["CITATION.cff"])
    assert (cited["version"], cited["message"].partition(" and ")[0]) == (
        "0.1.1+unreleased",
        "These data are not those of 0.1.1",
    )
    for path in (".zenodo.json", "datacite.json", "croissant.json", "dataset.jsonld"):
        assert json.loads(made.files[path])["version"] == "0.1.1+unreleased"
    assert b"0.1.1+unreleased" in made.files["dcat.ttl"]
    folder = save(made, tmp_path / "out").folder
    assert [each for each in check_package(folder) if each.severity is not Severity.NOTICE] == []
    # It claims no release, so nothing is false; that there is a release to cite is said.
    found = {each.code: each.message for each in api.verify_release(folder, root=root, rebuild=True)}
    assert set(found) == {"PT056", "PT057", "PT058"}
    assert "0.1.1+unreleased is not among the releases" in found["PT057"]
    assert "was not released" in found["PT056"]


@pytest.mark.parametrize("origin", [None, Origin(version="0.1.1")])
def test_the_rows_are_made_once(origin: Origin | None, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(*given: Any) -> Any:
        calls.append(given)
        return rows(*given)

    monkeypatch.setattr("policytrack.package.building.rows", counted)
    assert publish(read(releases.shared()), origin=origin).version == "0.1.1"
    assert len(calls) == 1


def test_the_moment_of_a_build_does_not_make_a_release_another(tmp_path: Path) -> None:
    root = releases.project(tmp_path / "project")
    assert publish(read(root), created=datetime(2030, 1, 1, tzinfo=UTC)).version == "0.1.1"


def test_the_next_release_bears_a_plain_version_whatever_was_built_before(tmp_path: Path) -> None:
    root = releases.project(tmp_path / "project")
    releases.change(root, "summary: Another one.\n")
    releases.commit(root)
    save(publish(read(root)), root.parent / "dist")
    assert release(read(root), [], Asked(releases.DAYS[1])).version == "0.1.2"
    written = [root / "datapackage.json", root / "CITATION.cff", *(root / "data").rglob("*.*")]
    assert not [path for path in written if b"unreleased" in path.read_bytes()]


def test_tombstones_are_published_as_they_are(tmp_path: Path) -> None:
    root = releases.project(tmp_path / "project")
    line = b'{"record": "actor", "id": "acme", "field": "notes", "sha256": "0", "reason": "asked", "date": "2026"}\n'
    (root / "data/history/redactions.ndjson").write_bytes(line)
    assert publish(read(root)).files["redactions.ndjson"] == line


# Where it comes from


def test_provenance_names_commit_tree_files_and_rows_and_nothing_of_the_machine(made: Composed) -> None:
    statement = json.loads(made.files["provenance.intoto.jsonl"])
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    root = releases.shared()
    (tree,) = statement["predicate"]["buildDefinition"]["resolvedDependencies"]
    assert tree == {
        "name": "records",
        "digest": {
            "gitCommit": releases.git(root, "rev-parse", "HEAD"),
            "gitTree": releases.git(root, "rev-parse", "HEAD^{tree}"),
        },
    }
    later = {"provenance.intoto.jsonl", "SHA256SUMS", "policytrack-0.1.1.zip"}
    assert {each["name"]: each["digest"]["sha256"] for each in statement["subject"]} == {
        path: each for path, each in hashes(made).items() if path not in later
    }
    rows = {each["name"]: each["annotations"]["rows"] for each in statement["subject"] if "annotations" in each}
    assert rows == {f"data/{name}.csv": count for name, count in made.rows.items()}
    builder = statement["predicate"]["runDetails"]["builder"]["version"]
    assert set(builder) == {"policytrack", "pyarrow", "sqlite", "xlsxwriter"}
    assert str(root).encode() not in made.files["provenance.intoto.jsonl"]


def test_provenance_says_where_files_were_not_committed_and_where_there_is_no_repository(tmp_path: Path) -> None:
    root = releases.project(tmp_path / "project")
    (root / "new.txt").write_text("x", encoding="utf-8")
    assert state(root).changed
    told = json.loads(publish(read(root)).files["provenance.intoto.jsonl"])
    assert told["predicate"]["buildDefinition"]["resolvedDependencies"][0]["annotations"] == {"changed": True}
    shutil.rmtree(root / ".git")
    told = json.loads(publish(read(root)).files["provenance.intoto.jsonl"])
    assert told["predicate"]["buildDefinition"]["resolvedDependencies"] == []


# The signature


@releases.needs_ssh
def test_ssh_keygen_takes_the_signature(tmp_path: Path) -> None:
    folder = releases.built(releases.shared(), tmp_path / "out", signed=releases.key())
    allowed = tmp_path / "allowed"
    allowed.write_text(f"somebody {releases.key().with_suffix('.pub').read_text(encoding='utf-8')}", encoding="utf-8")
    command: list[str | Path] = ["ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "somebody", "-n", "policytrack"]
    with (folder / "SHA256SUMS").open("rb") as content:
        done = subprocess.run(
            [*command, "-s", folder / "SHA256SUMS.sig"], stdin=content, capture_output=True, check=False
        )
    assert done.returncode == 0
    with zipfile.ZipFile(folder / "policytrack-0.1.1.zip") as archive:
        assert archive.read("policytrack-0.1.1/SHA256SUMS.sig") == (folder / "SHA256SUMS.sig").read_bytes()


@releases.needs_ssh
def test_a_key_that_does_not_sign_is_told(tmp_path: Path) -> None:
    with pytest.raises(SignatureError, match="is no file"):
        publish(read(releases.shared()), key=tmp_path / "nothing")
    (tmp_path / "spoilt").write_text("no key", encoding="utf-8")
    with pytest.raises(SignatureError, match="does not sign"):
        publish(read(releases.shared()), key=tmp_path / "spoilt")


def test_without_ssh_keygen_signing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("a key", encoding="utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SignatureError, match="ssh-keygen is not installed"):
        publish(packages.nasty(packages.rooted(tmp_path)), key=tmp_path / "key")


# The folder


@releases.needs_ssh
def test_a_release_is_replaced_by_the_next_build_and_a_strange_folder_never(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        releases.built(releases.shared(), out, signed=releases.key())
    save(publish(read(releases.shared())), out)
    assert not (out / "SHA256SUMS.sig").exists()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PackageError, match=re.escape("mine.txt")):
        releases.built(releases.shared(), out)
    assert (out / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_spoilt_list_of_hashes_protects_the_folder(tmp_path: Path) -> None:
    out = releases.built(releases.shared(), tmp_path / "out")
    (out / "SHA256SUMS").write_text("mine", encoding="utf-8")
    with pytest.raises(PackageError, match="not part of a package"):
        releases.built(releases.shared(), out)
    assert (out / "SHA256SUMS").read_text(encoding="utf-8") == "mine"


# The citation at the root


def test_each_release_writes_the_citation_of_that_release_at_the_root(tmp_path: Path) -> None:
    root = releases.project(tmp_path / "project")
    for tag, day in (("v0.1.0", "2026-11-22"), ("v0.1.1", "2026-11-23")):
        told = yaml.safe_load(releases.git(root, "show", f"{tag}:CITATION.cff"))
        descriptor = json.loads(releases.git(root, "show", f"{tag}:datapackage.json"))
        assert (f"v{told['version']}", told["date-released"]) == (tag, day)
        assert told["version"] == descriptor["version"]
    assert publish(read(root)).files["CITATION.cff"] == (root / "CITATION.cff").read_bytes()


# The same bytes


def places(tmp_path: Path) -> Iterator[tuple[Path, dict[str, str], int]]:
    """Yield clones of one project with what may differ between two machines."""
    for number, (zone, seed, language, mask) in enumerate(
        [("UTC", "1", "C", 0o022), ("Pacific/Auckland", "2", "de_DE.UTF-8", 0o077)]
    ):
        root = tmp_path / ("short" if number else "a rather longer näme") / f"clone-{number}"
        root.parent.mkdir()
        subprocess.run(["git", "clone", "-q", releases.shared(), root], check=True, umask=mask)
        for path in root.rglob("*"):
            if path.is_file() and ".git" not in path.parts:
                os.utime(path, (10**9 + number, 10**9 + number * 1000))
        yield root, {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": language, "LANG": language}, mask


@releases.needs_ssh
def test_a_release_is_the_same_bytes_in_another_place_zone_language_and_process(tmp_path: Path) -> None:
    found = []
    for root, environment, mask in places(tmp_path):
        command: list[str | Path] = [sys.executable, "-c", "from policytrack.cli import main; main()", "--root", root]
        out = root.parent / "out"
        done = subprocess.run(
            [*command, "build", "--formats", "all", "--out", out, "--key", releases.key()],
            env=environment,
            umask=mask,
            cwd=root.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found.append({path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    first, second = found
    assert first.keys() == second.keys()
    assert {path for path in first if first[path] != second[path]} == set()
    assert {path.partition("/")[0] for path in first} == TOP | {"SHA256SUMS.sig"}


@pytest.mark.slow
def test_wheel_and_sdist_are_the_same_bytes_twice_over(tmp_path: Path) -> None:
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
    )
    found = []
    for number, (zone, seed, mask) in enumerate([("UTC", "1", 0o022), ("Pacific/Auckland", "2", 0o077)]):
        root = tmp_path / f"copy-{number}"
        for name in filter(None, listed.stdout.decode().split("\0")):
            if (ROOT / name).is_file():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, root / name)
                os.utime(root / name, (10**9 + number, 10**9 + number * 1000))
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-d", tmp_path / f"out-{number}"],
            cwd=root,
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
            umask=mask,
            check=True,
            capture_output=True,
        )
        made = sorted((tmp_path / f"out-{number}").iterdir())
        assert {path.suffix for path in made} == {".whl", ".gz"}
        found.append({path.name: sha256(path.read_bytes()).hexdigest() for path in made})
    assert found[0] == found[1]
