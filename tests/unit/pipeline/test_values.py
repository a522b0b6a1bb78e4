from collections.abc import Callable
from decimal import Decimal

import pytest

from normalizers.form import Slot
from normalizers.money import find_unit
from normalizers.parsed import Doubt, Parsed
from pipeline import values
from pipeline.dictionary import dictionary
from pipeline.records import Scalar

YUAN, TEN_THOUSAND = find_unit("（元）"), find_unit("（万元）")


def slot(text: str) -> Slot:
    return Slot("any", text, unit=TEN_THOUSAND)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (values.read_text, "道路\n养护", "道路养护"),
        (values.read_text, "road\nworks", "road works"),
        (values.read_text, " 甲 ", "甲"),
        (values.read_text, "⼯程", "工程"),  # a radical that looks like the sign
        (values.read_text, "—", None),
        (values.read_text, "", None),
        (values.read_prose, "提升水平。（100字以内）", "提升水平。"),
        (values.read_choice, "□经常性项目 ☑一次性项目", "一次性项目"),
        (values.read_choice, "经常性项目", "经常性项目"),
        (values.read_name, "219-霜林市文旅局", "霜林市文旅局"),
        (values.read_name, "望舒文献中心[905]", "望舒文献中心"),
        (values.read_name, "/", None),
        (values.read_code, "219-霜林市文旅局", "219"),
        (values.read_code, "霜林市文旅局", None),
        (values.read_level, "产出指标（50分）", "产出指标"),
        (values.read_level, "产出\n指标", "产出指标"),
        (values.read_level_points, "产出指标（50分）", Decimal(50)),
        (values.read_level_points, "产出指标", None),
        (values.read_indicator, "1.养护面积", "养护面积"),
        (values.read_indicator, "★2、养护面积", "养护面积"),
        (values.read_indicator, "3.5万册图书", "3.5万册图书"),
        (values.read_core, "★养护面积", "★"),
        (values.read_core, "养护面积", None),
        (values.read_item, "其中：1.财政拨款：", "财政拨款"),
        (values.read_points, "10", Decimal(10)),
        (values.read_points, "—", None),
        (values.read_rate, "98.5%", Decimal("98.5")),
        (values.read_date, "2024年3月1日", "2024-03-01"),
        (values.read_date, "2024年3月", "2024-03"),
        (values.read_date, "", None),
        (values.read_year, "（2023年度）", 2023),
    ],
)
def test_text_is_read_to_a_value(read: Callable[[Slot], Parsed[Scalar]], text: str, value: Scalar) -> None:
    found = read(slot(text))
    assert found.value == value
    assert found.raw.strip() in text


@pytest.mark.parametrize(
    ("text", "unit", "value", "doubts"),
    [
        ("12.50", TEN_THOUSAND, Decimal("125000.00"), ()),
        ("12.50", YUAN, Decimal("12.50"), ()),
        ("12.50元", TEN_THOUSAND, Decimal("12.50"), ()),
        ("1,240,\n000.00", YUAN, Decimal("1240000.00"), ()),
        ("0", YUAN, Decimal("0.00"), ()),
        ("", YUAN, None, ()),
        ("—", YUAN, None, ()),
        ("12.50", None, None, (Doubt.UNIT_UNKNOWN,)),
        ("若干", YUAN, None, (Doubt.UNREADABLE,)),
    ],
)
def test_money_is_in_yuan_or_empty(text: str, unit: object, value: object, doubts: tuple[Doubt, ...]) -> None:
    found = values.read_money(Slot("amount", text, unit=unit))  # type: ignore[arg-type]
    assert (found.value, found.doubts) == (value, doubts)


def test_choice_without_a_tick_is_doubted_and_empty() -> None:
    found = values.read_choice(slot("□经常性项目 □一次性项目"))
    assert found.value is None


def test_raw_is_what_is_printed_with_its_breaks() -> None:
    assert values.read_text(slot("道路\n养护")).raw == "道路\n养护"


def test_every_column_is_in_the_data_dictionary() -> None:
    columns = {table.name: {column.name for column in table.columns} for table in dictionary()}
    assert {column for column, _ in values.HEAD.values()} <= columns["filings"]
    assert {column for column, _ in values.FUNDS.values()} <= columns["funds"]
    assert {column for column, _ in values.INDICATORS.values()} <= columns["indicators"]
