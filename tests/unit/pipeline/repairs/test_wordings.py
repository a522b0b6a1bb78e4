"""Items of money, choices, and names that the forms of one file repeat."""

import pytest

from pipeline.records import Row
from pipeline.repairs.book import Book
from pipeline.repairs.wordings import repair_repeated, repair_wordings
from tests.unit.pipeline.repairs.scanned_form import filing, row


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("财才政拨款", "财政拨款"),
        ("年结转资金", "上年结转资金"),
        ("中当年财政拨款", "当年财政拨款"),
        ("其他资佥", "其他资金"),
    ],
)
def test_items_of_money_are_known(read: str, meant: str) -> None:
    book = Book("d", [filing("declaration"), row("funds", 1, item=f"~{read}")])
    repair_wordings(book)
    assert book.rows[1].values["item"] == meant


def test_an_item_of_the_form_itself_is_left_alone() -> None:
    book = Book("d", [filing("declaration"), row("funds", 1, item="~彩票公益金配套")])
    repair_wordings(book)
    assert book.rows[1].values["item"] == "彩票公益金配套"


def test_a_choice_is_one_of_those_that_forms_offer() -> None:
    book = Book("d", [filing("declaration", project_nature="~阶段性顶目")])
    repair_wordings(book)
    assert book.rows[0].values["project_nature"] == "阶段性项目"


def forms(*departments: str) -> list[str]:
    rows = []
    for number, department in enumerate(departments):
        made = filing("declaration", department=department)
        rows.append(Row("filings", f"d-{number:03d}", made.values, made.provenance))
    book = Book("d", rows)
    repair_repeated(book)
    return [str(each.values["department"]) for each in book.rows]


def test_other_forms_of_the_file_say_what_the_department_is() -> None:
    name = "青岚区绿化和市容管理局"
    assert forms(name, name, "~绿青岚区绿化和市容管理") == [name] * 3


def test_one_other_form_is_no_evidence() -> None:
    assert forms("青岚区绿化和市容管理局", "~绿青岚区绿化和市容管理")[1] == "绿青岚区绿化和市容管理"


def test_another_department_is_another() -> None:
    name = "青岚区绿化和市容管理局"
    assert forms(name, name, "~青岚区水务局")[2] == "青岚区水务局"
