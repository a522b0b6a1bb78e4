"""The sample filings and their golden answers belong together (nothing here needs the drawing programs)."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.samples.golden import document_truth, number, yuan
from tests.samples.layouts import form
from tests.samples.loader import load_documents
from tests.samples.model import Document, Filing
from tests.samples.sheet import Sheet

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
GOLDEN = ROOT / "tests" / "golden"
PERSONS = {"钟样例", "程示范", "万样例", "易示范", "柏虚构", "邬样例", "佟示范"}
DOCUMENTS = load_documents()
KEYS = [document.key for document in DOCUMENTS]
FILINGS = [filing for document in DOCUMENTS for filing in document.filings]


def golden(document: Document) -> dict[str, Any]:
    path = (GOLDEN / document.path).with_suffix(".json")
    answer: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return answer


def invented(document: Document) -> Iterator[str]:
    for filing in golden(document)["filings"]:
        yield from filter(None, (filing["leader"], filing["contact"]))
        yield from (signature["name"] for signature in filing["signatures"])


def test_every_pdf_has_a_golden_answer_and_the_reverse() -> None:
    made = {Path(document.path).with_suffix("") for document in DOCUMENTS}
    drawn = {path.relative_to(RAW).with_suffix("") for path in RAW.rglob("*.pdf")}
    answers = {path.relative_to(GOLDEN).with_suffix("") for path in GOLDEN.rglob("*.json")}
    assert drawn == answers
    assert made <= drawn


@pytest.mark.parametrize("document", DOCUMENTS, ids=KEYS)
def test_golden_answer_is_what_the_content_says(document: Document) -> None:
    answer = golden(document)
    assert answer == json.loads(json.dumps(document_truth(document, answer["page_count"])))


@pytest.mark.parametrize("document", DOCUMENTS, ids=KEYS)
def test_pdf_opens_with_the_golden_page_count(document: Document) -> None:
    with pypdfium2.PdfDocument(RAW / document.path) as pdf:
        assert len(pdf) == golden(document)["page_count"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=KEYS)
def test_pdf_is_small(document: Document) -> None:
    pages = golden(document)["page_count"] if document.damage else 1
    assert (RAW / document.path).stat().st_size < max(300_000, 140_000 * pages)


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if not d.damage], ids=lambda document: document.key)
def test_pdf_prints_every_project_name(document: Document) -> None:
    with pypdfium2.PdfDocument(RAW / document.path) as pdf:
        text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
    assert all(filing["project_name"] in text for filing in golden(document)["filings"])


def test_persons_and_telephones_are_invented() -> None:
    assert {name for document in DOCUMENTS for name in invented(document)} <= PERSONS
    phones = {filing["phone"] for document in DOCUMENTS for filing in golden(document)["filings"]} - {None}
    assert phones
    assert all(phone.startswith("000") for phone in phones)


@pytest.mark.parametrize("filing", FILINGS, ids=lambda filing: filing.project_name or "blank")
def test_layout_tiles_its_grid(filing: Filing) -> None:
    from tests.samples.backends.grid import check_tiling

    sheets = [item for item in form(filing) if isinstance(item, Sheet)]
    assert sheets
    for sheet in sheets:
        check_tiling(sheet)


@pytest.mark.parametrize(
    "filing", [f for f in FILINGS if f.kind == "self_evaluation"], ids=lambda filing: filing.project_name
)
def test_points_of_a_self_evaluation_add_up(filing: Filing) -> None:
    rows = [*filing.indicators, filing.funds[0]]
    assert sum(Decimal(row.max_score or "0") for row in rows) == 100
    assert sum(Decimal(row.score or "0") for row in rows) == Decimal(filing.total_score or "0")


@pytest.mark.parametrize(
    ("printed", "unit", "value"),
    [
        ("1,240,000.00", "元", "1240000.00"),
        ("36.5", "万元", "365000.00"),
        ("0", "元", "0.00"),
        ("", "元", None),
        ("—", "万元", None),
    ],
)
def test_yuan_reads_what_is_printed(printed: str, unit: str, value: str | None) -> None:
    assert yuan(printed, unit) == value


def test_number_drops_the_percent_sign() -> None:
    assert number("99.18%") == "99.18"
