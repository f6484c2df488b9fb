"""A release is verified to the byte: whatever is changed, added, left out, older or of another making is found."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nesting
import releases
from policytrack import api, cli
from policytrack.dataset import read
from policytrack.exports import select
from policytrack.findings import Finding
from policytrack.history import HistoryError
from policytrack.package import PackageError, save
from policytrack.package.checksums import as_text
from policytrack.publication import publish, verify_release
from policytrack.publication.verification import Folder
from policytrack.release import Asked, release
from policytrack.tables import rows
from policytrack.versions import chain, read_chain

pytestmark = releases.needs_ssh

ZIP = "policytrack-0.1.1.zip"


@pytest.fixture(scope="module")
def public() -> Path:
    return releases.key().with_suffix(".pub")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a signed release, which every test leaves as it was."""
    return releases.built(releases.shared(), tmp_path_factory.mktemp("whole") / "out", signed=releases.key())


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.place.path) for finding in findings]


def sealed(folder: Path, *, key: Path | None = None, statement: bool = True) -> None:
    """Write hashes, provenance and signature anew, as somebody does who changes a release and hides it."""
    (folder / ZIP).unlink(missing_ok=True)
    held = Folder.read(folder)
    file = folder / "provenance.intoto.jsonl"
    if statement and file.exists():
        content = json.loads(file.read_bytes())
        files = {path: raw for path, raw in held.covered.items() if path != file.name}
        hashes = dict(line.split("  ")[::-1] for line in as_text(files).splitlines())
        content["subject"] = [
            {**each, "digest": {"sha256": hashes[each["name"]]}} for each in content["subject"] if each["name"] in files
        ]
        file.write_text(json.dumps(content) + "\n", encoding="utf-8")
    (folder / "SHA256SUMS").write_text(as_text(Folder.read(folder).covered), encoding="utf-8")
    (folder / "SHA256SUMS.sig").unlink(missing_ok=True)
    if key:
        command: list[str | Path] = [
            "ssh-keygen",
            "-q",
            "-Y",
            "sign",
            "-f",
            key,
            "-n",
            "policytrack",
            folder / "SHA256SUMS",
        ]
        subprocess.run(command, check=True, capture_output=True)


def mended(folder: Path, path: str, change: Callable[[Any], None]) -> None:
    """Change a JSON file of a release."""
    content = json.loads((folder / path).read_text(encoding="utf-8"))
    change(content)
    (folder / path).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


# What is whole


def test_a_release_holds(whole: Path, public: Path) -> None:
    assert verify_release(whole, key=public, known=releases.versions()) == []


def test_without_a_key_the_signature_is_read_and_nobody_vouched_for(whole: Path, copy: Path) -> None:
    assert told(verify_release(whole)) == [("PT058", "SHA256SUMS.sig")]
    (copy / "SHA256SUMS.sig").unlink()
    (copy / ZIP).unlink()
    assert told(verify_release(copy)) == [("PT058", "SHA256SUMS.sig")]


@pytest.mark.slow
def test_the_release_of_the_project_holds(tmp_path: Path) -> None:
    """The records of the project itself, whether they are those of the last release or changed since."""
    root = Path(__file__).parent.parent
    folder = save(publish(read(root), exports=select(["jsonl"]).exports), tmp_path / "out").folder
    assert {finding.code for finding in api.verify_release(folder, root=root)} <= {"PT054", "PT057", "PT058"}


# Any flipped byte


def flipped(folder: Path, path: str, position: int, bit: int) -> Iterator[None]:
    file = folder / path
    raw = file.read_bytes()
    spoilt = bytearray(raw)
    spoilt[position] ^= 1 << bit
    file.write_bytes(spoilt)
    yield
    file.write_bytes(raw)


def found_flipped(folder: Path, public: Path | None, path: str, position: int, bit: int) -> list[Finding]:
    spoiling = flipped(folder, path, position, bit)
    next(spoiling)
    try:
        # That nobody was asked about the signature is said of whole releases too.
        return [each for each in verify_release(folder, key=public) if each.code != "PT058"]
    finally:
        next(spoiling, None)


def test_a_flipped_byte_is_found_in_every_file(whole: Path, public: Path) -> None:
    for path, raw in Folder.read(whole).files.items():
        found = found_flipped(whole, public, path, len(raw) // 2, 0)
        # What is wrong in the list of hashes is told of the files that it names.
        assert path in {each.place.path for each in found} or (path == "SHA256SUMS" and found), path


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_any_flipped_bit_is_found_with_and_without_a_key(whole: Path, public: Path, data: st.DataObject) -> None:
    sizes = {path: len(raw) for path, raw in Folder.read(whole).files.items()}
    # The files that vouch for the others, each as often as all the rest together.
    vouching = [path for path in sizes if path.startswith(("SHA256SUMS", "policytrack-0", "prov"))]
    path = data.draw(st.sampled_from(vouching) | st.sampled_from(sorted(sizes)))
    position, bit = data.draw(st.integers(0, sizes[path] - 1)), data.draw(st.integers(0, 7))
    assert found_flipped(whole, data.draw(st.sampled_from([public, None])), path, position, bit)


def test_every_bit_of_a_signature_counts_without_a_key(whole: Path) -> None:
    """Without the key nothing but the signature's own form and fit can tell."""
    raw = (whole / "SHA256SUMS.sig").read_bytes()
    for position in range(0, len(raw), 5):
        assert found_flipped(whole, None, "SHA256SUMS.sig", position, position % 7), position


# Files


def test_a_file_more_or_less_or_no_file_is_found(copy: Path, public: Path, tmp_path: Path) -> None:
    (copy / "data" / "mine.csv").write_text("a\n", encoding="utf-8")
    (copy / "CODEBOOK.md").unlink()
    (copy / "link").symlink_to(tmp_path)
    found = verify_release(copy, key=public)
    assert ("PT052", "data/mine.csv") in told(found)
    assert ("PT052", "link") in told(found)
    (missing,) = [each for each in found if "CODEBOOK.md is missing" in each.message]
    line = (copy / "SHA256SUMS").read_text(encoding="utf-8").splitlines()[missing.place.line - 1]
    assert line.endswith("  CODEBOOK.md")


@pytest.mark.parametrize("text", ["", "x", "0" * 64 + "  a\n" + "0" * 64 + "  a\n", "\xff"])
def test_a_list_of_hashes_that_is_none_is_told(copy: Path, text: str) -> None:
    (copy / "SHA256SUMS").write_bytes(text.encode("latin-1"))
    assert ("PT052", "SHA256SUMS") in told(verify_release(copy))
    (copy / "SHA256SUMS").unlink()
    assert ("PT052", "SHA256SUMS") in told(verify_release(copy))


def test_a_zip_of_something_else_is_told_and_one_packed_otherwise_is_a_doubt(copy: Path, public: Path) -> None:
    inside = {f"policytrack-0.1.1/{path}": raw for path, raw in Folder.read(copy).files.items() if path != ZIP}
    with zipfile.ZipFile(copy / ZIP, "w") as archive:
        for path, raw in inside.items():
            archive.writestr(path, raw)
    assert told(verify_release(copy, key=public)) == [("PT057", ZIP)]
    with zipfile.ZipFile(copy / ZIP, "a") as archive:
        archive.writestr("policytrack-0.1.1/more.txt", "more")
    assert told(verify_release(copy, key=public)) == [("PT052", ZIP)]
    (copy / ZIP).write_bytes(b"no zip")
    assert told(verify_release(copy, key=public)) == [("PT052", ZIP)]


def test_a_folder_that_is_none_is_a_bad_call(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="no folder"):
        verify_release(tmp_path / "nothing")
    assert told(verify_release(tmp_path)) == [("PT052", "SHA256SUMS")]


@pytest.mark.parametrize("rebuild", [False, True])
def test_nothing_is_read_of_a_folder_that_is_no_release(tmp_path: Path, rebuild: bool) -> None:  # noqa: FBT001
    (tmp_path / "link").symlink_to("/")
    with nesting.nested(tmp_path):
        (found,) = api.verify_release(tmp_path, rebuild=rebuild)
    assert (found.place.path, found.message) == ("SHA256SUMS", "there is no list of hashes, so this is no release")


def test_a_folder_that_cannot_be_read_is_found(copy: Path, public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / "closed").mkdir()
    entries = Path.iterdir

    def refuse(folder: Path) -> Iterator[Path]:
        if folder.name == "closed":
            raise PermissionError
        return entries(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert told(verify_release(copy, key=public)) == [("PT052", "closed")]


def test_folders_nested_deeper_than_python_calls_are_looked_through(copy: Path, public: Path) -> None:
    with nesting.nested(copy) as innermost:
        (innermost / "mine").write_text("", encoding="utf-8")
        assert told(verify_release(copy, key=public)) == [("PT052", str((innermost / "mine").relative_to(copy)))]


# The signature


@pytest.fixture(scope="module")
def other_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("key") / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file], check=True)
    return file


def test_a_release_that_somebody_else_signed_is_found(copy: Path, public: Path, other_key: Path) -> None:
    sealed(copy, key=other_key)
    assert told(verify_release(copy, key=other_key.with_suffix(".pub"))) == []
    assert told(verify_release(copy, key=public)) == [("PT053", "SHA256SUMS.sig")]


def test_a_release_that_nobody_signed_does_not_pass_where_a_key_is_named(copy: Path, public: Path) -> None:
    sealed(copy)
    assert told(verify_release(copy, key=public)) == [("PT053", "SHA256SUMS.sig")]


def test_a_signature_for_something_else_is_found(copy: Path, public: Path) -> None:
    (copy / "SHA256SUMS.sig").unlink()
    command: list[str | Path] = [
        "ssh-keygen",
        "-q",
        "-Y",
        "sign",
        "-f",
        releases.key(),
        "-n",
        "file",
        copy / "SHA256SUMS",
    ]
    subprocess.run(command, check=True, capture_output=True)
    (copy / ZIP).unlink()
    assert told(verify_release(copy, key=public)) == [("PT053", "SHA256SUMS.sig")]
    assert told(verify_release(copy)) == [("PT053", "SHA256SUMS.sig")]


def test_keys_are_named_in_every_form(whole: Path, public: Path, other_key: Path, tmp_path: Path) -> None:
    text, other = (file.read_text(encoding="utf-8") for file in (public, other_key.with_suffix(".pub")))
    for name, content in (
        ("two keys", f"# ours\n\n{other}{text}"),
        ("allowed signers", f'somebody@example.org namespaces="policytrack,file" {text}'),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert verify_release(whole, key=tmp_path / name) == [], name
    (tmp_path / "for files").write_text(f'somebody namespaces="file" {text}', encoding="utf-8")
    assert told(verify_release(whole, key=tmp_path / "for files")) == [("PT053", "SHA256SUMS.sig")]
    # The private key is taken for the public one beside it.
    assert verify_release(whole, key=releases.key()) == []
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    (tmp_path / "prose").write_text(f"{text}This is ssh-ed25519, and no key.\n", encoding="utf-8")
    (tmp_path / "binary").write_bytes(b"\xff")
    for name, says in (
        ("empty", "holds no key"),
        ("prose", "holds no key"),
        ("nothing", "cannot be read: No such file or directory"),
        ("binary", "cannot be read: it is no text"),
    ):
        # Of a key that is none a release that nobody signed, or that is none, says as much.
        for folder in (whole, tmp_path):
            with pytest.raises(PackageError, match=f"{name} {says}") as caught:
                verify_release(folder, key=tmp_path / name)
            assert caught.value.advice == "name a file of public keys, or of allowed signers"


def test_a_list_of_known_releases_that_is_none_is_told_for_what_it_is(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "prose").write_text("Read me.\n", encoding="utf-8")
    for name, says in (("prose", "prose does not list versions"), ("nothing", "lists no releases")):
        with pytest.raises(PackageError, match=says) as caught:
            api.verify_release(whole, known=tmp_path / name)
        assert caught.value.advice == "name the versions.json of a release"


def test_without_ssh_keygen_a_named_key_fails_the_release(
    whole: Path, public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert told(verify_release(whole, key=public)) == [("PT053", "SHA256SUMS.sig")]
    assert told(verify_release(whole)) == [("PT058", "SHA256SUMS.sig")]


# The chain of releases


def test_an_older_release_is_found_by_whoever_knows_a_later_one(tmp_path: Path) -> None:
    root = releases.project(tmp_path / "project")
    older = tmp_path / "older"
    releases.git(root, "checkout", "-q", "v0.1.0")
    releases.built(root, older)
    releases.git(root, "checkout", "-q", "-")
    assert told(verify_release(older)) == [("PT058", "SHA256SUMS.sig")]
    (found,) = [each for each in api.verify_release(older, root=root) if each.code != "PT058"]
    assert (found.code, found.place.path) == ("PT054", "versions.json")
    assert "0.1.1 of 2026-11-23 is known" in found.message
    # To look at an older release on purpose, its own list is what is known.
    assert told(api.verify_release(older, root=root, known=older / "versions.json")) == [("PT058", "SHA256SUMS.sig")]


def test_an_older_release_under_a_new_number_is_found(tmp_path: Path, public: Path) -> None:
    root = releases.project(tmp_path / "project")
    folder = tmp_path / "forged"
    releases.git(root, "checkout", "-q", "v0.1.0")
    releases.built(root, folder)
    known = read_chain(releases.shared())
    mended(folder, "datapackage.json", lambda content: content.update(version="0.1.1"))
    sealed(folder, key=releases.key())
    assert "PT054" in {each.code for each in verify_release(folder, key=public, known=known)}
    # And with a list that was made to fit.
    text = chain.as_json([known[0], replace(known[1], descriptor=_hash(folder))])
    (folder / "versions.json").write_text(text, encoding="utf-8")
    sealed(folder, key=releases.key())
    found = [each for each in verify_release(folder, key=public, known=known) if each.code == "PT054"]
    assert ["another history" in each.message for each in found] == [True]


def _hash(folder: Path) -> str:
    from policytrack.publication.assembly import hash_of

    return hash_of(json.loads((folder / "datapackage.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda versions: versions.pop(0), "does not follow the one before it"),
        (lambda versions: versions.reverse(), "does not follow the one before it"),
        (lambda versions: versions.append(versions[1]), "stands twice"),
        (lambda versions: versions[0].update(released="2020-01-01"), "does not follow the one before it"),
        (lambda versions: versions[1].update(descriptor="sha256:0"), "not those that were released as 0.1.1"),
        (lambda versions: versions[1].pop("notes"), "does not list versions"),
    ],
)
def test_a_list_of_releases_that_was_changed_is_found(copy: Path, change: Callable[[Any], None], says: str) -> None:
    mended(copy, "versions.json", lambda content: change(content["versions"]))
    sealed(copy)
    found = [each for each in verify_release(copy) if each.code == "PT054"]
    assert says in " ".join(each.message for each in found)


def test_a_withdrawn_release_and_a_build_between_releases_are_doubts(copy: Path, tmp_path: Path) -> None:
    mended(copy, "versions.json", lambda content: content["versions"][1].update(withdrawn="a value was redacted"))
    sealed(copy)
    found = {each.code: each.message for each in verify_release(copy)}
    assert "a value was redacted" in found["PT057"]
    (tmp_path / "root").mkdir()
    import packages

    folder = save(publish(packages.nasty(packages.rooted(tmp_path / "root"))), tmp_path / "between").folder
    assert ("PT057", "versions.json") in told(verify_release(folder))


def test_a_delta_that_leads_elsewhere_is_found(copy: Path) -> None:
    file = copy / "delta" / "from-0.1.0.ndjson"
    file.write_text(file.read_text(encoding="utf-8").replace('"from":"0.1.0"', '"from":"0.0.9"'), encoding="utf-8")
    sealed(copy)
    assert ("PT054", "delta/from-0.1.0.ndjson") in told(verify_release(copy))


# Provenance, rows and keys


def test_provenance_that_tells_of_other_files_or_rows_is_found(copy: Path) -> None:
    file = copy / "provenance.intoto.jsonl"
    statement = json.loads(file.read_bytes())
    first = next(each for each in statement["subject"] if each["name"] == "data/actions.csv")
    first["annotations"]["rows"] += 1
    statement["subject"] = [each for each in statement["subject"] if each["name"] != "CODEBOOK.md"]
    file.write_text(json.dumps(statement) + "\n", encoding="utf-8")
    sealed(copy, statement=False)
    found = [each for each in verify_release(copy) if each.code == "PT055"]
    assert [each.place.path for each in found] == ["data/actions.csv", "provenance.intoto.jsonl"]
    file.write_text("{}\n", encoding="utf-8")
    sealed(copy, statement=False)
    assert ("PT055", "provenance.intoto.jsonl") in told(verify_release(copy))


def test_the_rows_themselves_are_checked(copy: Path) -> None:
    file = copy / "data" / "sources.csv"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines, lines[-1]]))
    sealed(copy)
    codes = {each.code for each in verify_release(copy) if each.place.path == "data/sources.csv"}
    assert {"PT055", "PT043"} <= codes


# Made again


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a project and the release that was built of it."""
    root = releases.project(tmp_path_factory.mktemp("again") / "project")
    return root, releases.built(root, root.parent / "out", signed=releases.key())


def test_a_release_is_what_its_tag_makes(again: tuple[Path, Path], public: Path) -> None:
    root, folder = again
    assert api.verify_release(folder, key=public, root=root, rebuild=True) == []
    # What was done since does not matter.
    releases.change(root, "summary: Another one.\n")
    try:
        assert api.verify_release(folder, key=public, root=root, rebuild=True) == []
    finally:
        releases.git(root, "checkout", "-q", ".")


def test_a_release_in_fewer_formats_is_what_its_tag_makes(again: tuple[Path, Path], tmp_path: Path) -> None:
    root, _ = again
    folder = save(publish(read(root), exports=select(["sqlite", "jsonl"]).exports), tmp_path / "out").folder
    assert told(api.verify_release(folder, root=root, rebuild=True)) == [("PT058", "SHA256SUMS.sig")]


def test_a_release_that_was_not_made_of_its_tag_is_found(again: tuple[Path, Path], tmp_path: Path) -> None:
    root, folder = again
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    file = copy / "CODEBOOK.md"
    file.write_text(file.read_text(encoding="utf-8").replace("Key:", "Keys:"), encoding="utf-8")

    def describe(content: Any) -> None:
        from hashlib import sha256

        raw = file.read_bytes()
        (each,) = [one for one in content["resources"] if one["path"] == "CODEBOOK.md"]
        each.update(bytes=len(raw), hash=f"sha256:{sha256(raw).hexdigest()}")

    mended(copy, "datapackage.json", describe)
    sealed(copy, key=releases.key())
    # All that the folder says of itself fits; only making it again tells.
    assert {each.code for each in verify_release(copy)} == {"PT058"}
    found = [each for each in api.verify_release(copy, root=root, rebuild=True) if each.code == "PT056"]
    assert "CODEBOOK.md" in {each.place.path for each in found}
    (first,) = [each for each in found if each.place.path == "CODEBOOK.md"]
    number = int(first.message.rpartition(" ")[2])
    assert "Keys:" in file.read_text(encoding="utf-8").splitlines()[number - 1]


def test_a_table_that_comes_out_otherwise_today_accuses_no_file_without_it(
    again: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, folder = again

    def otherwise(*given: Any) -> Any:
        made: dict[str, Any] = dict(rows(*given))
        *others, last = made["sources"]
        return {**made, "sources": [*others, replace(last, title="Another title")]}

    monkeypatch.setattr("policytrack.package.building.rows", otherwise)
    found = {each.place.path: each for each in api.verify_release(folder, root=root, rebuild=True)}
    assert found["data/sources.csv"].code == "PT056"
    assert "first in line" in found["data/sources.csv"].message
    assert found.keys().isdisjoint({"CITATION.cff", "CODEBOOK.md", "versions.json", ZIP, "delta/0.1.1.ndjson"})
    assert not any("+unreleased" in path or "lacks it" in each.message for path, each in found.items())


def test_a_statement_of_another_form_is_told_in_words(copy: Path) -> None:
    (copy / "provenance.intoto.jsonl").write_bytes(b"{}\n")
    sealed(copy, key=releases.key(), statement=False)
    (found,) = [each for each in verify_release(copy) if each.code == "PT055"]
    assert found.message == "it is no in-toto statement of the form that a release has"


def test_a_release_of_uncommitted_files_is_found(tmp_path: Path) -> None:
    root = releases.project(tmp_path / "project")
    (root / "new.txt").write_text("x", encoding="utf-8")
    folder = save(publish(read(root)), tmp_path / "out").folder
    assert "PT055" in {each.code for each in api.verify_release(folder, root=root, rebuild=True)}


def test_another_toolchain_is_told_and_compared_by_what_the_files_hold(
    again: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, _ = again
    from pyarrow import parquet

    from policytrack.publication import provenance

    write = parquet.write_table
    with monkeypatch.context() as patch:
        patch.setattr(provenance, "tools", lambda _: {"policytrack": "0.0.1", "pyarrow": "1.0.0"})
        patch.setattr(parquet, "write_table", lambda *given, **named: write(*given, **{**named, "compression": "gzip"}))
        folder = save(publish(read(root), exports=select(["parquet"]).exports), tmp_path / "out").folder
    found = api.verify_release(folder, root=root, rebuild=True)
    assert {each.code for each in found} == {"PT058"}
    said = " ".join(each.message for each in found)
    assert "pyarrow 1.0.0" in said
    assert "policytrack 0.0.1" in said
    assert "policytrack.parquet/actions.parquet" in {each.place.path for each in found}


def test_without_the_tag_there_is_nothing_to_make_again(again: tuple[Path, Path], tmp_path: Path) -> None:
    root, folder = again
    bare = tmp_path / "bare"
    shutil.copytree(root, bare)
    releases.git(bare, "tag", "-d", "v0.1.1")
    with pytest.raises(HistoryError, match=r"knows no revision `v0\.1\.1`"):
        api.verify_release(folder, root=bare, rebuild=True)


# The command


def test_the_command_says_what_is_wrong_and_fails(
    again: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root, folder = again
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))

    def call(*words: str) -> tuple[int | str | None, str]:
        monkeypatch.setattr("sys.argv", ["policytrack", "--root", str(root), "verify-release", *words])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        return caught.value.code, capsys.readouterr().out

    assert call(str(copy), "--key", str(releases.key()), "--rebuild")[0] == 0
    (copy / "CITATION.cff").write_text("title: Another\n", encoding="utf-8")
    code, out = call(str(copy))
    assert code == 1
    assert "CITATION.cff" in out
    assert "PT052" in out
    assert json.loads(call(str(copy), "--format", "json")[1])
    assert call(str(tmp_path / "nothing"))[0] == 2
    assert call(str(copy), "--known", str(tmp_path / "nothing"))[0] == 2


def test_a_release_after_a_release_verifies_against_the_one_before(tmp_path: Path) -> None:
    """Whoever kept the list of an earlier release can follow to any later one."""
    root = releases.project(tmp_path / "project")
    known = read_chain(root)
    releases.change(root, "summary: Another one.\n")
    releases.commit(root)
    release(read(root), [], Asked(releases.DAYS[1], releases.MOMENT))
    releases.commit(root, "v0.1.2")
    folder = releases.built(root, tmp_path / "out")
    assert told(verify_release(folder, known=known)) == [("PT058", "SHA256SUMS.sig")]
