"""What damage costs: the cheaper, the oftener it happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.repair.distance import Costs, distance

COSTS = Costs(confusions={"完": {"宪": 0.2}, "宪": {"完": 0.2}})
WORDS = st.text("未宪完成及时率", max_size=8)


@given(WORDS)
def test_a_name_is_at_no_distance_from_itself(name: str) -> None:
    assert distance(name, name, COSTS) == 0


@given(WORDS, WORDS)
def test_other_texts_are_at_some_distance(text: str, name: str) -> None:
    assert (distance(text, name, COSTS) > 0) == (text != name)


def test_confusions_cost_the_same_both_ways() -> None:
    assert COSTS.substitution("完", "宪") == COSTS.substitution("宪", "完") < COSTS.substitution("未", "率")


@given(WORDS, WORDS)
def test_a_speck_at_an_end_costs_no_more_than_its_price(text: str, name: str) -> None:
    limit = distance(text, name, COSTS) + COSTS.junk + 1e-9
    assert distance("x" + text, name, COSTS) <= limit
    assert distance(text + "x", name, COSTS) <= limit


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("未宪成率", COSTS.least + (1 - COSTS.least) * 0.2),
        ("未完率", COSTS.missing),
        ("未完成成率", COSTS.doubled),
        ("未完x成率", COSTS.extra),
        ("消未完成率", COSTS.junk),
        ("未完成率消汉", 2 * COSTS.junk),
        ("未完x率", 1.0),
        ("未x成率", COSTS.stranger),
    ],
)
def test_each_kind_of_damage_has_its_price(text: str, cost: float) -> None:
    assert distance(text, "未完成率", COSTS) == pytest.approx(cost)


def test_the_table_of_the_registry_is_used_by_default() -> None:
    assert distance("己", "已") < distance("率", "已")
