"""A file on disk: finding PDFs under the given paths, their names and their identity."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF to read.

    Attributes:
        path: absolute path, the key of the ledger (where it lies on this machine).
        file_name: path below the folder that was given, with `/`: the same on every machine.
        sha256: of the bytes, hex.
        size: in bytes.
    """

    path: Path
    file_name: str
    sha256: str
    size: int

    @property
    def document_id(self) -> str:
        """16 hex digits from name and content: two names for one content are two documents."""
        return hashlib.sha256(f"{self.file_name}\0{self.sha256}".encode()).hexdigest()[:16]


def open_document(path: Path, file_name: str) -> Document:
    """The document at `path`. Raises OSError where the file cannot be read."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return Document(path.resolve(), file_name, digest.hexdigest(), size)


def find_pdfs(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """(path, file_name) of every PDF under the paths, each once, folders sorted by name.

    A file that is named outright is taken whatever its ending: its bytes say what it is.
    """
    seen: set[Path] = set()
    for given in paths:
        found = (
            sorted(p for p in given.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
            if given.is_dir()
            else [given]
        )
        for path in found:
            resolved = path.resolve()
            if resolved not in seen:
                seen.add(resolved)
                yield path, path.relative_to(given).as_posix() if given.is_dir() else path.name
