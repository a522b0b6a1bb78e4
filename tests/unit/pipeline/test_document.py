from pathlib import Path

from pipeline.document import find_pdfs, open_document


def test_identity_comes_from_name_and_content(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"one")
    first = open_document(file, "a.pdf")
    assert open_document(file, "a.pdf").document_id == first.document_id
    assert open_document(file, "sub/a.pdf").document_id != first.document_id
    file.write_bytes(b"two")
    assert open_document(file, "a.pdf").document_id != first.document_id
    assert (first.size, len(first.sha256), len(first.document_id)) == (3, 64, 16)


def test_pdfs_are_found_once_sorted_and_named_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.PDF", "1.pdf", "note.txt"):
        (tmp_path / name).write_bytes(b"x")
    found = list(find_pdfs([tmp_path, tmp_path / "1.pdf"]))
    assert [name for _, name in found] == ["1.pdf", "b/2.PDF"]


def test_a_file_named_outright_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_bytes(b"x")
    assert list(find_pdfs([note])) == [(note, "note.txt")]
