"""Names of indicators against the lexicon and the document's own sure names."""

from normalizers.repair.lexicon import Known, Lexicon
from pipeline.records import Row
from pipeline.repairs.book import Book
from pipeline.repairs.names import repair_names
from tests.unit.pipeline.repairs.scanned_form import filing, indicators

NAMES = Lexicon([Known("清理任务按期完成率", ("时效",), "%", "more"), Known("社区归属感", ("社会效益",), "", "more")])


def names(*lines: tuple[str, str]) -> tuple[list[str], list[Row]]:
    rows = indicators(*(("产出指标", level2, name) for level2, name in lines))
    book = Book("d", [filing("declaration"), *rows])
    repair_names(book, NAMES)
    done = book.done()
    return [str(r.values["level3"]) for r in done if r.table == "indicators"], [r for r in done if r.table == "repairs"]


def test_pieces_of_a_seal_beside_a_name_go() -> None:
    found, repairs = names(("时效指标", "~清理任务按期完成率消 汉"), ("社会效益指标", "~1社区归属感"))
    assert found == ["清理任务按期完成率", "社区归属感"]
    assert [each.values["before"] for each in repairs] == ["清理任务按期完成率消 汉", "1社区归属感"]
    assert {each.values["rule"] for each in repairs} == {"name"}


def test_a_name_that_stands_elsewhere_in_the_document_is_evidence() -> None:
    before = [
        Row(r.table, f"earlier-{r.row_id}", {**r.values, "filing_id": "d-000"}, r.provenance)
        for r in indicators(("产出指标", "数量指标", "河道巡查覆盖长度"))
    ]
    book = Book("d", [*before, filing("declaration"), *indicators(("产出指标", "数量指标", "~河道巡查復盖长度"))])
    repair_names(book, NAMES)
    assert book.rows[-1].values["level3"] == "河道巡查覆盖长度"


def test_no_form_asks_for_one_thing_twice() -> None:
    lines = (("数量指标", "河道巡查覆盖长度"), ("数量指标", "~河道巡查覆盖宽度"))
    assert names(*lines) == (["河道巡查覆盖长度", "河道巡查覆盖宽度"], [])


def test_sure_and_unknown_names_are_left_alone() -> None:
    lines = (("时效指标", "清理任务按期完戍率"), ("数量指标", "~新建停车泊位个数"))
    found, repairs = names(*lines)
    assert found == [name.lstrip("~") for _, name in lines]
    assert not repairs


def test_a_level_in_doubt_says_nothing_of_a_name() -> None:
    found, _ = names(("~数量指标", "~清理任务按期完戍率"))
    assert found == ["清理任务按期完成率"]
