"""The repair benchmark counts honestly, and what it reports stays good."""

import pytest

from normalizers.repair.cells import Reading
from normalizers.repair.known_names import known_names
from normalizers.repair.lexicon import Context, Known, Lexicon, Match
from pipeline.damage import DamagedCell
from pipeline.repair_bench import Outcome, Trial, repair_lines, run, score, trial

TRIED = Trial(
    Lexicon([Known("路灯完好率"), Known("学员满意度")]),
    ("路灯完好率", "学员满意度", "游客满意度"),
    (Context(), Context(), Context()),
    (True, True, False),
)
CELLS = [DamagedCell("路灯完好宰", (0,)), DamagedCell("学员满意度", (1,)), DamagedCell("游客满意度", (2,))]


def counted(*values: str | None) -> Outcome:
    return score(TRIED, CELLS, [Reading(place, place, (Match(value, 1.0),)) for place, value in enumerate(values)])


def test_right_wrong_and_left_names_are_counted() -> None:
    assert counted("路灯完好率", "学员满意度", None) == Outcome(2, 2, 1, 1, 0)
    assert counted(None, "路灯完好率", "学员满意度") == Outcome(2, 0, 1, 0, 2)


def test_a_name_that_was_cut_is_restored_only_whole() -> None:
    cells = [DamagedCell("路灯", (0,)), DamagedCell("完好率", (0,)), *CELLS[1:]]
    rest = [Reading(2, 2, (Match("学员满意度", 1.0),)), Reading(3, 3, (Match(None, 0.0),))]
    whole = [Reading(0, 1, (Match("路灯完好率", 1.0),)), *rest]
    part = [Reading(0, 0, (Match("路灯完好率", 1.0),)), Reading(1, 1, (Match(None, 0.0),)), *rest]
    assert score(TRIED, cells, whole) == Outcome(2, 2, 1, 1, 0)
    assert score(TRIED, cells, part) == Outcome(2, 1, 1, 1, 1)


def test_what_is_held_out_is_not_in_the_lexicon() -> None:
    tried = trial(known_names(), 7, 200)
    assert [name in tried.lexicon for name in tried.names] == list(tried.listed)
    assert 0.2 < tried.listed.count(False) / 200 < 0.4


def test_undamaged_names_come_out_as_they_are() -> None:
    tried = trial(known_names(), 7, 200)
    outcome = run(tried, [DamagedCell(name, (place,)) for place, name in enumerate(tried.names)], True)
    assert outcome.restored == outcome.listed
    assert outcome.wrong <= 2  # of the unknown ones some are one word from a known name


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return list(repair_lines(60, 4))


def test_each_kind_of_name_has_a_line_for_each_rate(lines: list[str]) -> None:
    assert [line.split()[0] for line in lines if line.startswith(" ")] == ["5%", "10%", "20%", "30%"] * 4


def test_most_known_names_come_back_at_a_little_damage(lines: list[str]) -> None:
    first = next(line for line in lines if line.split()[0] == "5%")
    assert float(first.split()[1].rstrip("%")) > 90
