"""Rows that leave the database name no person and no telephone number."""

import pytest

from normalizers.personal import personal_mark
from pipeline.dictionary import dictionary
from pipeline.personal import masked_columns, without_personal

MARK = personal_mark()
Grid = list[list[str]]


def masked(grid: Grid, table: str = "t1") -> Grid:
    """The texts of a table after masking; every cell is one row and one column large."""
    entry = dictionary()["other_table_cells"]
    cells = [
        {
            "cell_id": f"{table}-{r}-{c}",
            "table_id": table,
            "row": r,
            "column": c,
            "column_span": 1,
            "text": text or None,
        }
        for r, texts in enumerate(grid)
        for c, text in enumerate(texts)
    ]
    rows = without_personal(entry, [tuple(cell.get(name) for name in entry.column_names) for cell in cells])
    texts = [row[entry.column_names.index("text")] or "" for row in rows]
    width = len(grid[0])
    return [texts[i : i + width] for i in range(0, len(texts), width)]


def test_persons_in_a_list_are_masked_and_their_units_stay() -> None:
    head = ["序号", "姓名", "单位", "职务", "联系电话"]
    assert masked([head, ["1", "某甲", "某局", "科长", "12345678"], ["2", "某乙、某丙", "某镇", "主任", ""]]) == [
        head,
        ["1", MARK, "某局", "科长", MARK],
        ["2", MARK, "某镇", "主任", ""],
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["项目负责人", "某甲", "联系电话", "12345678"],
        ["联系\n人", "某 甲", "手机", "139 0000 0000"],
    ],
)
def test_persons_beside_their_labels_are_masked(row: list[str]) -> None:
    assert masked([row]) == [[row[0], MARK, row[2], MARK]]


def test_what_stands_below_a_label_with_its_value_beside_it_stays() -> None:
    rows = [["负责人", "某甲", "电话", ""], ["维护", "12345678", "12345678", ""]]
    assert masked(rows) == [["负责人", MARK, "电话", ""], rows[1]]


def test_a_column_of_persons_ends_at_the_next_label() -> None:
    rows = [["单位", "联系人"], ["某局", "某甲"], ["项目名称", "项目概况"], ["养护", "道路"]]
    assert masked(rows) == [rows[0], ["某局", MARK], *rows[2:]]


def test_figures_and_sentences_below_a_label_of_a_person_stay() -> None:
    rows = [["单位", "访谈对象"], ["某局", "街道居民代表"], ["某镇", "15"], ["某村", "项目由三方共同实施，进展顺利。"]]
    assert masked(rows) == rows


def test_tables_are_looked_at_one_by_one() -> None:
    entry = dictionary()["other_table_cells"]
    texts = [("t1", 0, "姓名"), ("t2", 1, "维护"), ("t3", 0, "姓名"), ("t3", 1, "某甲")]
    rows = [
        tuple({"table_id": t, "row": r, "column": 0, "text": text}.get(name) for name in entry.column_names)
        for t, r, text in texts
    ]
    at = entry.column_names.index("text")
    assert [row[at] for row in without_personal(entry, rows)] == ["姓名", "维护", "姓名", MARK]


def receipt(table: str, column: str, text: str) -> tuple[object, ...]:
    entry = dictionary()["provenance"]
    values = {"table_name": table, "column_name": column, "raw_text": text}
    return tuple(values.get(name) for name in entry.column_names)


def test_receipts_are_masked_where_their_column_is() -> None:
    entry = dictionary()["provenance"]
    rows = [receipt("narratives", "text", "13900000000"), receipt("funds", "amount_yuan", "13900000000")]
    at = entry.column_names.index("raw_text")
    assert [row[at] for row in without_personal(entry, rows)] == [MARK, "13900000000"]


def test_prose_is_masked_and_figures_and_names_of_the_forms_are_not() -> None:
    assert {"text"} <= masked_columns("narratives") & masked_columns("findings") & masked_columns("goals")
    assert not masked_columns("filings") & {"project_name", "project_code", "total_score", "filing_id"}
    assert {"message", "expected", "actual", "operands"} <= masked_columns("checks")
    assert not masked_columns("checks") & {"check_id", "filing_id", "rule", "outcome"}
    assert masked_columns("no table") == frozenset()
