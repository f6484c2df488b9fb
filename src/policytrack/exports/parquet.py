"""Every table as Parquet: true types, for pandas, polars, DuckDB, Spark, R and all that read Arrow.

Codes are plain strings: a dictionary type would be a category in one reader, an enum in another and text in a third.
The options of the writer are pinned, so that the same rows are the same bytes with the same pyarrow.
"""

from __future__ import annotations

import io
import json
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from policytrack.package import Edition, Extra, Metadata
from policytrack.tables import TABLES, Table

FOLDER: Final = "policytrack.parquet"
_TYPES: Final[dict[str, pa.DataType]] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.decimal128(18, 2),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def export(edition: Edition) -> list[Extra]:
    """Return one file for each table: `policytrack.parquet/<table>.parquet`.

    Text, 64-bit integers, decimals of two places, booleans and days; a cell that is empty is null. The files carry
    the words of the columns, the key of the table and the version.
    """
    return [
        Extra(
            name=f"{name}-parquet",
            path=f"{FOLDER}/{name}.parquet",
            title=f"{table.title} as Parquet",
            description=f"The table {name} with its types, in Apache Parquet.",
            mediatype="application/vnd.apache.parquet",
            content=_written(_arrow(edition, table)),
        )
        for name, table in TABLES.items()
    ]


def _arrow(edition: Edition, table: Table) -> pa.Table:
    columns = edition.columns(table.name)
    schema = _schema(edition.metadata, table)
    return pa.table([pa.array(columns[field.name], field.type) for field in schema], schema=schema)


def _schema(metadata: Metadata, table: Table) -> pa.Schema:
    told: dict[bytes | str, bytes | str] = {
        "title": table.title,
        "description": table.description,
        "primaryKey": json.dumps(table.key),
        "package": metadata.name,
        "version": metadata.version,
        "licenses": json.dumps([each.name for each in metadata.licenses]),
    }
    fields = [
        pa.field(
            column.name,
            _TYPES[column.datatype],
            nullable=not column.required,
            metadata={"description": column.told.description},
        )
        for column in table.columns
    ]
    return pa.schema(fields, metadata=told)


def _written(table: pa.Table) -> bytes:
    target = io.BytesIO()
    pq.write_table(
        table,
        target,
        version="2.6",
        data_page_version="1.0",
        compression="snappy",
        use_dictionary=True,
        write_statistics=True,
        row_group_size=65_536,
        store_schema=True,
    )
    return target.getvalue()
