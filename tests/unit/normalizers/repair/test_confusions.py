"""The table of characters that are taken for each other."""

import pytest

from normalizers.registry_rows import registry_rows
from normalizers.repair.confusions import confusable, substitution_costs


def test_every_row_is_a_pair_of_single_characters_with_a_cost() -> None:
    rows = registry_rows("confusions.csv")
    assert len(rows) > 500
    for row in rows:
        assert len(row["one"]) == len(row["other"]) == 1, row
        assert row["one"] != row["other"], row
        assert 0 < float(row["cost"]) <= 1, row
        assert row["evidence"] in {"shape", "engine"}, row


def test_no_pair_is_listed_twice() -> None:
    pairs = [frozenset((row["one"], row["other"])) for row in registry_rows("confusions.csv")]
    assert len(set(pairs)) == len(pairs)


@pytest.mark.parametrize("pair", ["己已", "末未", "人入", "干千", "贷货", "0O", "1l", "折拆", "部郎", "满涡", "度庋"])
def test_characters_of_one_shape_cost_less_than_any_others(pair: str) -> None:
    one, other = tuple(pair)
    assert substitution_costs()[one, other] == substitution_costs()[other, one] <= 0.5
    assert ("率", "田") not in substitution_costs()


def test_the_likeliest_mistakes_come_first() -> None:
    others = confusable("未")
    assert others[0][0] == "末"
    assert [cost for _, cost in others] == sorted(cost for _, cost in others)


def test_mistakes_go_both_ways() -> None:
    for (one, other), cost in substitution_costs().items():
        assert (other, cost) in confusable(one)


def test_a_character_like_no_other_has_none() -> None:
    assert confusable("\u4dff") == ()
