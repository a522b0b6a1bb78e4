import random
from dataclasses import replace
from pathlib import Path

import pytest
from batches import Form, fill, projects, query, settle, spellings
from conftest import rows_of
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from pipeline.database import open_database
from pipeline.export import export

DERIVED = ("organisations", "organisation_names", "projects", "project_filings", "checks")
FULL, SHORT = "云澜市竹溪区人民政府信访办公室", "竹溪区信访办"
UNIT = "云澜市竹溪区航道管理所"


def _units(*names: str, **keys: object) -> list[Form]:
    """One form a name, each of its own file and project."""
    form = replace(Form(department=""), **keys)  # type: ignore[arg-type]
    return [
        replace(form, unit=name, project=f"第{number}渡口维护", file=f"{number}.pdf")
        for number, name in enumerate(names)
    ]


def test_spellings_of_one_body_are_one_organisation(engine: Engine) -> None:
    fill(engine, _units(FULL, SHORT, "竹溪区信访办公室", "云澜市竹溪区信访办公室（本级）"))
    settle(engine)
    assert len(spellings(engine)) == 1
    assert query(engine, "SELECT place FROM organisations") == [("云澜市竹溪区",)]


def test_every_spelling_says_why_it_is_this_organisation(engine: Engine) -> None:
    fill(engine, _units(FULL, FULL, SHORT))
    settle(engine)
    rows = query(engine, "SELECT name, filings, score, evidence FROM organisation_names ORDER BY filings DESC")
    assert rows == [
        (FULL, 2, 1, "leading spelling"),
        (SHORT, 1, 0.97, f"the same place and name as {FULL}"),
    ]
    assert query(engine, "SELECT name FROM organisations") == [(FULL,)]


@pytest.mark.parametrize(
    "names",
    [
        ("云澜市竹溪区教育局", "云澜市松影区教育局"),
        ("云澜市教育局", "云澜市竹溪区教育局"),
        ("云澜市竹溪区第一小学", "云澜市竹溪区第二小学"),
        ("云澜市竹溪区委办公室", "云澜市竹溪区人民政府办公室"),
        ("云澜市竹溪区水务局", "云澜市竹溪区水务管理所"),
    ],
)
def test_different_bodies_stay_two(engine: Engine, names: tuple[str, str]) -> None:
    fill(engine, _units(*names, seen=True))
    settle(engine)
    assert len(spellings(engine)) == 2


def test_a_bare_name_is_of_the_place_that_its_file_lies_in(engine: Engine) -> None:
    forms = [
        Form(unit="文化馆", department="", file="竹溪区/2031/a.pdf"),
        Form(unit="云澜市竹溪区文化馆", department="", file="b.pdf"),
        Form(unit="文化馆", department="", file="松影区/2031/c.pdf"),
    ]
    fill(engine, forms)
    settle(engine)
    assert spellings(engine) == {frozenset({"文化馆", "云澜市竹溪区文化馆"}), frozenset({"文化馆"})}


def test_a_file_of_city_and_district_is_of_the_district(engine: Engine) -> None:
    forms = [
        Form(unit="区水务所", department="云澜市水务局", file="竹溪区/a.pdf"),
        Form(unit="云澜市竹溪区水务所", department="市水务局", file="竹溪区/b.pdf"),
    ]
    fill(engine, forms)
    settle(engine)
    assert spellings(engine) == {frozenset({"区水务所", "云澜市竹溪区水务所"}), frozenset({"云澜市水务局", "市水务局"})}


def test_a_place_that_two_cities_have_is_neither(engine: Engine) -> None:
    fill(engine, _units("甲州市鼓山区水务局", "乙州市鼓山区水务局", "鼓山区水务局"))
    settle(engine)
    assert len(spellings(engine)) == 3


def test_schools_with_one_name_of_project_have_one_each(engine: Engine) -> None:
    form = Form(department="云澜市竹溪区教育局", project="校舍维修")
    schools = [replace(form, unit=f"云澜市竹溪区第{number}小学") for number in "一二三"]
    later = [replace(form, kind="self_evaluation", unit=f"第{number}小学", file="竹溪区/b.pdf") for number in "一二三"]
    fill(engine, [*schools, *later])
    settle(engine)
    assert len(query(engine, "SELECT * FROM projects")) == 3
    assert query(engine, "SELECT COUNT(*) FROM project_filings WHERE score = 1") == [(6,)]


def test_bare_names_of_files_without_a_place_are_not_joined(engine: Engine) -> None:
    fill(engine, [Form(unit="水利局", department="", file=f"scans/{n}.pdf") for n in "ab"])
    settle(engine)
    assert query(engine, "SELECT name, place FROM organisations") == [("水利局", None)] * 2


def test_a_misread_name_joins_and_does_not_found(engine: Engine) -> None:
    misread = "云澜市竹溪区航道管埋所"
    doubtful = Form(unit=misread, seen=True, flagged=("unit",))
    fill(engine, [*_units(UNIT), doubtful, replace(doubtful, unit="云澜市竹溪区某某馆", file="x.pdf")])
    settle(engine)
    assert {UNIT, misread} in spellings(engine)
    assert not query(engine, "SELECT * FROM organisation_names WHERE name LIKE '%某某馆'")
    assert not query(engine, f"SELECT * FROM organisations WHERE name = '{misread}'")


def test_a_misread_place_is_the_one_its_folder_names(engine: Engine) -> None:
    fill(engine, [*_units(UNIT), Form(unit="云斓市竹溪区航道管理所", department="", seen=True)])
    settle(engine)
    assert spellings(engine) == {frozenset({UNIT, "云斓市竹溪区航道管理所"})}


def test_what_one_form_tells_apart_stays_apart(engine: Engine) -> None:
    near = "云澜市竹溪区航道管埋所"
    fill(engine, [*_units(UNIT, UNIT), Form(unit=near, department=UNIT, seen=True)])
    settle(engine)
    assert {frozenset({UNIT}), frozenset({near})} <= spellings(engine)


def test_a_project_is_one_over_kinds_and_years(engine: Engine) -> None:
    forms = [
        Form(project="渡口灯标维护", file="a.pdf"),
        Form("self_evaluation", project="2031年渡口灯标维护项目", file="b.pdf"),
        Form("evaluation_report", project="2032年度渡口灯标维护", year=2032, file="c.pdf"),
        Form("self_evaluation", project="渡口灯标维护经费", year=2033, file="d.pdf"),
    ]
    fill(engine, forms)
    settle(engine)
    assert query(engine, "SELECT name, first_year, last_year FROM projects") == [("渡口灯标维护", 2031, 2033)]
    assert len(query(engine, "SELECT * FROM project_filings")) == 4


@pytest.mark.parametrize(
    "others",
    [
        {"project": "渡口灯标维护二期"},
        {"unit": "云澜市竹溪区水文站"},
        {"unit": "云澜市松影区航道管理所", "department": "云澜市松影区交通运输局", "file": "松影区/b.pdf"},
        {"code": "31B002", "year": 2031},
    ],
)
def test_another_project_is_another(engine: Engine, others: dict[str, object]) -> None:
    form = Form(project="渡口灯标维护", code="31A001")
    fill(engine, [form, replace(form, **{"file": "竹溪区/b.pdf", **others})])  # type: ignore[arg-type]
    settle(engine)
    assert len(projects(engine)) == 2


def test_phases_listed_apart_are_two_even_when_misread(engine: Engine) -> None:
    forms = [Form(project=f"渡口灯标维护工程{phase}期", file=f"{phase}.pdf", seen=True) for phase in "一二"]
    fill(engine, [*forms, *(replace(form, year=2032) for form in forms)])
    settle(engine)
    assert len(projects(engine)) == 2


def test_a_misread_project_joins_the_one_it_is_near(engine: Engine) -> None:
    fill(engine, [Form(), Form("self_evaluation", project="渡口灯标维沪", seen=True, file="b.pdf")])
    settle(engine)
    ((score, evidence),) = query(engine, "SELECT score, evidence FROM project_filings WHERE kind = 'self_evaluation'")
    assert score == 0.9 and "doubtful reading" in str(evidence)
    assert query(engine, "SELECT name FROM projects") == [("渡口灯标维护",)]


def test_a_department_alone_goes_with_no_one_unit_of_two(engine: Engine) -> None:
    units = [Form(unit=f"云澜市竹溪区{name}", file=f"{name}.pdf") for name in ("水文站", "航道管理所")]
    fill(engine, [*units, Form("self_evaluation", unit="", file="c.pdf")])
    settle(engine)
    assert len(projects(engine)) == 3


def test_the_better_reading_of_a_form_stands_then_the_later_file(engine: Engine) -> None:
    forms = [Form(file="竹溪区/a.pdf"), Form(file="竹溪区/b.pdf"), Form(file="竹溪区/c.pdf", seen=True)]
    fill(engine, forms)
    settle(engine)
    sql = "SELECT file_name FROM project_filings JOIN filings USING (filing_id) JOIN documents USING (document_id)"
    assert query(engine, f"{sql} WHERE superseded_by IS NULL") == [("竹溪区/b.pdf",)]
    fill(engine, [Form(file="竹溪区/A（更正）.pdf", seen=True)])
    settle(engine)
    assert query(engine, f"{sql} WHERE superseded_by IS NULL") == [("竹溪区/A（更正）.pdf",)]


def test_forms_of_units_that_were_not_read_well_do_not_stand_for_each_other(engine: Engine) -> None:
    doubtful = Form(department="", seen=True, flagged=("unit",))
    fill(engine, [replace(doubtful, unit=f"竹溪区第{n}小学", file=f"竹溪区/{n}.pdf") for n in "一二"])
    settle(engine)
    assert query(engine, "SELECT superseded_by FROM project_filings") == [(None,)] * 2
    assert len(projects(engine)) == 2


def test_no_year_supersedes_nothing(engine: Engine) -> None:
    fill(engine, [Form(year=None, file=f"竹溪区/{n}.pdf") for n in "ab"])
    settle(engine)
    assert query(engine, "SELECT superseded_by FROM project_filings") == [(None,)] * 2


FORMS = [
    Form(asked="100.00"),
    Form("self_evaluation", begun="120.00", unit="竹溪区航道管理所", file="竹溪区/2031/b.pdf"),
    Form("self_evaluation", project="渡口灯标维沪", seen=True, file="竹溪区/2031/c.pdf"),
    Form(unit="航道管理所", department="交通运输局", year=2032, asked="900", file="竹溪区/2032/a.pdf"),
    Form(unit="云澜市竹溪区航道管埋所", seen=True, flagged=("unit",), file="竹溪区/2032/b.pdf"),
    Form(unit="云澜市松影区航道管理所", department="云澜市松影区交通运输局", file="松影区/2031/a.pdf"),
    Form(unit=FULL, project="矛盾纠纷化解", file="e.pdf"),
    Form(unit=SHORT, project="矛盾纠纷化解", year=2032, file="f.pdf"),
    Form(unit="文化馆", department="", project="送戏下乡", file="g.pdf"),
]


def _derived(engine: Engine) -> dict[str, object]:
    return {name: rows_of(engine, name) for name in DERIVED}


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None)
@given(st.integers())
def test_the_order_of_ingestion_does_not_matter(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder: Path = tmp_path_factory.mktemp("order")
    shuffled = random.Random(seed).sample(FORMS, len(FORMS))
    found = []
    for name, forms in (("one", FORMS), ("other", shuffled)):
        engine = open_database(f"sqlite:///{folder}/{name}.db")
        for form in forms:
            fill(engine, [form])
            if name == "other":
                settle(engine)
        settle(engine)
        found.append(_derived(engine))
        engine.dispose()
    assert found[0] == found[1] and all(found[0].values())


def test_settling_twice_changes_nothing(engine: Engine) -> None:
    fill(engine, FORMS)
    settle(engine)
    once = _derived(engine)
    settle(engine)
    assert _derived(engine) == once


def test_postgresql_finds_the_same(engine: Engine, postgresql_url: str, tmp_path: Path) -> None:
    other = open_database(postgresql_url)
    for name, each in (("one", engine), ("other", other)):
        fill(each, FORMS)
        settle(each)
        export(each, tmp_path / name)
    for name in DERIVED:
        assert (tmp_path / "one" / f"{name}.csv").read_bytes() == (tmp_path / "other" / f"{name}.csv").read_bytes()
    other.dispose()
