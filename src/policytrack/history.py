"""What the records were at a revision: git is asked here and nowhere else, and never over the network.

Only objects that the repository holds are read, with commands that neither run hooks or filters nor touch the work
tree. A revision comes from whoever calls, and a tree from whoever made a change: neither is trusted.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from policytrack.documents import MAX_BYTES
from policytrack.findings import AdvisedError
from policytrack.spelling import nearest

_STRANGE: Final = re.compile(r"^-|[\x00-\x20\x7f]|:")
_LINK: Final = "120000"
_FILES: Final = frozenset({"100644", "100755", "100664"})
# No protocol is allowed, so that a repository with parts missing says so instead of fetching them.
_SILENT: Final = {"GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


class HistoryError(AdvisedError):
    """A revision that cannot be read; ``advice`` says what to do."""


@dataclass(frozen=True, slots=True)
class _Blob:
    """A file of a tree: its mode, the name of its content, and its path in bytes."""

    mode: str
    name: str
    path: bytes


@dataclass(frozen=True, slots=True)
class State:
    """A commit and its tree (that of the project's own folder); whether the files at hand differ from it."""

    commit: str
    tree: str
    changed: bool = False


@contextmanager
def revision(root: Path, name: str, paths: Sequence[str] = ("records/",), *, most: int = MAX_BYTES) -> Iterator[Path]:
    """Give a temporary root that holds ``paths`` as they were at the revision ``name`` of the repository around it.

    A path that ends in `/` is a folder, and is there even when the revision has none. A file has one byte more than
    ``most`` at most. Links stay links, but lead nowhere. Raises `HistoryError` where there is no git, no repository, no
    such revision, or a tree that no git would make.
    """
    commit = resolve(root, name)
    with tempfile.TemporaryDirectory(prefix="policytrack-") as made:
        target = Path(made)
        for path in paths:
            if path.endswith("/"):
                (target / path).mkdir(parents=True)
        _lay(root, _blobs(root, commit, paths), target, most)
        yield target


def state(root: Path, name: str = "HEAD") -> State:
    """Return the commit that ``name`` means and its tree; of the last commit also whether the files differ from it.

    Raises `HistoryError` where there is no git, no repository or no such revision.
    """
    commit = resolve(root, name)
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:./")
    if done.returncode:
        message = f"{root} is not part of the commit {commit}"
        raise HistoryError(message, "commit it first")
    return State(commit, done.stdout.decode("ascii").strip(), changed=name == "HEAD" and bool(changed(root)))


def resolve(root: Path, name: str) -> str:
    """Return the commit that ``name`` means in the repository around ``root``."""
    if not name or _STRANGE.search(name):
        message = f"`{name}` is not a revision"
        raise HistoryError(message, "name a branch, a tag or a commit: origin/main, v1.2.0, HEAD~1")
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if done.returncode == 0:
        return done.stdout.decode("ascii").strip()
    told = done.stderr.decode(errors="replace").strip()
    if told:
        raise HistoryError(
            told.splitlines()[0].removeprefix("fatal: "), "run this inside the repository of the records"
        )
    listed = _git(root, "for-each-ref", "--format=%(refname:short)").stdout.decode(errors="replace").split()
    close = nearest(name, listed)
    message = f"git knows no revision `{name}`"
    hint = f"did you mean `{close}`?" if close else "fetch it first; in a workflow, check out with `fetch-depth: 0`"
    raise HistoryError(message, hint)


def changed(root: Path) -> list[str]:
    """Return the paths below ``root`` that differ from the last commit, those that git ignores left out.

    Raises `HistoryError` where there is no git or no repository.
    """
    done = _git(root, "status", "--porcelain", "-z", "--untracked-files=all", "--", ".")
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines() or ["git cannot tell what changed"]
        raise HistoryError(told[0].removeprefix("fatal: "), "run this inside the repository of the records")
    return [entry[3:].decode(errors="replace") for entry in done.stdout.split(b"\0") if entry[2:3] == b" "]


def _git(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(_command(root, *words), capture_output=True, check=False, env=os.environ | _SILENT)  # noqa: S603 - the words are ours, and a revision is screened


def _command(root: Path, *words: str) -> list[str]:
    program = shutil.which("git")
    if program is None:
        message = "git is not installed"
        raise HistoryError(message, "install git, or compare with a package folder")
    return [program, "-C", str(root), *words]


def _blobs(root: Path, commit: str, paths: Sequence[str]) -> Iterator[_Blob]:
    """Yield the files at or below ``paths`` at ``commit``, their own paths relative to ``root``."""
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", *paths)
    if listed.returncode:
        raise HistoryError(listed.stderr.decode(errors="replace").strip(), "the repository may be damaged: git fsck")
    wanted = tuple(map(os.fsencode, paths))
    for line in filter(None, listed.stdout.split(b"\0")):
        about, _, path = line.partition(b"\t")
        mode, _, name = about.decode("ascii").split(" ")
        steps = path.split(b"/")
        if any(step in {b"", b".", b".."} for step in steps) or not path.startswith(wanted):
            shown = path.decode(errors="replace")
            message = f"the revision holds the path `{shown}`"
            raise HistoryError(message, "no git makes such a path: look at who made the revision")
        if mode in _FILES or mode == _LINK:
            yield _Blob(mode, name, path)


def _lay(root: Path, blobs: Iterator[_Blob], target: Path, most: int) -> None:
    """Write files into ``target``; their content streams out of one call of git."""
    wanted = list(blobs)
    with tempfile.TemporaryFile() as names:
        names.write(b"".join(f"{blob.name}\n".encode() for blob in wanted))
        names.seek(0)
        command = _command(root, "cat-file", "--batch")
        with subprocess.Popen(  # noqa: S603 - as above
            command, stdin=names, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | _SILENT
        ) as git:
            stream = git.stdout
            assert stream is not None  # noqa: S101 - a pipe was asked for
            try:
                for blob in wanted:
                    _write(target / os.fsdecode(blob.path), blob.mode, _content(stream, blob, most))
            except OSError as error:
                message = f"the revision cannot be laid out: {error.strerror}"
                raise HistoryError(message, "see that the temporary folder has room") from None
            finally:
                git.kill()


def _content(stream: IO[bytes], blob: _Blob, most: int) -> bytes:
    """Return the next content that git writes: a line that says how long it is, the content, a line feed."""
    head = stream.readline().split(b" ")
    if len(head) != 3 or head[1] != b"blob":  # noqa: PLR2004 - name, type, size
        shown = blob.path.decode(errors="replace")
        message = f"the repository lacks the content of {shown}"
        raise HistoryError(message, "fetch it: a partial clone holds only a part")
    size = int(head[2])
    # No reader takes more of a file, so that a huge one costs no memory here either.
    content = stream.read(min(size, most + 1))
    rest = size - len(content) + 1
    while rest > 0:
        rest -= len(stream.read(min(rest, MAX_BYTES))) or rest
    return content


def _write(file: Path, mode: str, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if mode == _LINK:
        file.symlink_to("a-link-of-the-revision")
    else:
        with file.open("xb") as out:
            out.write(content)
