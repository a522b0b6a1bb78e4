"""What comes with an export, from the dictionary: `datapackage.json` for programs, `codebook.md` for people.

datapackage.json follows the Data Package and Tabular Data Resource specifications, version 1
(specs.frictionlessdata.io).
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.across.views import views
from pipeline.dictionary import ColumnEntry, TableEntry, dictionary

_FIELD_TYPES = {
    "text": "string",
    "date": "string",
    "integer": "integer",
    "money": "number",
    "number": "number",
}
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A table that was written, and its number of rows."""

    entry: TableEntry
    rows: int


def write_datapackage(folder: Path, exported: Sequence[Exported], suffix: str) -> None:
    """Describe the files of one format; the files must be there, their sizes and hashes are noted."""
    tabular = suffix == "csv"
    names = {table.entry.name for table in exported}
    package = {
        "name": "jixiao",
        "title": "Chinese budget-performance filings",
        **({"profile": "tabular-data-package"} if tabular else {}),
        "resources": [_resource(folder, table, suffix, names) for table in exported],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _resource(folder: Path, table: Exported, suffix: str, names: set[str]) -> dict[str, Any]:
    entry = table.entry
    path = folder / f"{entry.name}.{suffix}"
    tabular = {"profile": "tabular-data-resource", "encoding": "utf-8"} if suffix == "csv" else {}
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": entry.name.replace("_", "-"),
        "path": path.name,
        **tabular,
        "title": entry.words.zh,
        "description": entry.words.en,
        "format": suffix,
        "mediatype": _MEDIA_TYPES[suffix],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": {
            "fields": [_field(column, entry.id) for column in entry.columns],
            "missingValues": [""],
            "primaryKey": entry.id,
            "foreignKeys": [_foreign_key(c) for c in entry.columns if c.references in names],
        },
    }


def _field(column: ColumnEntry, id_column: str) -> dict[str, Any]:
    """The field descriptor of a column."""
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.name == id_column:
        constraints["unique"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if column.type == "date":
        constraints["pattern"] = _DATE
    return {
        "name": column.name,
        "type": _FIELD_TYPES[column.type],
        "title": column.words.zh,
        "description": column.words.en,
        "trust": column.trust,
        **({"unit": column.unit} if column.unit else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _foreign_key(column: ColumnEntry) -> dict[str, Any]:
    parent = dictionary()[column.references]
    return {
        "fields": column.name,
        "reference": {"resource": parent.name.replace("_", "-"), "fields": parent.id},
    }


def write_codebook(folder: Path, exported: Sequence[Exported]) -> None:
    """Every table and column with its meaning, unit and trust, the words for doubt codes, and the views."""
    lines = [files("pipeline").joinpath("codebook_preface.md").read_text(encoding="utf-8")]
    lines += _table(("trust", "meaning", "含义"), ((c, w.en, w.zh) for c, w in dictionary().trust.items()))
    lines += ["## Doubts", "", "Codes in `provenance.doubts`, a space between them.", ""]
    lines += _table(("doubt", "meaning", "含义"), ((c, w.en, w.zh) for c, w in dictionary().doubts.items()))
    for table in exported:
        entry = table.entry
        lines += [f"## {entry.name}", "", f"{entry.words.en} {entry.words.zh} ({table.rows:,} rows)", ""]
        header = ("column", "type", "unit or values", "trust", "meaning", "含义")
        lines += _table(header, (_column_row(column, entry.id) for column in entry.columns))
    lines += ["## Views", "", "In the database alone: queries over the tables above, with a name.", ""]
    for view in views():
        lines += [f"### {view.name}", "", f"{view.words.en} {view.words.zh}", ""]
        meanings = ((column, meant.en, meant.zh) for column, meant in view.columns.items())
        lines += _table(("column", "meaning", "含义"), meanings)
    (folder / "codebook.md").write_text("\n".join(lines), encoding="utf-8", newline="\n")


def _column_row(column: ColumnEntry, id_column: str) -> tuple[str, ...]:
    name = f"**{column.name}**" if column.name == id_column else column.name
    about = " / ".join(column.values) or column.unit or (column.references and f"→ {column.references}")
    kind = "money (yuan)" if column.type == "money" else column.type
    return name, kind, about, column.trust, column.words.en, column.words.zh


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table and an empty line."""
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines] + [""]
