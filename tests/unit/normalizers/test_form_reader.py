"""Whole forms, sketched as tables: what they are and where their fields stand."""

import pytest
from text_grids import Rows, head, measures, money, paths, sketch, words

from normalizers import template as template_module
from normalizers.form import Form, Slot
from normalizers.form_reader import goes_on, is_whole, read_forms
from normalizers.template import Template
from normalizers.text_table import TextTable

TITLE = ["财政项目支出绩效目标申报表"]
DECLARATION: Rows = [
    ["项目名称", "道路养护", "<", "<", "<"],
    ["主管部门", "某局", "<", "实施单位", "某中心"],
    ["项目资金（元）", "项目资金总额", "300.00", "年度资金申请总额", "100.00"],
    ["^", "其中：财政资金", "300.00", "其中：当年财政拨款", "100.00"],
    ["项目总目标", "三年养护12万平方米。", "<", "<", "<"],
    ["年度总体目标", "当年养护4万平方米。", "<", "<", "<"],
    ["一级指标", "二级指标", "三级指标", "指标值", "<"],
    ["产出指标", "数量指标", "养护面积", "≥4万平方米", "<"],
    ["^", "质量指标", "合格率", "100%", "<"],
]
EVALUATION: Rows = [
    ["项目名称", "道路养护", "<", "<", "<", "<", "<"],
    ["主管部门", "某局", "<", "实施单位", "某中心", "<", "<"],
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率"],
    ["^", "年度资金总额", "1.00", "1.00", "0.90", "10", "90%"],
    ["年度总体目标", "预期目标", "<", "<", "实际完成情况", "<", "<"],
    ["^", "养护4万平方米。", "<", "<", "养护5万平方米。", "<", "<"],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    ["产出指标", "数量指标", "养护面积", "4万平方米", "5万平方米", "90", "88"],
    ["总分", "<", "<", "<", "<", "100", "97"],
]


def read(table: TextTable) -> Form:
    (form,) = read_forms(table)
    return form


def blank(rows: Rows) -> Rows:
    """The same form with nothing filled in."""
    filled = {"道路养护", "某局", "某中心", "300.00", "100.00", "三年养护12万平方米。", "当年养护4万平方米。",
              "产出指标", "数量指标", "养护面积", "≥4万平方米", "质量指标", "合格率", "100%"}  # fmt: skip
    return [["" if text in filled else text for text in row] for row in rows]


def test_declaration_is_read_whole() -> None:
    form = read(sketch(DECLARATION, above=[TITLE[0], "（2024年度）"]))
    assert (form.kind, form.subject) == ("declaration", "project")
    assert form.title == Slot("title", TITLE[0], line=0)
    assert form.year is not None and form.year.text == "（2024年度）"
    assert head(form) == {"project_name": "道路养护", "department": "某局", "implementing_unit": "某中心"}
    assert money(form.funds)[:2] == [
        ("total", "项目资金总额", {"amount": "300.00"}),
        ("annual", "年度资金申请总额", {"amount": "100.00"}),
    ]
    assert words(form.goals) == [("total", "三年养护12万平方米。"), ("annual", "当年养护4万平方米。")]
    assert paths(form.indicators) == ["产出指标/数量指标/养护面积", "产出指标/质量指标/合格率"]
    assert (form.fields, form.contacts, form.reasons) == ((), (), ())
    assert is_whole(form)


def test_self_evaluation_is_read_whole() -> None:
    form = read(sketch(EVALUATION, above=["项目支出绩效自评表", "（2023年度）"]))
    assert form.kind == "self_evaluation"
    assert words(form.goals) == [("expected", "养护4万平方米。"), ("actual", "养护5万平方米。")]
    assert ("total_score", "97") in words(form.head)
    (fund,) = form.funds
    assert fund.figures["executed"].unit is not None and fund.figures["executed"].unit.name == "万元"
    assert measures(form.indicators)[0]["score"] == "88"


def test_title_and_year_inside_the_grid() -> None:
    rows = [TITLE, ["（2024年度）"], *DECLARATION]
    form = read(sketch(rows, above=["一段正文。"]))
    assert form.title is not None and form.title.text == TITLE[0]
    assert form.year is not None and form.year.text == "（2024年度）"
    assert form.rows == range(2, len(rows))


def test_kind_without_a_title_is_told_by_what_is_measured() -> None:
    assert read(sketch(DECLARATION)).kind == "declaration"
    assert read(sketch(EVALUATION)).kind == "self_evaluation"


def test_title_decides_the_kind() -> None:
    assert read(sketch(DECLARATION, above=["项目支出绩效自评表"])).kind == "self_evaluation"


def test_sentence_that_mentions_a_form_is_no_title() -> None:
    form = read(sketch(DECLARATION, above=["具体内容见财政项目支出绩效目标申报表。"]))
    assert form.title is None
    assert is_whole(form)  # it has a name, money, goals and indicators all the same


def test_blank_template_is_no_form() -> None:
    assert read_forms(sketch(blank(DECLARATION), above=TITLE)) == []


def test_template_with_its_levels_printed_is_no_form() -> None:
    rows = [*blank(DECLARATION)[:7], ["产出指标", "数量指标", "", "", "<"], ["^", "质量指标", "", "", "<"]]
    assert read_forms(sketch(rows, above=TITLE)) == []


@pytest.mark.parametrize(
    "rows",
    [
        [["科目编码", "科目名称", "预算数"], ["201", "一般公共服务", "12.00"], ["205", "教育", "3.00"]],
        [["序号", "单位名称", "备注"], ["1", "某局", "无"]],
    ],
)
def test_other_tables_are_no_whole_form(rows: Rows) -> None:
    assert not any(is_whole(form) for form in read_forms(sketch(rows, above=["2024年预算表"])))


def test_goals_of_a_self_evaluation_with_one_annual_goal_are_expected() -> None:
    rows = [*EVALUATION[:4], ["年度目标", "养护4万平方米。"], ["实际完成情况", "已完成。"], *EVALUATION[6:]]
    form = read(sketch(rows, above=["项目支出绩效自评表"]))
    assert words(form.goals) == [("expected", "养护4万平方米。"), ("actual", "已完成。")]


@pytest.mark.parametrize(("other", "scope"), [("年度目标", "total"), ("", "annual")])
def test_goal_without_a_period_is_the_total_one_beside_an_annual_one(other: str, scope: str) -> None:
    rows = [DECLARATION[0], ["总体目标", "甲"], *([[other, "乙"]] if other else []), *DECLARATION[6:]]
    assert words(read(sketch(rows, above=TITLE)).goals)[0] == (scope, "甲")


# Money's unit


def test_unit_over_the_form_is_that_of_its_money() -> None:
    rows = [["项目名称", "甲"], ["项目资金总额", "3.00"], ["绩效目标", "乙"]]
    (fund,) = read(sketch(rows, above=[TITLE[0], "单位：万元"])).funds
    unit = fund.figures["amount"].unit
    assert unit is not None and unit.name == "万元"


def test_unit_of_the_family_is_assumed_where_none_is_printed() -> None:
    rows = [["项目名称", "甲"], ["项目总金额", "3.00"], ["本年度预算金额", "1.00"], ["绩效目标", "乙"]]
    form = read(sketch(rows, above=["项目支出绩效目标表"]))
    assert form.template == "d3_jiangxi_declaration"
    assert [line.figures["amount"].unit.name for line in form.funds if line.figures["amount"].unit] == ["万元"] * 2


def test_nobody_assumes_a_unit_for_other_forms() -> None:
    rows = [["项目名称", "甲"], ["项目资金总额", "3.00"], ["绩效目标", "乙"]]
    (fund,) = read(sketch(rows, above=TITLE)).funds
    assert fund.figures["amount"].unit is None


def test_office_over_the_form_is_the_department_only_where_the_family_says_so() -> None:
    above = ["项目支出绩效目标表", "云麓县文化馆"]
    jiangxi = [["项目名称", "甲"], ["项目总金额", "3.00"], ["本年度预算金额", "1.00"], ["绩效目标", "乙"]]
    assert head(read(sketch(jiangxi, above=above)))["department"] == "云麓县文化馆"
    assert "department" not in head(read(sketch([["项目名称", "甲"], ["绩效目标", "乙"]], above=above)))
    named = [["主管部门", "某局"], *jiangxi]
    assert head(read(sketch(named, above=above)))["department"] == "某局"


# Captions


def test_caption_over_the_form_gives_what_the_form_lacks() -> None:
    form = read(sketch(DECLARATION, above=[TITLE[0], "主管部门：上级局  项目编码：A-12"]))
    assert head(form)["department"] == "某局"
    assert head(form)["project_code"] == "A-12"


def test_signatures_below_the_form_are_contacts() -> None:
    form = read(sketch(DECLARATION, above=TITLE, below=["填报人：某甲  财务负责人：某乙", "正文"]))
    assert words(form.contacts) == [("contact", "某甲"), ("signature", "某乙")]


# Families


def test_two_families_that_claim_a_form_leave_it_generic_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rivals = tuple(Template(name=name, describes="", kind="declaration") for name in ("one", "two"))
    monkeypatch.setattr(template_module, "templates", lambda: rivals)
    form = read(sketch(DECLARATION, above=TITLE))
    assert form.template == "generic"
    assert form.reasons == ("more than one family fits: one, two",)
    assert paths(form.indicators)  # and it is read all the same


def test_familys_own_words_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Template("own", "", "declaration", labels={"head": {"project_name": ["课题"]}})
    monkeypatch.setattr(template_module, "templates", lambda: (own,))
    form = read(sketch([["课题", "古籍修复"], ["绩效目标", "乙"]], above=TITLE))
    assert head(form) == {"project_name": "古籍修复"}


# Several forms


def second(rows: Rows) -> list[list[str]]:
    return [[{"道路养护": "河道保洁"}.get(text, text) for text in row] for row in rows]


@pytest.mark.parametrize("titled", [True, False], ids=["with titles", "without titles"])
def test_forms_that_run_together_are_split(titled: bool) -> None:
    title = [TITLE] if titled else []
    rows = [*title, *DECLARATION, *title, *second(DECLARATION)]
    forms = read_forms(sketch(rows))
    assert [head(form)["project_name"] for form in forms] == ["道路养护", "河道保洁"]
    assert [len(form.indicators) for form in forms] == [2, 2]
    assert [len(form.funds) for form in forms] == [4, 4]
    assert [words(form.goals) for form in forms] == [words(forms[0].goals)] * 2


def test_title_over_two_rows_begins_one_form() -> None:
    rows = [TITLE, ["项目支出绩效目标申报表（2024年度）"], *DECLARATION]
    assert len(read_forms(sketch(rows))) == 1


def test_lines_above_belong_to_the_first_form_and_lines_below_to_the_last() -> None:
    rows = [*DECLARATION, TITLE, *second(DECLARATION)]
    forms = read_forms(sketch(rows, above=TITLE, below=["填报人：某甲"]))
    assert [form.title is not None and form.title.line for form in forms] == [0, None]
    assert [words(form.contacts) for form in forms] == [[], [("contact", "某甲")]]


def test_project_name_in_the_middle_of_a_head_begins_no_form() -> None:
    rows = [["主管部门", "某局"], ["项目名称", "甲"], *DECLARATION[2:]]
    assert len(read_forms(sketch(rows))) == 1


def named(name: str = "", title: str = "", sheet: str = "") -> Form:
    head = (Slot("project_name", name),) if name else ()
    titled = Slot("title", title) if title else None
    return Form("declaration", "project", "generic", titled, None, head, (), (), (), (), (), range(1), sheet)


@pytest.mark.parametrize(
    ("rest", "adjacent", "expected"),
    [
        (named(), True, True),  # what a page break cut off
        (named(), False, False),  # prose stands between
        (named("甲"), True, False),  # it has a name: a form of its own
        (named(title="申报表"), False, True),  # the same title without a name
        (named(title="自评表"), True, False),
        (named("乙", "申报表"), True, False),
    ],
)
def test_rest_of_a_form_goes_on(rest: Form, adjacent: bool, expected: bool) -> None:
    assert goes_on(named("甲", "申报表"), rest, adjacent) is expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (named("甲", "申报表", sheet="绩效目标"), True),
        (named("", "申报表", sheet="制度保障"), True),
        (named("乙", "申报表", sheet="绩效目标"), False),
        (named("甲", "申报表", sheet="项目总体情况"), False),  # the same sheet again
    ],
)
def test_sheets_of_one_project_are_one_filing(rest: Form, expected: bool) -> None:
    assert goes_on(named("甲", "申报表", sheet="项目总体情况"), rest, False) is expected


@pytest.mark.parametrize(("title", "expected"), [("部门整体支出绩效目标表", True), ("项目支出绩效目标表", False)])
def test_whole_department_form_needs_no_project_name(title: str, expected: bool) -> None:
    rows = [["部门（单位）名称", "某局"], ["年度总体目标", "完成全年工作。"], *DECLARATION[6:]]
    assert is_whole(read(sketch(rows, above=[title]))) is expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["长期绩效指标", "年度绩效指标"], ["total", "annual"]),
        (["中期绩效指标", "本年度绩效指标"], ["total", "annual"]),
        (["绩效指标", "绩效指标"], [None, None]),
    ],
)
def test_scopes_of_sets_below_each_other_are_said_by_the_rows_above(
    rows: list[str], expected: list[str | None]
) -> None:
    header = ["一级指标", "二级指标", "三级指标", "指标值"]
    table = [["项目名称", "甲", "<", "<"]]
    for number, name in enumerate(rows):
        table += [[name, "<", "<", "<"], header, ["产出", "数量", f"指标{number}", "1个"]]
    found = measures(read(sketch(table, above=TITLE)).indicators)
    assert [row.get("scope") for row in found] == expected


def test_scopes_of_sets_side_by_side() -> None:
    rows = [
        ["项目名称", "甲", "<", "<", "<", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
        ["产出", "数量", "三年", "3个", "数量", "当年", "1个"],
    ]
    found = measures(read(sketch(rows, above=TITLE)).indicators)
    assert [(row["scope"], row["level3"]) for row in found] == [("total", "三年"), ("annual", "当年")]


def test_one_set_has_no_scope() -> None:
    assert {row.get("scope") for row in measures(read(sketch(DECLARATION, above=TITLE)).indicators)} == {None}
