"""Every sample filing of data/raw, read from end to end, says cell by cell what its golden answer says.

The golden answers are computed from the content that the samples were drawn from (`tests/samples/README.md`),
never from what the program reads. What is read from pictures is measured in `test_golden_damaged.py`.
"""

from pathlib import Path

import pytest
from comparison import COMPARISONS
from golden_answers import (
    answer,
    by_filing,
    check,
    digital_sample,
    every_sample,
    form_filings,
    record,
    report_filings,
)
from report_comparison import REPORT_COMPARISONS

from normalizers.template import templates


def text_source(path: Path) -> str:
    """Where the text of a sample has to come from."""
    sources = set(answer(path).get("page_sources", ["digital"]))
    if sources == {"digital"}:
        return "digital"
    return "mixed" if sources & {"digital", "pasted"} else "ocr"


@every_sample
def test_document_is_read_whole(path: Path) -> None:
    read = record(path)
    assert (read.status, read.error, read.text_source) == ("ok", "", text_source(path))
    assert bool(read.text_source_reason) == (read.text_source != "digital")
    assert read.page_count == answer(path)["page_count"]
    assert len(form_filings(path)) == len(answer(path)["filings"])
    assert len(report_filings(path)) == bool(answer(path)["report"])


@pytest.mark.parametrize("what", COMPARISONS)
@digital_sample
def test_every_cell_is_read(path: Path, what: str) -> None:
    check(path, what, COMPARISONS[what](path))


@pytest.mark.parametrize("what", REPORT_COMPARISONS)
@digital_sample
def test_every_part_of_a_report_is_read(path: Path, what: str) -> None:
    check(path, what, REPORT_COMPARISONS[what](path))


@every_sample
def test_family_is_recognised_where_the_registry_has_it(path: Path) -> None:
    known = {template.name.split("_")[0].upper(): template.name for template in templates()}
    known.setdefault("S2", known["S1"])  # the ministry's model, which the registry files with Shanghai's
    expected = [known.get(filing["family"], "generic") for filing in answer(path)["filings"]]
    assert [row.values["template"] for row in form_filings(path)] == expected


@every_sample
def test_contact_has_the_role_printed_beside_the_name(path: Path) -> None:
    for filing, rows in zip(answer(path)["filings"], by_filing(path, "contacts"), strict=True):
        roles = {row.values["name"]: str(row.values["role"]) for row in rows}
        assert filing["leader"] is None or "负责人" in roles[filing["leader"]]
        assert filing["contact"] is None or roles[filing["contact"]] in ("填报人", "联系人", "部门联系人")
