"""Tables of a release as the frames that people work with: each engine reads the CSV by the types that it declares.

Nothing here touches the network, and an engine is imported when it is asked for.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from policytrack.package import PackageError
from policytrack.package.cells import as_value
from policytrack.package.reading import TableText, named, table_text
from policytrack.spelling import advise
from policytrack.versions import Snapshot, release_at

_HERE: Final = Path(__file__).parent
# Where a wheel carries the data; a checkout has them at its root.
_CARRIED: Final = _HERE / "edition"


class MissingEngineError(ImportError):
    """An engine that is not installed; ``advice`` says how to get it."""

    def __init__(self, engine: str) -> None:
        """Name the engine."""
        super().__init__(f"`{engine}` is not installed")
        self.advice = f"pip install {_ENGINES[engine].library}"
        others = ", ".join(name for name in _ENGINES if name != engine)
        self.add_note(f"help: {self.advice}; other engines are {others}, and None gives plain rows")


@dataclass(frozen=True, slots=True)
class _Engine:
    """What makes frames: the module it imports, the library that brings it, and how it reads a table."""

    module: str
    library: str
    read: Callable[[Any, TableText], Any]


def home() -> Path:
    """Return the folder of the data that came with the package: the wheel's own, else the root of the checkout."""
    return _CARRIED if _CARRIED.is_dir() else _HERE.parent.parent


def load(table: str, folder: Path | str | None = None, *, engine: str | None = None, release: str | None = None) -> Any:  # noqa: ANN401 - each engine has frames of its own
    """Return a table of the data that came with the package, or of the package in ``folder``.

    ``engine`` is pandas, polars, arrow or duckdb and gives its frame (`DataFrame`, `DataFrame`, `Table`, `Relation`)
    with typed columns; None gives a list of dicts with text, int, Decimal, bool, date or None. ``release`` is an
    earlier version, made from the deltas of the history. Raises `PackageError` for a table or folder that is not
    there, `DeltaError` for a release that never was, `MissingEngineError` for an engine that is not installed.
    """
    if engine is not None and engine not in _ENGINES:
        message = f"`{engine}` is no engine"
        raise PackageError(message, advise(engine, _ENGINES))
    root = Path(folder) if folder is not None else home()
    text = _then(release_at(root, release), table) if release else table_text(table, root)
    if engine is None:
        return text.rows()
    try:
        library = import_module(_ENGINES[engine].module)
    except ImportError:
        raise MissingEngineError(engine) from None
    return _ENGINES[engine].read(library, text)


def _then(found: Snapshot, table: str) -> TableText:
    sheet = found.sheets[named(table, found.sheets)]
    return TableText(sheet.path, sheet.content(), dict(zip(sheet.shape.columns, sheet.shape.types, strict=True)))


def _pandas(library: Any, text: TableText) -> Any:  # noqa: ANN401 - a module that is imported late
    kinds = {"string": "string", "integer": "Int64", "boolean": "boolean", "number": "string", "date": "string"}
    frame = library.read_csv(
        io.BytesIO(text.raw),
        dtype={name: kinds[kind] for name, kind in text.types.items()},
        keep_default_na=False,
        na_values=[""],
        true_values=["true"],
        false_values=["false"],
    )
    for name, kind in text.types.items():
        if kind == "date":
            frame[name] = library.to_datetime(frame[name], format="%Y-%m-%d").astype("datetime64[s]")
        elif kind == "number":
            frame[name] = frame[name].map(lambda cell: as_value(cell, "number"), na_action="ignore").astype(object)
    return frame


def _polars(library: Any, text: TableText) -> Any:  # noqa: ANN401
    kinds = {
        "string": library.String,
        "integer": library.Int64,
        "boolean": library.Boolean,
        "number": library.Decimal(38, 6),
        "date": library.Date,
    }
    return library.read_csv(text.raw, schema={name: kinds[kind] for name, kind in text.types.items()}, null_values=[""])


def _arrow(library: Any, text: TableText) -> Any:  # noqa: ANN401
    reader = import_module("pyarrow.csv")
    kinds = {
        "string": library.string(),
        "integer": library.int64(),
        "boolean": library.bool_(),
        "number": library.decimal128(38, 6),
        "date": library.date32(),
    }
    options = reader.ConvertOptions(
        column_types={name: kinds[kind] for name, kind in text.types.items()},
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        true_values=["true"],
        false_values=["false"],
    )
    parsing = reader.ParseOptions(newlines_in_values=True)
    return reader.read_csv(io.BytesIO(text.raw), convert_options=options, parse_options=parsing)


def _duckdb(library: Any, text: TableText) -> Any:  # noqa: ANN401
    kinds = {"string": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN", "number": "DECIMAL(38,6)", "date": "DATE"}
    columns = {name: kinds[kind] for name, kind in text.types.items()}
    connection = library.connect()
    with tempfile.TemporaryDirectory(prefix="policytrack-") as folder:
        file = Path(folder) / "table.csv"
        file.write_bytes(text.raw)
        told = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        # Names of columns come from the package and are checked to be names; the path is ours.
        connection.execute(
            f"CREATE TABLE found AS SELECT * FROM read_csv('{file}', columns = {{{told}}}, header = true, "  # noqa: S608
            "auto_detect = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', nullstr = '')"
        )
    return connection.table("found")


_ENGINES: Final[Mapping[str, _Engine]] = {
    "pandas": _Engine("pandas", "pandas", _pandas),
    "polars": _Engine("polars", "polars", _polars),
    "arrow": _Engine("pyarrow", "pyarrow", _arrow),
    "duckdb": _Engine("duckdb", "duckdb", _duckdb),
}
