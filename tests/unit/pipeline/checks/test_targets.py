"""Indicators: the tree of levels, names, targets, units, and which way is better."""

from decimal import Decimal

import pytest
from made_rows import checks, funds, head, indicator, messages, outcomes, row

from pipeline.records import Row

WHOLE = [
    ("产出指标 数量指标", "巡检站点数", "≥40个"),
    ("产出指标 质量指标", "设备完好率", "≥95%"),
    ("产出指标 时效指标", "巡检及时率", "=100%"),
    ("产出指标 成本指标", "经费支出控制额", "≤20万元"),
    ("效益指标 社会效益指标", "夜间照明覆盖率", "≥90%"),
    ("满意度指标 服务对象满意度指标", "居民满意度", "≥85%"),
]


def form(*others: Row, without: int | None = None) -> list[Row]:
    kept = [(level, name, target) for at, (level, name, target) in enumerate(WHOLE) if at != without]
    return [head(), *(indicator(at, name, target, level) for at, (level, name, target) in enumerate(kept, 1)), *others]


@pytest.mark.parametrize("rule", ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I9", "I10"])
def test_a_proper_form_passes(rule: str) -> None:
    assert outcomes(form(), rule) == ["pass"]


@pytest.mark.parametrize("rule", ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I11", "W1", "W2", "F8"])
def test_a_form_without_indicators_is_not_asked(rule: str) -> None:
    assert outcomes([head()], rule) == []


def test_a_second_level_stands_under_its_first() -> None:
    assert messages(form(indicator(9, "客户满意度", "≥9%", "产出指标 社会效益指标")), "I1") == [
        "社会效益指标 stands under 产出指标, not under 效益 效果"
    ]
    doubted = indicator(9, "客户满意度", "≥9%", "产出指标 社会效益指标", doubted=["level2"])
    assert outcomes(form(doubted), "I1") == ["insufficient"]
    assert outcomes(form(indicator(9, "灯杆数", "≥9个", "产出指标 本地特色指标")), "I1") == [
        "pass"
    ]  # a name of no version


def test_required_levels_are_there() -> None:
    [said] = messages(form(without=2), "I2")
    assert said.endswith("lacking: 时效")
    assert outcomes(form(indicator(9, "灯", "≥1", "产出指标 实效指标", doubted=["level2"]), without=2), "I2") == [
        "insufficient"
    ]


def test_an_indicator_has_a_target() -> None:
    bare = row("indicators", 9, {"level1": "产出指标", "level2": "数量指标", "level3": "换灯数"})
    assert messages(form(bare), "I3") == ["换灯数: there is no target"]
    seen = row("indicators", 9, {"level1": "产出指标", "level2": "数量指标", "level3": "换灯数"}, seen=True)
    assert outcomes(form(seen), "I3") == ["insufficient"]


def test_no_indicator_stands_twice() -> None:
    again = indicator(9, "提高居民满意度", "≥80%", "满意度指标 服务对象满意度指标")
    assert messages(form(again), "I4") == ["提高居民满意度 stands beside 居民满意度"]
    doubted = indicator(9, "居民满意度", "≥80%", "满意度指标 服务对象满意度指标", doubted=["level3"])
    assert outcomes(form(doubted), "I4") == ["insufficient"]


@pytest.mark.parametrize(
    ("rule", "name", "target", "level", "said"),
    [
        ("I5", "培训场次", "若干", "产出指标 数量指标", "培训场次: the target is 若干"),
        ("I6", "设备完好率", "≥195%", "产出指标 质量指标", "设备完好率: the target is 195 percent"),
        ("I7", "合格率", "≥100%", "产出指标 质量指标", "合格率: more than 100 percent cannot be reached, = is meant"),
        ("I8", "培训次数（次）", "≥12小时", "产出指标 数量指标", "培训次数（次）: the target is in 小时"),
        ("I9", "抽检合格率", "≥9%", "产出指标 时效指标", "抽检合格率 stands under 时效指标, not under 质量"),
        ("I10", "换灯数", "≥", "产出指标 数量指标", "换灯数: the target is ≥"),
        ("I11", "居民投诉率", "≥3%", "效益指标 社会效益指标", "居民投诉率: the target is >=, <= is meant"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_found(rule: str, name: str, target: str, level: str, said: str) -> None:
    assert messages(form(indicator(9, name, target, level)), rule) == [said]
    every = ["level2", "level3", "target_raw", "target_value", "target_unit", "target_operator"]
    assert "fail" not in outcomes(form(indicator(9, name, target, level, doubted=every)), rule)


@pytest.mark.parametrize(
    ("rule", "name", "target"),
    [
        ("I6", "产值增长率", "≥120%"),
        ("I8", "培训次数（次）", "≥12场次"),
        ("I10", "宣传", "=按计划完成全部工作"),
        ("I11", "居民投诉率", "≤3%"),
        ("I11", "居民投诉率下降率", "≥3%"),
    ],
)
def test_what_is_well_said_passes(rule: str, name: str, target: str) -> None:
    assert outcomes(form(indicator(9, name, target, "效益指标 社会效益指标")), rule)[-1] == "pass"


def test_a_cost_is_not_above_the_money() -> None:
    money = funds("annual", {"年度资金申请总额": 180_000})
    assert messages([*form(), *money], "F8") == ["经费支出控制额: the target is 200000 yuan, the money 180000"]
    assert outcomes([*form(), *funds("annual", {"年度资金申请总额": 200_000})], "F8") == ["pass"]
    assert outcomes(form(), "F8") == []


def weighed(*points: float, kind: str = "declaration") -> list[Row]:
    levels = ["产出指标 数量指标", "效益指标 社会效益指标", "满意度指标 服务对象满意度指标"]
    rows = zip(levels, points, strict=True)
    return [head(kind), *(indicator(n, f"指标{n}", "≥1", level, max_score=p) for n, (level, p) in enumerate(rows, 1))]


def test_weights_make_a_hundred() -> None:
    assert outcomes(weighed(50.0, 30.0, 20.0), "W1") == ["pass"]
    assert outcomes(weighed(50.0, 30.0, 10.0), "W1") == ["pass"]
    assert messages(weighed(50.0, 30.0, 12.0), "W1") == ["the weights make 92"]
    assert "指标3: the weight is 0" in messages(weighed(50.0, 50.0, 0.0), "W1")
    assert outcomes([*weighed(50.0, 30.0, 20.0), indicator(7, "指标七", "≥1")], "W1") == ["insufficient"]


def test_unusual_weights_are_a_remark() -> None:
    cost = indicator(9, "经费支出控制额", "≤20万元", "产出指标 成本指标", max_score=10.0)
    assert outcomes([*weighed(40.0, 30.0, 10.0), cost], "W2") == ["pass"]
    assert messages([*weighed(30.0, 40.0, 10.0), cost], "W2") == [
        "the first levels weigh 产出 40 效益 40 满意度 10; usual are 产出 50 效益 30 满意度 10"
    ]


def test_a_level_weighs_what_stands_under_it() -> None:
    rows = [head(), *(indicator(n, f"指标{n}", "≥1", level1_points=20.0, max_score=10.0) for n in (1, 2))]
    assert outcomes(rows, "W3") == ["pass"]
    assert messages([*rows, indicator(3, "指标三", "≥1", level1_points=20.0, max_score=5.5)], "W3") == [
        "产出指标 has 20 points, what stands under it 25.5"
    ]
    assert outcomes(weighed(50.0, 30.0, 20.0), "W3") == []


def test_the_difference_is_a_number() -> None:
    [found] = [f for f in checks(weighed(50.0, 30.0, 12.0), "W1") if f.values["outcome"] == "fail"]
    assert found.values["difference"] == Decimal(2)
