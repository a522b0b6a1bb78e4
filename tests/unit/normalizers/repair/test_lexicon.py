"""When a reading is repaired into a known name, and when it is left alone."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.repair.known_names import known_names, registry_lexicon
from normalizers.repair.lexicon import Context, Known, Lexicon, closest
from normalizers.text import fold

NAMES = ("桥梁养护及时率", "桥梁养护合格率", "路灯完好率", "学员满意度", "讲座场次")
CHARS = "桥梁养护及时率合格路灯完好学员满意度讲座场次"
LEXICON = Lexicon(Known(name) for name in NAMES)
TEXTS = st.text(CHARS, min_size=1, max_size=9)


@pytest.mark.parametrize("name", NAMES)
def test_a_known_name_stays_as_it_is(name: str) -> None:
    match = LEXICON.match([name])[0]
    assert (match.value, match.score, match.rivals, match.reason) == (name, 1.0, (), "equal")


def test_every_name_of_the_registry_stays_as_it_is() -> None:
    names = [known.name for known in known_names()]
    assert [match.value for match in registry_lexicon().match(names)] == names


@pytest.mark.parametrize(
    ("text", "name"), [("学员满意废", "学员满意度"), ("消路灯完好率", "路灯完好率"), ("学员满满意度", "学员满意度")]
)
def test_a_little_damage_is_undone(text: str, name: str) -> None:
    match = LEXICON.match([text])[0]
    assert (match.value, match.reason) == (name, "repaired")
    assert match.score > 0.98


def test_two_names_as_near_are_rivals() -> None:
    match = LEXICON.match(["桥梁养护率"])[0]
    assert match.value is None
    assert match.reason == "rivals"
    assert {name for name, _ in match.rivals[:2]} == {"桥梁养护及时率", "桥梁养护合格率"}


def test_what_is_like_no_name_is_far() -> None:
    assert LEXICON.match(["垃圾清运吨数"])[0].reason == "far"
    assert LEXICON.match([" "])[0].reason == "empty"
    assert Lexicon(()).match(["路灯"])[0].value is None


def test_a_new_name_of_real_words_is_left_alone() -> None:
    assert registry_lexicon().match(["村委会满意度"])[0].value in (None, "村委会满意度")


def test_context_settles_between_near_names() -> None:
    lexicon = Lexicon([Known("发放及时率", ("时效",), "%"), Known("发放及时数", ("数量",), "人次")])
    text = "发放及时"
    assert lexicon.match([text])[0].value is None
    contexts = (Context("时效指标", "%"), Context("数量", "人次"))
    assert [lexicon.match([text], [beside])[0].value for beside in contexts] == ["发放及时率", "发放及时数"]


def test_context_carries_no_far_name() -> None:
    lexicon = Lexicon([Known("学员满意度", ("满意度",), "%")])
    assert lexicon.match(["路灯完好率"], [Context("服务对象满意度", "%", 0.1)])[0].value is None


def test_the_surer_the_reading_the_less_is_repaired() -> None:
    scores = [LEXICON.match(["讲坐场次"], [Context(confidence=sure)])[0].score for sure in (0.3, 0.8, 0.99)]
    assert scores == sorted(scores)[::-1]


@given(TEXTS)
def test_only_names_of_the_lexicon_are_given(text: str) -> None:
    value = LEXICON.match([text])[0].value
    assert value is None or value in NAMES


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_a_rival_makes_no_repair_more_certain(text: str, rival: str) -> None:
    before = LEXICON.match([text])[0]
    after = LEXICON.extended([Known(rival)]).match([text])[0]
    if before.reason == "repaired" and after.value == before.value != rival:
        assert after.score <= before.score + 1e-9
    if before.value is None and after.value is not None:
        assert fold(after.value) == fold(rival)


@given(st.permutations(NAMES), TEXTS)
def test_the_order_of_names_does_not_matter(names: list[str], text: str) -> None:
    assert Lexicon(map(Known, names)).match([text])[0].value == LEXICON.match([text])[0].value


def test_equal_names_are_one_with_the_weight_of_both() -> None:
    lexicon = LEXICON.extended([Known("路灯 完好率", weight=3.0)])
    assert lexicon.names == NAMES
    assert "路灯完好率" in lexicon


def test_as_many_contexts_as_texts() -> None:
    with pytest.raises(ValueError, match="zip"):
        LEXICON.match(["路灯"], [Context(), Context()])


def test_the_closest_of_a_few_wordings() -> None:
    wordings = ("数量指标", "质量指标", "时效指标")
    assert closest("时效指标", wordings).value == "时效指标"
    assert closest("时郊指标", wordings).value == "时效指标"
    assert closest("量指标", wordings).value is None


def test_thousands_against_thousands_take_seconds() -> None:
    random = Random(5)
    names = list(dict.fromkeys("".join(random.choices(CHARS, k=random.randint(4, 10))) for _ in range(10_000)))
    texts = [name[:-1] + random.choice("甲乙丙") for name in names]
    start = time.perf_counter()
    assert len(Lexicon(map(Known, names)).match(texts)) == len(texts)
    assert time.perf_counter() - start < 60
