from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from filings import Form, fill
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from normalizers.repair.known_names import known_names
from pipeline.across.decisions import PROMOTE_WORD, REMOVE_WORD, decide, withdraw
from pipeline.across.vocabulary import _independent, learn, learned_names, vocabulary_id
from pipeline.schema import TABLES

NAME = "渡口灯标养护座数"
LISTED = known_names()[0].name


def words(engine: Engine) -> dict[str, Any]:
    """The learned names and those of the registry that were seen, after learning."""
    with engine.begin() as connection:
        learn(connection)
        found = connection.execute(sa.select(TABLES["vocabulary"])).all()
    return {word.name: word for word in found if word.source == "learned" or word.filings}


def three(names: Sequence[str] = (NAME,), **keys: Any) -> list[Form]:
    """Three independent forms."""
    return [Form(names, f"{number}.pdf", f"项目{number}甲乙丙", **keys) for number in range(3)]


def test_a_name_serves_from_three_independent_filings_on(engine: Engine) -> None:
    forms = three()
    fill(engine, forms[:2])
    assert (words(engine)[NAME].state, words(engine)[NAME].filings) == ("waits", 2)
    fill(engine, forms[2:])
    word = words(engine)[NAME]
    assert (word.state, word.filings, word.source, word.vocabulary_id) == ("serves", 3, "learned", vocabulary_id(NAME))
    assert (word.level2, word.unit, word.sense) == ("数量", "次", "more")
    assert (word.years, word.places) == ("2031", "东澜市青岚区")
    with engine.connect() as connection:
        assert [(known.name, known.level2, known.weight) for known in learned_names(connection)] == [
            (NAME, ("数量",), 3.0)
        ]


@pytest.mark.parametrize(
    "again",
    [
        {"file_name": "b.pdf", "year": 2032},  # the same project a year later
        {"file_name": "b.pdf", "project": "2032年渡口维护"},
        {"file_name": "b.pdf", "project": "灯会", "content": "same"},  # the same file under another name
    ],
)
def test_one_project_or_one_file_is_one_witness(engine: Engine, again: dict[str, Any]) -> None:
    fill(engine, [Form([NAME], content="same"), Form([NAME], **again)])
    assert words(engine)[NAME].filings == 1


@pytest.mark.parametrize(
    "form",
    [
        Form([NAME], scanned=True),
        Form([NAME], confidence=0.89),
        Form(["指标1"]),
        Form(["2031"]),
        Form(["数量指标"]),
        Form(["长" * 41]),
    ],
)
def test_what_is_not_surely_a_name_is_not_learned(engine: Engine, form: Form) -> None:
    fill(engine, [form])
    assert words(engine) == {}


def test_names_of_one_folded_form_are_one_in_its_commonest_wording(engine: Engine) -> None:
    forms = three(["渡口灯标（座）"])
    fill(engine, [*forms, Form(["渡口灯标(座)"], "9.pdf", "另一个项目")])
    (word,) = words(engine).values()
    assert (word.name, word.filings) == ("渡口灯标（座）", 4)


def test_names_of_the_registry_serve_and_are_counted(engine: Engine) -> None:
    fill(engine, three([LISTED]))
    word = words(engine)[LISTED]
    assert (word.source, word.state, word.filings) == ("registry", "serves", 3)
    with engine.connect() as connection:
        assert list(learned_names(connection)) == []
        listed = connection.scalar(sa.select(sa.func.count()).select_from(TABLES["vocabulary"]))
    assert listed == len(known_names())


def test_a_name_that_every_file_has_lost_is_forgotten(engine: Engine) -> None:
    fill(engine, three())
    assert NAME in words(engine)
    fill(engine, three(["渡口值守天数"]))
    assert set(words(engine)) == {"渡口值守天数"}


def test_decisions_outweigh_counts_and_are_reversible(engine: Engine) -> None:
    fill(engine, [*three(), Form(["渡口值守天数"], "9.pdf", "另一个项目")])
    before = words(engine)
    with engine.begin() as connection:
        decide(connection, REMOVE_WORD, [vocabulary_id(NAME)])
        decide(connection, PROMOTE_WORD, [vocabulary_id("渡口值守天数")])
    after = words(engine)
    assert (after[NAME].state, after["渡口值守天数"].state) == ("removed", "promoted")
    with engine.begin() as connection:
        assert [known.name for known in learned_names(connection)] == ["渡口值守天数"]
        withdraw(connection, REMOVE_WORD, [vocabulary_id(NAME)])
        withdraw(connection, PROMOTE_WORD, [vocabulary_id("渡口值守天数")])
    assert words(engine) == before


ties = st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3), max_size=8)


@given(ties)
def test_independent_groups_are_what_ties_leave(filings: list[list[str]]) -> None:
    count = _independent(filings)
    assert count == _independent(filings[::-1]) == _independent(filings * 2)
    assert count <= len(filings)
    joined = [*filings, sorted({tie for filing in filings for tie in filing})] if filings else filings
    assert _independent(joined) == bool(filings)
