"""Amounts in the text before a form, beside those of the form."""

import pytest
from made_rows import DOCUMENT, checks, funds, head, messages, outcomes, row

from pipeline.records import Row

LISTED = "三、年度预算安排\n巡检费12.5万元，备件费7.5万元，合计{}，其中上年结转2万元。"


def told(text: str, amount: float = 200_000, **doubted: bool) -> list[Row]:
    values = {"document_id": DOCUMENT, "title": "项目经费情况说明", "text": text}
    narrative = row("narratives", 1, values, ["text"] if doubted else [])
    return [head(project_name="路灯维护"), *funds("annual", {"年度资金申请总额": amount}), narrative]


def test_the_items_make_the_sum_and_that_is_the_forms() -> None:
    assert outcomes(told(LISTED.format("20万元")), "F7") == ["pass"]
    assert outcomes(told(LISTED.format("200,000元")), "F7") == ["pass"]


def test_a_sum_that_its_items_do_not_make_is_found() -> None:
    assert messages(told(LISTED.format("21万元")), "F7") == [
        "the text gives 210000 yuan as the sum of items that make 200000",
        "the text gives 210000 yuan in all, the form 200000",
    ]
    assert outcomes(told(LISTED.format("21万元"), doubted=True), "F7") == ["insufficient"]


@pytest.mark.parametrize(
    "text",
    [
        "每次2.5万元，每年8次，合计20万元。",
        "单价3万元，共计20万元，总计30万元。",
        "资金20万元。",
        "巡检费12.5万元，备件费9万元。",
    ],
)
def test_prose_that_is_no_list_is_not_compared(text: str) -> None:
    assert outcomes(told(text), "F7") == []


def test_a_unit_that_was_mixed_up_is_found() -> None:
    rows = told(LISTED.format("20万元"), amount=20)
    assert messages(rows, "F6") == ["unit mismatch: the text says 200000 yuan, the form 20"]
    assert outcomes(rows, "F7") == ["pass"]  # F6 has said it
    assert outcomes(told(LISTED.format("20万元")), "F6") == ["pass"]
    assert outcomes(told(LISTED.format("33万元")), "F6") == []


def test_a_document_holds_what_it_announces() -> None:
    announced = "编报绩效目标的项目{}个，涉及项目预算资金{}万元。"
    assert outcomes(told(announced.format(1, "20.00")), "F9") == ["pass"]
    assert messages(told(announced.format(1, "20.50")), "F9") == ["205000 yuan are announced, the forms make 200000"]
    [count] = messages(told(announced.format(2, "20.00")), "F9")
    assert count == "2 projects are announced, 1 are there"
    assert [found.row_id for found in checks(told(announced.format(1, "20")), "F9")] == ["d-k001"]
    assert outcomes(told("无。"), "F9") == []
