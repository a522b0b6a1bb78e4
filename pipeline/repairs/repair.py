"""All repairs of one document, in the order in which they help each other."""

from collections.abc import Sequence

from pipeline.records import Row


def repair_rows(document_id: str, rows: Sequence[Row]) -> list[Row]:
    """The rows with accepted repairs, and the rows of the table `repairs` that tell of them.

    Files whose text is believed come back as they are, and load nothing.
    """
    if not any(receipt.source == "ocr" and receipt.is_flagged for row in rows for receipt in row.provenance):
        return list(rows)
    from normalizers.repair.known_names import registry_lexicon
    from pipeline.repairs.book import Book
    from pipeline.repairs.figures import repair_figures
    from pipeline.repairs.levels import repair_levels
    from pipeline.repairs.names import repair_names
    from pipeline.repairs.wordings import repair_repeated, repair_wordings

    book, lexicon = Book(document_id, list(rows)), registry_lexicon()
    repair_wordings(book)
    repair_repeated(book)
    repair_levels(book, lexicon)
    repair_names(book, lexicon)
    repair_levels(book, lexicon)  # names that were repaired say more of the levels above them
    repair_figures(book)
    return book.done()
