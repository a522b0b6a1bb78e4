"""Accuracy and speed on a corpus with known answers, beside another extractor in the same run."""

import itertools
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extractors.belief import Sight, judge
from extractors.pdf import Pdf
from extractors.reading import believe_or_see, read_page
from pipeline.document import find_pdfs, open_document
from pipeline.losses import Loss, measure
from pipeline.records import DocumentRecord
from pipeline.repair_bench import repair_lines
from pipeline.repairs.repair import repair_rows
from pipeline.run import read_document
from pipeline.scoring import Score, score_document

_SCANNED_PAGES = 12
_RIVAL = """
import logging, sys
import pdfplumber
logging.disable(logging.CRITICAL)
for path in sys.stdin.read().split("\\0"):
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()
"""


def bench(corpus: Path, answers: Path, rounds: int) -> Iterator[str]:
    """Lines for people: accuracy and losses by kind of file, speed and memory, repairs of damaged names.

    Args:
        corpus: folder of PDFs.
        answers: folder of JSON files; that of `NAME.*.pdf` or `NAME.pdf` is `NAME.json`.
        rounds: how often both programs are timed, in turn.
    """
    files = [path for path, _ in find_pdfs([corpus])]
    yield from _accuracy(files, {path.stem: path for path in sorted(answers.rglob("*.json"))})
    yield from _speed(corpus, files, rounds)
    yield from _scan_speed(files)
    yield from repair_lines()


@dataclass(slots=True)
class _Result:
    """What the files of one kind gave."""

    score: Score = field(default_factory=Score)
    unrepaired: Score = field(default_factory=Score)
    loss: Loss = field(default_factory=Loss)

    def add(self, other: "_Result") -> None:
        """Sum up."""
        self.score.add(other.score)
        self.unrepaired.add(other.unrepaired)
        self.loss.add(other.loss)


def _accuracy(files: Sequence[Path], answers: dict[str, Path]) -> Iterator[str]:
    kinds: defaultdict[str, _Result] = defaultdict(_Result)
    unread = pages = 0
    for path in files:
        answer = answers.get(path.stem) or answers.get(path.name.split(".", 1)[0])
        record = read_document(open_document(path, path.name), repair=False)
        pages += record.page_count
        unread += record.status != "ok"
        result = kinds[_kind(path)]
        result.loss.add(measure(path, record))
        if answer is not None:
            known = json.loads(answer.read_text(encoding="utf-8"))
            result.unrepaired.add(score_document(record, known))
            result.score.add(score_document(_repaired(record), known))
    total = _Result()
    for result in kinds.values():
        total.add(result)
    results = [*sorted(kinds.items()), ("all", total)]
    yield f"{len(files)} files, {pages} pages, {unread} not read whole"
    yield f"{'':<16}{'F1':>8}{'unrepaired':>12}{'cells':>9}{'right':>9}{'wrong, not flagged':>20}"
    yield from (_score_line(name, result) for name, result in results)
    yield f"{'':<16}{'characters':>12}{'in values':>12}{'other tables':>14}{'labels':>9}{'lost':>9}"
    yield from (_loss_line(name, result.loss) for name, result in results if result.loss.printed)
    share = total.loss.lost / max(total.loss.printed, 1)
    yield f"characters in tables of digital files: {total.loss.printed:,}; reached no table: {share:.3%}"


def _kind(path: Path) -> str:
    """The middle of `NAME.KIND.pdf`; the name of the folder otherwise."""
    parts = path.name.split(".")
    return parts[1] if len(parts) > 2 else "files"


def _repaired(record: DocumentRecord) -> DocumentRecord:
    return replace(record, rows=tuple(repair_rows(record.document_id, record.rows)))


def _score_line(name: str, result: _Result) -> str:
    score = result.score
    line = f"{name:<16}{score.f1:>8.4f}{result.unrepaired.f1:>12.4f}"
    return f"{line}{score.truth:>9}{score.right:>9}{score.silent:>20}"


def _loss_line(name: str, loss: Loss) -> str:
    values, others, labels, lost = (
        part / loss.printed for part in (loss.value, loss.other_table, loss.label, loss.lost)
    )
    return f"{name:<16}{loss.printed:>12,}{values:>12.2%}{others:>14.2%}{labels:>9.2%}{lost:>9.3%}"


def _speed(corpus: Path, files: Sequence[Path], rounds: int) -> Iterator[str]:
    """Whole processes, the one after the other: from PDFs to committed rows, and pdfplumber's tables alone."""
    ours, theirs = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            database = f"sqlite:///{folder}/bench.db"
            command = ["-m", "pipeline", "ingest", str(corpus), "--workers", "1", "--database", database]
            ours.append(_seconds(command, ""))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        theirs.append(_seconds(["-c", _RIVAL], "\0".join(map(str, files))))
    ratios = [b / a for a, b in zip(ours, theirs, strict=True)]
    yield f"jixiao ingest, 1 worker, PDF to committed rows: {statistics.median(ours):.1f} s, {memory:.0f} MB at most"
    yield f"pdfplumber extract_tables alone:                {statistics.median(theirs):.1f} s"
    yield f"ratio, {rounds} round{'s' * (rounds > 1)} in turn: " + ", ".join(f"{ratio:.1f}" for ratio in ratios)


def _scan_speed(files: Sequence[Path]) -> Iterator[str]:
    """Scanned pages read whole, and rapidocr's default call on the same pages' pictures, the one after the other."""
    pages = list(itertools.islice(_scanned_pages(files), _SCANNED_PAGES))
    if not pages:
        return
    rival = _rapidocr()
    ours, theirs = [], []
    for path, number in pages:
        with Pdf(path) as pdf:
            start = time.perf_counter()
            read_page(believe_or_see(pdf, pdf.read_page(number))[0])
            ours.append(time.perf_counter() - start)
            picture = pdf.pixels(number, 200)
        start = time.perf_counter()
        rival(picture[..., ::-1])
        theirs.append(time.perf_counter() - start)
    share = statistics.median(a / b for a, b in zip(ours[1:], theirs[1:], strict=True)) if len(pages) > 1 else 0.0
    yield f"{len(pages)} scanned pages, one thread: {statistics.median(ours):.1f} s a page, everything included"
    yield f"rapidocr's default call on them:    {statistics.median(theirs):.1f} s a page, recognition alone"
    yield f"share, page by page without the first: {share:.2f}"


def _scanned_pages(files: Sequence[Path]) -> Iterator[tuple[Path, int]]:
    """The first scanned pages of each file, at most two."""
    for path in files:
        with Pdf(path) as pdf:
            numbers = (n for n in range(1, pdf.page_count + 1) if judge(pdf.read_page(n)).sight is Sight.PAGE)
            yield from ((path, number) for number in itertools.islice(numbers, 2))


def _rapidocr() -> Any:
    from rapidocr import EngineType, RapidOCR

    engines = {f"{stage}.engine_type": EngineType.OPENVINO for stage in ("Det", "Cls", "Rec")}
    one_thread = {"EngineConfig.openvino.inference_num_threads": 1}
    return RapidOCR(params={"Global.log_level": "error", **one_thread, **engines})


def _seconds(arguments: Sequence[str], given: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], input=given, text=True, capture_output=True, check=False)
    return time.perf_counter() - start
