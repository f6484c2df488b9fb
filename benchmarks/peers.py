"""The peers: programs that check YAML against a schema, installed into environments of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent / ".cache" / "benchmarks"
# Of an action and of a source the peers know the schema; everything else there is too little of to count.
KINDS = {"actions": "action", "sources": "source"}


@dataclass(frozen=True)
class Peer:
    """A program: its name and version, how many times faster the check shall be, and its call for a kind of record.

    A ``slow`` one takes minutes where the others take seconds.
    """

    name: str
    version: str
    bar: int
    call: Callable[[str, str, list[str]], list[str]]
    slow: bool = False

    def calls(self, folder: Path) -> list[list[str]]:
        """Return its calls, one for each kind of record; they run inside ``folder``."""
        found = []
        for plural, kind in KINDS.items():
            files = sorted(str(path.relative_to(folder)) for path in (folder / "records" / plural).rglob("*.yaml"))
            program, *options = self.call(plural, kind, files)
            found.append([str(self.home / program), *options])
        return found

    @property
    def home(self) -> Path:
        """Where its programs are."""
        home = CACHE / self.name
        return home / "node_modules" / ".bin" if self.name == "ajv-cli" else home / "bin"

    def install(self) -> None:
        """Install it where it is missing."""
        if self.home.is_dir():
            return
        if self.name == "ajv-cli":
            package = f"{self.name}@{self.version}"
            _run("npm", "install", "--no-audit", "--no-fund", "--prefix", str(CACHE / self.name), package)
        else:
            _run(sys.executable, "-m", "venv", str(CACHE / self.name))
            _run(str(self.home / "pip"), "install", "-q", f"{self.name}=={self.version}")


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603


def _ajv(plural: str, kind: str, _: list[str]) -> list[str]:
    options = ["--spec=draft2020", "--strict=false", "--errors=no"]
    return ["ajv", "validate", *options, "-s", f"schemas/{kind}.schema.json", "-d", f"records/{plural}/**/*.yaml"]


def _yamale(plural: str, kind: str, _: list[str]) -> list[str]:
    return ["yamale", "-n", "1", "-s", str(HERE / "schemas" / f"{kind}.yamale.yaml"), f"records/{plural}"]


def _check_jsonschema(_: str, kind: str, files: list[str]) -> list[str]:
    return ["check-jsonschema", "--schemafile", f"schemas/{kind}.schema.json", *files]


def _linkml(_: str, kind: str, files: list[str]) -> list[str]:
    schema = str(HERE / "schemas" / "records.linkml.yaml")
    return ["linkml-validate", "--schema", schema, "--target-class", kind.capitalize(), *files]


PEERS = (
    Peer("ajv-cli", "5.0.0", 1, _ajv),
    Peer("yamale", "6.1.0", 7, _yamale),
    Peer("check-jsonschema", "0.39.0", 20, _check_jsonschema, slow=True),
    Peer("linkml", "1.12.1", 50, _linkml, slow=True),
)
