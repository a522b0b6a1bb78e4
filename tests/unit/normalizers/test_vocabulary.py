from pathlib import Path

import pytest
import yaml

from normalizers import vocabulary
from normalizers.text import fold
from normalizers.vocabulary import RegistryError, Role, base_vocabulary, read_registry

WORDS = base_vocabulary()


@pytest.mark.parametrize(
    ("printed", "role"),
    [
        ("项目名称", Role("head", "project_name")),
        ("项目名称：", Role("head", "project_name")),
        ("项目\n名称", Role("head", "project_name")),
        ("项 目 名 称", Role("head", "project_name")),
        ("主管部门（盖章）", Role("head", "department")),
        ("主管部门(公章):", Role("head", "department")),
        ("其中：财政拨款", Role("funds", "item")),
        ("1.财政拨款", Role("funds", "item")),
        ("（一）财政拨款", Role("funds", "item")),
        ("二、绩效目标", Role("sections", "sections")),
        ("执行率（B/A）", Role("fund_columns", "execution_rate")),
        ("全年预算数（A）", Role("fund_columns", "annual_budget")),
        ("年度总体目标", Role("goals", "annual")),
        ("总分", Role("indicators", "total_row")),
    ],
)
def test_label_is_known_however_it_is_printed(printed: str, role: Role) -> None:
    assert role in WORDS.roles(printed)


@pytest.mark.parametrize("text", ["", "道路养护", "项目名称说明如下", "2024", "项" * 200, "财政拨款" * 30])
def test_value_is_no_label(text: str) -> None:
    assert WORDS.roles(text) == ()
    assert not WORDS.has(text)


def test_word_may_have_several_roles() -> None:
    assert {role.group for role in WORDS.roles("得分")} == {"fund_columns", "indicator_columns"}
    assert WORDS.names("得分", "indicator_columns") == ("score",)
    assert WORDS.has("得分", "goals", "fund_columns")
    assert not WORDS.has("得分", "goals")


def test_wording_with_a_bracket_of_its_own_comes_first() -> None:
    assert WORDS.names("全年（调整）预算数", "fund_columns") == ("annual_budget",)
    assert set(WORDS.names("部门（单位）名称", "head")) == {"whole_department"}


@pytest.mark.parametrize(
    ("printed", "group", "name"),
    [
        ("区级主管部门及编码", "head", "department"),
        ("具体实施单位", "head", "implementing_unit"),
        ("项目年度绩效目标描述", "goals", "annual"),
        ("全年绩效目标值", "indicator_columns", "target"),
    ],
)
def test_pattern_knows_labels_that_no_list_has(printed: str, group: str, name: str) -> None:
    assert fold(printed) not in WORDS.wordings
    assert name in WORDS.names(printed, group)


def test_familys_wording_takes_over_in_its_group_alone() -> None:
    own = WORDS.extended({"fund_columns": {"received": ["得分"]}})
    assert own.names("得分", "fund_columns") == ("received",)
    assert own.names("得分", "indicator_columns") == ("score",)
    assert WORDS.names("得分", "fund_columns") == ("score",)  # the common words stay as they are


def test_familys_pattern_is_tried_where_no_wording_fits() -> None:
    own = WORDS.extended({"head": {"project_name": ["~第[0-9]+个项目"]}})
    assert own.names("第12个项目", "head") == ("project_name",)
    assert WORDS.names("第12个项目", "head") == ()


def test_known_keys_run_from_the_whole_text_to_its_bare_words() -> None:
    assert WORDS.known_keys("1.指标值（≥）：") == ["1.指标值(≥)", "指标值(≥)", "指标值"]
    assert WORDS.known_keys("") == []


# The registry


def test_unknown_group_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "read_registry", lambda name: {"head": {}, "heads": {}})
    with pytest.raises(RegistryError, match=r"labels\.yml: unknown group heads"):
        base_vocabulary.__wrapped__()


def test_every_wording_is_found_under_its_role() -> None:
    for group, names in read_registry("labels.yml").items():
        for name, wordings in (names if isinstance(names, dict) else {group: names}).items():
            for wording in wordings:
                if not wording.startswith("~"):
                    assert Role(group, name) in WORDS.roles(wording), f"{group}.{name}: {wording}"


def test_no_wording_stands_twice_in_a_list() -> None:
    for group, names in read_registry("labels.yml").items():
        for name, wordings in (names if isinstance(names, dict) else {group: names}).items():
            keys = [fold(wording).rstrip(":") for wording in wordings]
            twice = {key for key in keys if keys.count(key) > 1}
            twice -= {fold("部门（单位）名称")}  # listed with both kinds of brackets
            assert not twice, f"{group}.{name}"


def test_registry_has_no_duplicate_keys() -> None:
    class Strict(yaml.SafeLoader):
        pass

    def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[object, object]:
        keys = [loader.construct_object(key) for key, _ in node.value]  # type: ignore[no-untyped-call]
        assert len(keys) == len(set(keys)), f"{node.start_mark}: a key stands twice"
        return {
            key: loader.construct_object(value, deep=True)  # type: ignore[no-untyped-call]
            for key, (_, value) in zip(keys, node.value, strict=True)
        }

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    folder = Path(vocabulary.__file__).parent / "registry"
    files = sorted(folder.rglob("*.yml"))
    assert len(files) > 3
    for path in files:
        assert yaml.load(path.read_text("utf-8"), Loader=Strict)
