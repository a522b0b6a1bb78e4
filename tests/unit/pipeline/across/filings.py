"""Invented filings with indicators, digital and scanned, and what a database holds after settling."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from sqlalchemy.engine import Engine

from pipeline.document import Document
from pipeline.export import export
from pipeline.records import DocumentRecord, Provenance, Row, Scalar
from pipeline.store import store

UNIT = "东澜市青岚区渡口管理所"


@dataclass(frozen=True)
class Form:
    """One filing of one file.

    Attributes:
        names: of its indicators.
        file_name: of the file; it decides the document's id.
        project: name of the project.
        unit: that carries it out.
        year: of the filing.
        scanned: whether it is read from a picture.
        confidence: of the names.
        content: what the file's hash is made of.
        repairs: by position of the indicator: rows of `repairs` that the worker wrote.
    """

    names: Sequence[str]
    file_name: str = "a.pdf"
    project: str = "渡口维护"
    unit: str = UNIT
    year: int = 2031
    scanned: bool = False
    confidence: float = 1.0
    content: str = ""
    repairs: dict[int, dict[str, Scalar]] = field(default_factory=dict)
    level2: str = "数量指标"
    unit_of_target: str = "次"

    @property
    def document(self) -> Document:
        return Document(Path("/somewhere") / self.file_name, self.file_name, self.content or self.file_name, 1000)

    @property
    def filing_id(self) -> str:
        return f"{self.document.document_id}-01"

    def indicator_id(self, position: int = 1) -> str:
        return f"{self.filing_id}-i{position:03d}"

    def record(self) -> DocumentRecord:
        document = self.document
        filing = {
            "kind": "declaration", "year": self.year, "project_name": self.project, "implementing_unit": self.unit,
        }  # fmt: skip
        rows = [Row("filings", self.filing_id, filing), *self._indicators(), *self._repairs()]
        source = "ocr" if self.scanned else "digital"
        return DocumentRecord(document.document_id, self.file_name, document.sha256, 1, source, rows=tuple(rows))

    def _indicators(self) -> Iterable[Row]:
        for position, name in enumerate(self.names, 1):
            repair = self.repairs.get(position)
            state = repair["state"] if repair else ""
            values: dict[str, Scalar] = {
                "filing_id": self.filing_id, "position": position, "level2": self.level2, "level3": name,
                "target_operator": ">=", "target_value": Decimal(5), "target_unit": self.unit_of_target,
            }  # fmt: skip
            marks = {
                "accepted": {"repair": f"{repair['rule']} {repair['score']:.2f}"} if repair else {},
                "suggested": {"doubts": ("repair_possible",)},
            }.get(str(state), {})
            yield Row(
                "indicators",
                self.indicator_id(position),
                values,
                (
                    self._receipt("level2", self.level2, 1.0),
                    self._receipt("level3", str(repair["raw"]) if repair else name, self.confidence, **marks),
                    self._receipt("target_unit", self.unit_of_target, 1.0),
                ),
            )

    def _receipt(self, column: str, text: str, confidence: float, **keys: object) -> Provenance:
        source = "ocr" if self.scanned else "text_layer"
        return Provenance(column, 1, (10.0, 20.0, 30.5, 40.25), text, source, confidence, **keys)  # type: ignore[arg-type]

    def _repairs(self) -> Iterable[Row]:
        for position, repair in self.repairs.items():
            row_id = self.indicator_id(position)
            values = {
                "filing_id": self.filing_id,
                "table_name": "indicators",
                "row_id": row_id,
                "column_name": "level3",
            }
            yield Row("repairs", f"{row_id}.level3", {**values, **repair})


def fill(engine: Engine, forms: Iterable[Form]) -> None:
    for form in forms:
        with engine.begin() as connection:
            store(connection, form.record())


def exported(engine: Engine, folder: Path) -> dict[str, bytes]:
    export(engine, folder, include_personal=True)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
