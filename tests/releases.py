"""Releases to publish and to verify: a small project in a repository of its own, released twice."""

import json
import os
import shutil
import subprocess
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from packages import BLOCK
from policytrack.dataset import read
from policytrack.exports import select
from policytrack.package import save
from policytrack.publication import publish
from policytrack.release import Asked, release
from policytrack.versions import Version, read_chain

TREE = Path(__file__).parent / "tree"
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAYS = (date(2026, 11, 22), date(2026, 11, 23))
NOTE = """\
change: The pause has a note.
"""

needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


def git(root: Path, *words: str) -> str:
    who = ["-c", "user.name=policytrack contributors", "-c", "user.email=nobody@example.org"]
    moment = {"GIT_AUTHOR_DATE": "2026-11-22T12:00:00Z", "GIT_COMMITTER_DATE": "2026-11-22T12:00:00Z"}
    done = subprocess.run(
        ["git", "-C", root, *who, *words], check=True, capture_output=True, text=True, env=os.environ | moment
    )
    return done.stdout.strip()


def commit(root: Path, tag: str = "") -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", ".")
    if tag:
        git(root, "tag", tag)


def project(root: Path) -> Path:
    """Make a project at ``root`` that was released twice, each release committed and tagged."""
    shutil.copytree(TREE, root)
    (root / "datapackage.json").write_text(json.dumps({**BLOCK, "resources": []}), encoding="utf-8")
    git(root.parent, "init", "-q", str(root))
    commit(root)
    release(read(root), [], Asked(DAYS[0], MOMENT))
    commit(root, "v0.1.0")
    change(root)
    commit(root)
    release(read(root), [], Asked(DAYS[1], MOMENT))
    commit(root, "v0.1.1")
    return root


def change(root: Path, text: str = "notes: Looked at again.\n") -> None:
    """Change a record, in nothing that corrects a fact."""
    file = next(root.glob("records/actions/*/acme-pause-2020.yaml"))
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


@cache
def _made() -> tuple[TemporaryDirectory[str], Path]:
    # Kept until the process ends: the folder goes with its name.
    kept = TemporaryDirectory(prefix="policytrack-test-")
    return kept, project(Path(kept.name) / "project")


def shared() -> Path:
    """Return the root of a released project that no test may change."""
    return _made()[1]


@cache
def key() -> Path:
    """Return a private key; its public half lies beside it, ending in `.pub`."""
    file = _made()[1].parent / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file], check=True)
    return file


def built(root: Path, out: Path, *, signed: Path | None = None) -> Path:
    """Build the release of a project as it is, in every format."""
    return save(publish(read(root), exports=select(["all"]).exports, key=signed), out).folder


def versions() -> tuple[Version, ...]:
    return read_chain(shared())
