"""Form families: which one a form is of, and that the registry says so without contradiction."""

import json
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from extractors.reading import read_pdf
from normalizers import template as template_module
from normalizers.form_reader import read_forms
from normalizers.template import GENERIC, Template, identify, templates
from normalizers.vocabulary import RegistryError, base_vocabulary
from pipeline.receipts import text_table

ROOT = Path(__file__).parents[3]
GOLDEN = [  # of digital files: reading the others takes seconds a page and tells nothing new about families
    path
    for path in sorted((ROOT / "tests" / "golden").rglob("*.json"))
    if "page_sources" not in json.loads(path.read_text("utf-8"))
]
BASE = {"name": "made_up", "describes": "a family for this test", "kind": "declaration"}


def family(**content: object) -> Template:
    return template_module._template("made_up.yml", {**BASE, **content})


@cache
def forms_of(path: Path) -> list[str]:
    """The families of the forms of a sample, rivals joined with a stroke."""
    pdf = (ROOT / "data" / "raw" / path.relative_to(ROOT / "tests" / "golden")).with_suffix(".pdf")
    forms = [form for table in read_pdf(pdf).tables for form in read_forms(text_table(table))]
    return [form.template + "".join(f" ({reason})" for reason in form.reasons) for form in forms]


def test_every_file_of_the_registry_loads() -> None:
    folder = Path(template_module.__file__).parent / "registry" / "forms"
    files = {path.name for path in folder.glob("*.yml")}
    assert files
    assert {f"{template.name}.yml" for template in templates()} == files


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.name)
def test_family_is_told_by_something(template: Template) -> None:
    assert template.kind in ("declaration", "self_evaluation")
    assert template.subject in (None, "project", "department", "transfer")
    assert template.describes
    assert template.all or template.any or template.title
    assert template.name != GENERIC


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.name)
def test_labels_that_tell_a_family_are_known_words(template: Template) -> None:
    """Else no form would ever be of it: only known wordings of its labels are looked at."""
    words = template.vocabulary
    unknown = [label for label in (*template.all, *template.none) if not words.has(label)]
    unknown = [label for label in unknown if label not in words.known_keys(label)]
    assert not unknown


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"labells": {}}, "unknown key labells"),
        ({"labels": {"heads": {}}}, "unknown key heads"),
        ({"every": [], "ani": []}, "unknown key ani, every"),
    ],
)
def test_unknown_key_is_refused(content: dict[str, object], message: str) -> None:
    with pytest.raises(RegistryError, match=rf"forms/made_up\.yml: {message}"):
        family(**content)


@pytest.mark.parametrize("missing", ["name", "describes", "kind"])
def test_missing_key_is_refused(missing: str) -> None:
    with pytest.raises(KeyError, match=missing):
        template_module._template("made_up.yml", {key: BASE[key] for key in BASE if key != missing})


def test_two_families_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_module, "read_registry", lambda name: dict(BASE))
    if len(templates()) < 2:
        pytest.skip("one family alone")
    with pytest.raises(RegistryError, match="one name"):
        templates.__wrapped__()


@pytest.mark.parametrize(
    ("content", "kind", "title", "labels", "fits"),
    [
        ({}, "declaration", "", set(), True),
        ({}, None, "", set(), True),
        ({}, "self_evaluation", "", set(), False),
        ({"all": ["项目名称", "总额"]}, None, "", {"项目名称", "总额", "其他"}, True),
        ({"all": ["项目名称", "总额"]}, None, "", {"项目名称"}, False),
        ({"any": ["甲", "乙"]}, None, "", {"乙"}, True),
        ({"any": ["甲", "乙"]}, None, "", {"丙"}, False),
        ({"none": ["甲"]}, None, "", {"乙"}, True),
        ({"none": ["甲"]}, None, "", {"甲", "乙"}, False),
        ({"title": ["填报表"]}, None, "项目绩效目标填报表", set(), True),
        ({"title": ["填报表"]}, None, "项目绩效目标申报表", set(), False),
        ({"all": ["指标（目标）"]}, None, "", {"指标(目标)"}, True),  # compared folded
    ],
)
def test_family_fits_by_kind_title_and_labels(
    content: dict[str, object], kind: str | None, title: str, labels: set[str], fits: bool
) -> None:
    assert family(**content).fits(kind, title, labels) is fits


def test_family_without_labels_of_its_own_has_the_common_words() -> None:
    assert family().vocabulary is base_vocabulary()
    own = family(labels={"head": {"project_name": ["课题名称"]}}).vocabulary
    assert own.names("课题名称", "head") == ("project_name",)


def test_unit_of_a_family_is_a_unit() -> None:
    unit = family(unit="万元").unit
    assert unit is not None and unit.name == "万元"
    assert family().unit is None


def test_two_families_that_claim_one_form_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    both = (family(name="one"), family(name="two"), family(name="three", kind="self_evaluation"))
    monkeypatch.setattr(template_module, "templates", lambda: both)
    assert identify("declaration", "", set()) == (None, ("one", "two"))
    assert identify("self_evaluation", "", set()) == (both[2], ())


def test_form_that_nobody_claims_is_of_no_family(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_module, "templates", lambda: (family(all=["甲"]),))
    assert identify("declaration", "", {"乙"}) == (None, ())


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: json.loads(path.read_text("utf-8"))["sample"])
def test_no_two_families_fit_one_sample(path: Path) -> None:
    assert not [form for form in forms_of(path) if "more than one" in form]


WITHOUT_SAMPLE = {  # families of published forms that data/raw has no example of yet
    "d13_integrated_system",
    "d7_guangxi_declaration",
    "d8_hubei_declaration",
    "s4_transfer_self_evaluation",
    "s7_chongqing_self_evaluation",
}


def test_every_family_has_a_sample() -> None:
    seen = {form for path in GOLDEN for form in forms_of(path)}
    assert {template.name for template in templates()} - seen <= WITHOUT_SAMPLE
    assert not WITHOUT_SAMPLE & seen  # take it out of the list above


def test_families_tell_each_other_apart() -> None:
    """A form with all labels that one family asks for is not of another family as well."""
    for one, other in combinations(templates(), 2):
        if one.kind == other.kind and one.all and other.all:
            labels = {*one.all, *one.any[:1]}
            assert not (one.fits(one.kind, "", labels) and other.fits(other.kind, "", labels)), (
                one.name,
                other.name,
            )
