"""The vocabulary: names of indicators from the registry, and those learned from files whose text is believed.

A name that was learned serves repairs once independent filings enough have it. One project's forms over the years,
reprints and copies of a file are no independent witnesses: they count as one.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from normalizers.project_name import project_name
from normalizers.repair.known_names import known_names
from normalizers.repair.learnable import is_learnable
from normalizers.repair.levels import bare
from normalizers.repair.lexicon import Known
from normalizers.text import fold
from pipeline.across.decisions import PROMOTE_WORD, REMOVE_WORD, decided
from pipeline.across.places import Places
from pipeline.across.readings import Names, load_names
from pipeline.records import FLAG_BELOW
from pipeline.schema import TABLES

ENOUGH = 3  # independent filings from which on a name serves
WAITING = "waiting"
_SERVING = ("serves", "promoted")
_MOST_LEVELS = 3
_HEAVIEST = 10.0  # weight of the commonest names; more would drown those that are only listed
_SENSES = {">": "more", ">=": "more", "<": "less", "<=": "less"}
_vocabulary = TABLES["vocabulary"]


def learn(connection: Connection) -> None:
    """Write the table `vocabulary` anew from the registry, the digital filings and the decisions."""
    promoted, removed = (decided(connection, kind) for kind in (PROMOTE_WORD, REMOVE_WORD))
    seen = _seen_names(connection)
    listed = {fold(known.name): known for known in known_names()}
    rows = [_registry_row(known, seen.get(key, ())) for key, known in listed.items()]
    for key, sightings in seen.items():
        if key not in listed:
            rows.append(_learned_row(sightings, promoted, removed))
    connection.execute(sa.delete(_vocabulary))
    if rows:
        connection.execute(sa.insert(_vocabulary), sorted(rows, key=lambda row: str(row["vocabulary_id"])))


def vocabulary_id(name: str) -> str:
    """The id of a name, however it is printed."""
    return hashlib.sha256(fold(name).encode()).hexdigest()[:16]


def learned_names(connection: Connection) -> Iterator[Known]:
    """The learned names but those that were removed: the source of what serves repairs is `learned`, else `waiting`.

    A name that waits repairs nothing, but where it fits as well as another, that other one is no sure repair.
    """
    learned = sa.and_(_vocabulary.c.source == "learned", _vocabulary.c.state != "removed")
    found = connection.execute(sa.select(_vocabulary).where(learned)).all()
    for row in sorted(found, key=lambda row: row.vocabulary_id):
        level2 = tuple((row.level2 or "").split("|")) if row.level2 else ()
        weight = min(float(row.filings), _HEAVIEST)
        source = "learned" if row.state in _SERVING else WAITING
        yield Known(row.name, level2, row.unit or "", row.sense or "", source, weight)


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A name as one filing prints it.

    Attributes:
        name: as printed.
        level2: second level above it, bare; empty: none printed.
        unit: of its target; empty: none printed.
        operator: of its target; empty: none printed.
        year: of the filing.
        place: of the filing's document; empty: not known.
        ties: what makes the filing one with others: its file, that file's content, its project or else its unit.
    """

    name: str
    level2: str
    unit: str
    operator: str
    year: int | None
    place: str
    ties: tuple[str, ...]


def _seen_names(connection: Connection) -> dict[str, list[_Sighting]]:
    """What digital filings print with confidence, by the folded name."""
    filings = {names.filing_id: names for names in load_names(connection)}
    places = Places(list(filings.values())).of_document
    seen = defaultdict(list)
    for row in connection.execute(_sure_names()):
        if is_learnable(row.level3 or ""):
            filing = filings[row.filing_id]
            sighting = _Sighting(
                row.level3,
                bare(row.level2 or ""),
                row.target_unit or "",
                row.target_operator or "",
                filing.year,
                "".join(places[filing.document_id]),
                tuple(_ties(filing, row.sha256)),
            )
            seen[fold(row.level3)].append(sighting)
    return dict(seen)


def _ties(filing: Names, sha256: str | None) -> Iterator[str]:
    yield f"file {filing.document_id}"
    if sha256:
        yield f"content {sha256}"
    if about := filing.project.text or filing.unit.text or filing.department.text:
        yield f"about {project_name(about).stem}"


def _sure_names() -> sa.Select[Any]:
    """The indicators whose name stands in a text layer, without any doubt."""
    receipts, indicators = TABLES["provenance"], TABLES["indicators"]
    filings, documents = TABLES["filings"], TABLES["documents"]
    is_sure = sa.and_(
        receipts.c.source == "text_layer",
        receipts.c.confidence >= FLAG_BELOW,
        receipts.c.doubts.is_(None),
        receipts.c.repair.is_(None),
    )
    sure = (
        sa.select(receipts.c.row_id)
        .where(receipts.c.table_name == "indicators", receipts.c.column_name == "level3")
        .group_by(receipts.c.row_id)
        .having(sa.func.min(sa.case((is_sure, 1), else_=0)) == 1)
        .subquery()
    )
    i = indicators.c
    return (
        sa.select(i.filing_id, i.level3, i.level2, i.target_unit, i.target_operator, documents.c.sha256)
        .join_from(indicators, sure, i.indicator_id == sure.c.row_id)
        .join(filings, filings.c.filing_id == i.filing_id)
        .join(documents, documents.c.document_id == filings.c.document_id)
    )


def _registry_row(known: Known, seen: Sequence[_Sighting]) -> dict[str, Any]:
    return {
        "vocabulary_id": vocabulary_id(known.name),
        "name": known.name,
        "level2": "|".join(known.level2) or None,
        "unit": known.unit or None,
        "sense": known.sense or None,
        "source": "registry",
        "state": "serves",
        **_counts(seen),
    }


def _learned_row(seen: Sequence[_Sighting], promoted: Container[str], removed: Container[str]) -> dict[str, Any]:
    name = _commonest(each.name for each in seen)[0]
    units = _commonest(each.unit for each in seen)
    senses = {_SENSES[each.operator] for each in seen if each.operator in _SENSES}
    word_id, counts = vocabulary_id(name), _counts(seen)
    usual = "serves" if counts["filings"] >= ENOUGH else "waits"
    return {
        "vocabulary_id": word_id,
        "name": name,
        "level2": "|".join(_commonest(each.level2 for each in seen)[:_MOST_LEVELS]) or None,
        "unit": units[0] if units else None,
        "sense": senses.pop() if len(senses) == 1 else None,
        "source": "learned",
        "state": "removed" if word_id in removed else "promoted" if word_id in promoted else usual,
        **counts,
    }


def _commonest(texts: Iterable[str]) -> list[str]:
    """Different texts, the commonest first; empty ones do not count."""
    counts = Counter(filter(None, texts))
    return sorted(counts, key=lambda text: (-counts[text], text))


def _counts(seen: Sequence[_Sighting]) -> dict[str, Any]:
    return {
        "filings": _independent(each.ties for each in seen),
        "years": " ".join(sorted({str(each.year) for each in seen if each.year})) or None,
        "places": " ".join(sorted({each.place for each in seen if each.place})) or None,
    }


def _independent(filings: Iterable[Sequence[str]]) -> int:
    """How many groups of filings have no tie with one another."""
    joined: dict[str, str] = {}

    def root(tie: str) -> str:
        while (above := joined.setdefault(tie, tie)) != tie:
            joined[tie] = joined[above]
            tie = above
        return tie

    for first, *others in filings:
        root(first)
        for other in others:
            joined[root(other)] = root(first)
    return sum(tie == above for tie, above in joined.items())
