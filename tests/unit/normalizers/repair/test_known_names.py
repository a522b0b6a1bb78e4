"""The list of indicator names: what may be relied on of every row, and a few rows as examples."""

import pytest

from normalizers.repair.known_names import known_names, registry_lexicon
from normalizers.repair.levels import bare, level2_name
from normalizers.text import fold, normalise


def test_no_two_names_are_the_same() -> None:
    keys = [fold(known.name) for known in known_names()]
    assert len(set(keys)) == len(keys) >= 900


def test_names_are_printed_wordings() -> None:
    for known in known_names():
        assert known.name == normalise(known.name).strip()
        assert 2 <= len(known.name) <= 30, known.name
        assert not level2_name(known.name) or known.name == bare(known.name), known.name


def test_every_level_is_one_of_the_tree() -> None:
    for known in known_names():
        assert known.level2, known.name
        assert all(level2_name(level) == level for level in known.level2), known.name
        assert len(set(known.level2)) == len(known.level2), known.name


def test_senses_are_more_less_or_open() -> None:
    assert {known.sense for known in known_names()} == {"more", "less", ""}


@pytest.mark.parametrize(
    ("name", "level2", "unit", "sense"),
    [
        ("培训人次", "数量", "人次", "more"),
        ("验收合格率", "质量", "%", "more"),
        ("响应时间", "时效", "小时", "less"),
        ("项目总成本", "经济成本", "万元", "less"),
        ("投诉率", "社会效益", "%", "less"),
        ("长效管理机制健全性", "可持续影响", "", "more"),
        ("群众满意度", "服务对象满意度", "%", "more"),
    ],
)
def test_name_has_its_usual_level_unit_and_sense(name: str, level2: str, unit: str, sense: str) -> None:
    known = registry_lexicon().find(name)
    assert known is not None
    assert (known.level2[0], known.unit, known.sense) == (level2, unit, sense)


def test_satisfaction_is_wanted_in_percent() -> None:
    satisfied = [known for known in known_names() if known.name.endswith("满意度")]
    assert all((known.level2, known.unit) == (("服务对象满意度",), "%") for known in satisfied)


def test_lexicon_holds_all_names() -> None:
    assert len(registry_lexicon().names) == len(known_names())
    assert "群 众 满 意 度" in registry_lexicon()
