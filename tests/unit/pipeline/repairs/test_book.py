from pipeline.records import Provenance, Row
from pipeline.repairs.book import Book, Cell, Finding

CELL = Cell("f-i001", "level3")
GUESS = Finding("name", None, 0.6, "near", (("渡口", 0.6), ("渡船", 0.4)))


def repair(value: str, score: float = 0.9849, rule: str = "name") -> Finding:
    return Finding(rule, value, score, "near", ((value, score),))


def settled(*findings: Finding) -> tuple[str, Provenance, dict[str, object]]:
    """The value, its receipt and the row of `repairs` after these findings."""
    receipt = Provenance("level3", 1, (0, 0, 1, 1), "波口", "ocr", 0.5, (), "in_context")
    book = Book("f", [Row("indicators", "f-i001", {"filing_id": "f-01", "level3": "波口"}, (receipt,))])
    for finding in findings:
        book.settle(CELL, finding)
    row, entry = book.done()
    return str(row.values["level3"]), row.provenance[0], dict(entry.values)


def test_a_later_repair_takes_the_place_of_an_earlier_one() -> None:
    value, receipt, entry = settled(repair("渡船"), repair("渡口", 0.99, "level"))
    assert (value, receipt.repair, receipt.raw_text) == ("渡口", "in_context level 0.99", "波口")
    assert (entry["rule"], entry["before"], entry["after"]) == ("level", "波口", "渡口")


def test_candidates_alone_do_not() -> None:
    assert settled(repair("渡船"), GUESS) == settled(repair("渡船"))
    value, receipt, entry = settled(GUESS)
    assert (value, receipt.doubts, entry["state"]) == ("波口", ("repair_possible",), "suggested")
    assert settled(GUESS, repair("渡船"))[1].doubts == ()


def test_a_receipt_shows_the_score_that_the_table_holds() -> None:
    _, receipt, entry = settled(repair("渡船", 0.97451))
    assert receipt.repair == f"in_context name {entry['score']:.2f}"
