"""Prose on a project's money: where it begins, where it ends, whose it is."""

import pytest

from normalizers.narrative import Narrative, find_narratives

TITLE = "河道保洁项目经费情况说明"


def read(texts: list[str], tables: tuple[int, ...] = ()) -> list[tuple[str, list[str]]]:
    found = find_narratives(texts, [index not in tables for index in range(len(texts))])
    return [(narrative.title.text, [texts[i] for i in narrative.body]) for narrative in found]


def only(texts: list[str]) -> Narrative:
    (found,) = find_narratives(texts, [True] * len(texts))
    return found


@pytest.mark.parametrize("end", ["财政支出项目绩效目标申报表", "路灯维护项目经费情况说明"])
def test_narrative_ends_where_something_else_begins(end: str) -> None:
    assert read(["封面", TITLE, "一、概况", "保洁12公里。", end]) == [(TITLE, ["一、概况", "保洁12公里。"])]


def test_narrative_ends_at_a_table() -> None:
    assert read([TITLE, "保洁12公里。", "", "表后的话。"], tables=(2,)) == [(TITLE, ["保洁12公里。"])]


def test_each_heading_begins_one() -> None:
    texts = [TITLE, "保洁12公里。", "路灯维护项目经费情况说明", "路灯400盏。"]
    assert read(texts) == [(TITLE, ["保洁12公里。"]), (texts[2], ["路灯400盏。"])]


@pytest.mark.parametrize(
    "texts",
    [
        [TITLE],
        [TITLE, "财政支出项目绩效目标申报表"],
        ["现将经费情况说明如下：", "正文。"],
        ["见经费情况说明。", "正文。"],
        [],
    ],
    ids=["nothing under it", "a form under it", "a lead-in", "a sentence", "nothing at all"],
)
def test_a_heading_without_prose_or_a_sentence_is_none(texts: list[str]) -> None:
    assert read(texts) == []


def test_narrative_knows_the_project_in_its_heading() -> None:
    found = only(["河道 保洁项目经费情况说明", "保洁12公里。"])
    assert found.is_about("河道保洁项目")
    assert not found.is_about("路灯维护项目")
    assert not found.is_about("")
