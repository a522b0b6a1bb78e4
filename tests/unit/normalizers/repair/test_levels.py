"""The tree of levels: names however they are printed, parents, and the version that a form follows."""

import pytest

from normalizers.repair.levels import (
    bare,
    find_framework,
    frameworks,
    level1_name,
    level1_wordings,
    level2_name,
    level2_wordings,
    likely_frameworks,
    parents_of,
)

OUTPUT = [("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标")]
EFFECT = [("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标")]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("产出指标", "产出"),
        ("产出目标", "产出"),
        ("产出指标（50分）", "产出"),
        ("服务对象\n满意度指标", "服务对象满意度"),
        ("1.数量指标", "数量"),
        ("产出指标（数量、质量方面的指标）", "产出"),
        ("指标", "指标"),
        ("", ""),
    ],
)
def test_bare_name_is_what_tells_levels_apart(printed: str, name: str) -> None:
    assert bare(printed) == name


@pytest.mark.parametrize("printed", ["环境效益指标", "生态效益", "生态环境效益目标"])
def test_wordings_of_one_level_have_one_name(printed: str) -> None:
    assert level2_name(printed) == "生态效益"


def test_what_is_no_level_has_no_name() -> None:
    assert level1_name("道路养护里程") is None
    assert level2_name("") is None


def test_every_name_of_a_version_is_explained() -> None:
    for version in frameworks():
        for level1, below in version.levels.items():
            assert level1_name(level1) == level1
            assert [level2_name(level2) for level2 in below] == list(below)


def test_versions_ask_and_weigh_only_what_they_have() -> None:
    for version in frameworks():
        assert {*version.required} <= {*version.levels, *(name for below in version.levels.values() for name in below)}
        for weights in version.weights:
            assert weights.keys() <= version.levels.keys()
            assert sum(weights.values()) in (90, 100)


def test_versions_have_names_of_their_own() -> None:
    names = [version.name for version in frameworks()]
    assert len(set(names)) == len(names)
    assert {"SH2018", "JX2022", "MOF2020", "MOF2021", "report"} <= set(names)


@pytest.mark.parametrize(
    ("pairs", "name"),
    [
        ([*OUTPUT, *EFFECT, ("产出指标", "成本指标")], "MOF2020"),
        ([*OUTPUT, *EFFECT, ("成本指标", "经济成本指标")], "MOF2021"),
        ([("产出目标", "数量"), ("效果目标", "社会效益"), ("影响力目标", "长效管理")], "SH2018"),
        ([("决策", "项目立项"), ("过程", "资金管理"), ("产出", "产出数量"), ("效益", "满意度")], "report"),
        ([("投入指标", "资金到位率"), ("产出指标", "新增路灯盏数"), ("效果指标", "夜间出行条件")], "guangxi2021"),
        ([("数量指标", "新增路灯盏数"), ("质量指标", "路灯完好情况")], "shifted"),
    ],
)
def test_version_is_known_by_its_pairs(pairs: list[tuple[str, str]], name: str) -> None:
    found = find_framework(pairs)
    assert found is not None
    assert found.name == name


def test_one_wrong_pair_does_not_change_the_version() -> None:
    found = find_framework([*OUTPUT, *EFFECT, ("产出指标", "成本指标"), ("产出指标", "服务对象满意度指标")])
    assert found is not None
    assert found.name == "MOF2020"


@pytest.mark.parametrize("pairs", [[], [("", "")], [("甲", "乙")], [*OUTPUT, *EFFECT]])
def test_no_version_where_none_or_several_fit(pairs: list[tuple[str, str]]) -> None:
    assert find_framework(pairs) is None


def test_form_without_cost_may_follow_either_version_but_no_report() -> None:
    likely = {version.name for version in likely_frameworks([*OUTPUT, *EFFECT])}
    assert {"MOF2020", "MOF2021"} <= likely
    assert "report" not in likely


def test_blank_level_fits_what_the_other_one_allows() -> None:
    current = frameworks()[0]
    assert current.has("", "经济成本指标")
    assert current.has("产出指标", "")
    assert not current.has("", "")
    assert not current.has("产出指标", "社会效益指标")


def test_parents_over_all_versions() -> None:
    assert parents_of("经济成本指标") == ("成本",)
    assert set(parents_of("长效管理")) == {"影响力", "效益"}
    assert parents_of("道路养护里程") == ()


def test_wordings_are_printed_ones() -> None:
    assert {"产出指标", "产出目标", "产出", "影响力目标"} <= set(level1_wordings())
    assert {"数量指标", "数量", "社会公众或服务对象满意度指标", "环境效益指标"} <= set(level2_wordings())
    assert all(level1_name(wording) for wording in level1_wordings())
    assert all(level2_name(wording) for wording in level2_wordings())
    assert len(set(level2_wordings())) == len(level2_wordings())
