"""Dates of a form, beside its year, its text and the other forms of the file."""

import pytest
from made_rows import head, messages, outcomes, row


@pytest.mark.parametrize(
    ("start", "end", "outcome"),
    [("2024-01-01", "2024-12-31", "pass"), ("2024-06", "2024-05-31", "fail"), ("2024-05-20", "2024-05", "pass")],
)
def test_a_project_starts_before_it_ends(start: str, end: str, outcome: str) -> None:
    assert outcomes([head(start_date=start, end_date=end)], "T1") == [outcome]


def test_dates_that_are_not_both_there_are_not_asked() -> None:
    assert outcomes([head(start_date="2024-01-01")], "T1") == []
    assert outcomes([head(start_date="2024-01-01")], "T2") == []


@pytest.mark.parametrize(
    ("end", "nature", "outcome"),
    [
        ("2024-12-31", "经常性项目", "pass"),
        ("2025-12-31", "经常性项目", "fail"),
        ("2025-12-31", "阶段性项目", "pass"),
        ("2025-12-31", None, "pass"),
    ],
)
def test_a_project_runs_in_its_year(end: str, nature: str | None, outcome: str) -> None:
    assert outcomes([head(start_date="2024-01-01", end_date=end, project_nature=nature)], "T2") == [outcome]


def test_a_doubtful_date_leaves_it_open() -> None:
    form = row(
        "filings",
        0,
        {"kind": "declaration", "year": 2024, "start_date": "2031-01-01", "end_date": "2031-12-31"},
        ["end_date"],
    )
    assert outcomes([form], "T2") == ["insufficient"]


def test_all_forms_of_a_kind_are_for_one_year() -> None:
    forms = [
        row("filings", 0, {"kind": "declaration", "year": year}, filing=f"d-{year}{n}")
        for n, year in enumerate((2024, 2024, 2023))
    ]
    assert messages(forms, "T3") == ["the forms are for 2024, others for 2023"]
    assert outcomes(forms[:2], "T3") == ["pass"]
    assert outcomes(forms[:1], "T3") == []


def test_text_and_form_give_one_period() -> None:
    form = head(start_date="2024-01-01", end_date="2024-12-31")
    told = "四、实施方案\n分两批。\n五、实施周期\n2024年{}月1日—2024年12月31日\n六、年度预算安排"
    assert outcomes([form, narrative(told.format(1))], "T4") == ["pass"]
    assert messages([form, narrative(told.format(3))], "T4") == [
        "the text says 2024-03-01 - 2024-12-31, the form 2024-01-01 - 2024-12-31"
    ]
    assert outcomes([form, narrative("全年实施。")], "T4") == []


def narrative(text: str):
    return row("narratives", 1, {"document_id": "d", "title": "项目经费情况说明", "text": text})
