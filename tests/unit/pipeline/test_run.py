"""One document from file to record: whatever is wrong with it is said, never raised."""

from pathlib import Path

import pytest

from extractors import errors
from extractors.geometry import BBox
from extractors.reading import Reading
from extractors.table import Cell, Part, Table, TextLine, TextSource
from pipeline import run
from pipeline.document import Document, open_document
from pipeline.records import DocumentRecord
from pipeline.run import read_document

RAW = Path(__file__).parents[3] / "data" / "raw"
SAMPLE = next(RAW.glob("*/2025/2025年项目绩效目标申报表*公路*.pdf"))
NOTICE = next(RAW.glob("*/2025/关于做好*.pdf"))


def record_of(path: Path) -> DocumentRecord:
    return read_document(open_document(path, path.name))


def verdict(monkeypatch: pytest.MonkeyPatch, reading: Reading) -> tuple[str, str, str]:
    """Status, error and text source of a document that reads so."""
    monkeypatch.setattr(run, "read_pdf", lambda path: reading)
    record = read_document(Document(Path("/x/a.pdf"), "a.pdf", "0" * 64, 1))
    assert record.page_count == reading.page_count
    return record.status, record.error, record.text_source


def test_sample_is_read_whole() -> None:
    record = record_of(SAMPLE)
    assert (record.status, record.error, record.text_source, record.page_count) == ("ok", "", "digital", 2)
    assert len(record.sha256) == 64
    assert [row.row_id for row in record.rows if row.table == "filings"] == [
        f"{record.document_id}-001",
        f"{record.document_id}-002",
    ]


def test_document_without_a_form_is_read_whole_too() -> None:
    record = record_of(NOTICE)
    assert (record.status, record.error) == ("ok", "")
    assert {row.table for row in record.rows} == {"other_tables", "other_table_cells"}


def test_row_ids_are_unique_and_the_same_every_time() -> None:
    first, again = record_of(SAMPLE), record_of(SAMPLE)
    ids = [(row.table, row.row_id) for row in first.rows]
    assert len(set(ids)) == len(ids)
    assert first == again


def test_ids_depend_on_name_and_content_alone(tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere.pdf"
    copy.write_bytes(SAMPLE.read_bytes())
    assert read_document(open_document(copy, SAMPLE.name)).document_id == record_of(SAMPLE).document_id
    assert read_document(open_document(copy, copy.name)).document_id != record_of(SAMPLE).document_id


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", errors.EmptyFile),
        (b"<html>not found</html>", errors.NotAPdf),
        (b"%PDF-1.7\nthe rest is missing", errors.DamagedPdf),
    ],
)
def test_bad_file_is_a_failed_record_with_its_reason(
    tmp_path: Path, content: bytes, error: type[errors.ExtractionError]
) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    record = record_of(path)
    assert (record.status, record.error) == ("failed", error.message)
    assert (record.rows, record.page_count, record.text_source) == ((), 0, "")


def test_file_that_has_gone_is_a_failed_record(tmp_path: Path) -> None:
    path = tmp_path / "gone.pdf"
    path.write_bytes(b"%PDF")
    document = open_document(path, "gone.pdf")
    path.unlink()
    record = read_document(document)
    assert record.status == "failed"
    assert record.error.startswith("cannot be read: ")


def test_error_of_the_program_itself_rises(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path) -> Reading:
        raise KeyError("a bug")

    monkeypatch.setattr(run, "read_pdf", broken)
    with pytest.raises(KeyError):
        record_of(SAMPLE)


LINE = TextLine("正文", 1, BBox(0, 0, 10, 10), 10)


@pytest.mark.parametrize(
    ("reading", "status", "words"),
    [
        (Reading(3, (LINE,)), "ok", []),
        (Reading(3, (LINE,), blank_pages=(2,)), "ok", []),
        (Reading(3, (LINE,), seen_pages=((2, "no text layer"),)), "ok", []),
        (Reading(3, (LINE,), damaged_pages=(1, 3)), "partial", ["2 pages (1, 3)", "fetch"]),
        (Reading(3, (LINE,), is_cut_off=True), "partial", ["end is missing"]),
        (Reading(3, (), damaged_pages=(1, 2, 3)), "failed", ["3 pages (1, 2, 3)"]),
        (Reading(2, (), damaged_pages=(2,), blank_pages=(1,)), "failed", ["page 2 "]),
        (Reading(9, (LINE,), damaged_pages=(1, 2, 3, 4, 5, 6)), "partial", ["6 pages (1, 2, 3, 4, 5 ...)"]),
    ],
)
def test_status_says_what_was_not_read(
    monkeypatch: pytest.MonkeyPatch, reading: Reading, status: str, words: list[str]
) -> None:
    found, error, source = verdict(monkeypatch, reading)
    assert found == status
    assert bool(error) == (status != "ok")
    assert all(word in error for word in words)
    assert "\n" not in error
    assert (source == "") == (status == "failed")


SEEN_LINE = TextLine("正文", 1, BBox(0, 0, 10, 10), 10, TextSource.OCR, 0.97)
SEEN = ((1, "no text layer"), (2, "no text layer"))


def one_cell(text: str, source: TextSource) -> Table:
    part = Part(1, BBox(0, 0, 10, 10), text)
    return Table((Cell(0, 0, 1, 1, (part,), source),), 1, 1, (1,), (0, 10))


@pytest.mark.parametrize(
    ("blocks", "seen", "source", "reason"),
    [
        ((LINE,), (), "digital", ""),
        ((SEEN_LINE,), SEEN, "ocr", "no text layer (pages 1-2)"),
        ((SEEN_LINE, LINE), SEEN, "mixed", "no text layer (pages 1-2)"),
        ((SEEN_LINE, one_cell("格", TextSource.TEXT_LAYER)), SEEN, "mixed", "no text layer (pages 1-2)"),
        ((SEEN_LINE, one_cell("格", TextSource.OCR)), SEEN, "ocr", "no text layer (pages 1-2)"),
        ((SEEN_LINE, one_cell("", TextSource.TEXT_LAYER)), SEEN, "ocr", "no text layer (pages 1-2)"),
        ((SEEN_LINE, LINE), ((3, "cipher"),), "mixed", "cipher (page 3)"),
    ],
    ids=["nothing seen", "scan", "line of the layer", "cell of the layer", "cell seen", "blank cell", "one page"],
)
def test_text_source_says_what_was_seen_and_why(
    monkeypatch: pytest.MonkeyPatch,
    blocks: tuple[TextLine | Table, ...],
    seen: tuple[tuple[int, str], ...],
    source: str,
    reason: str,
) -> None:
    monkeypatch.setattr(run, "read_pdf", lambda path: Reading(3, blocks, seen_pages=seen))
    record = read_document(Document(Path("/x/a.pdf"), "a.pdf", "0" * 64, 1))
    assert (record.status, record.text_source, record.text_source_reason) == ("ok", source, reason)
