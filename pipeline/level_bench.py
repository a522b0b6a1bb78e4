"""How much of damaged level names the repair of whole forms brings back.

Forms are made up from the versions of the tree: their levels in order, one to three indicators below each second
level, all cells damaged at one rate, read with doubt, and repaired as a document's rows are. A share of the second
levels has a name that no version knows; it is to be left alone. Of the indicators a share is not in the registry.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from normalizers.repair.confusions import confusable
from normalizers.repair.known_names import known_names
from normalizers.repair.language import common_words
from normalizers.repair.levels import ENDINGS, Framework, frameworks, level2_name
from pipeline.damage import Damage
from pipeline.records import Provenance, Row
from pipeline.repairs.repair import repair_rows

_VERSIONS = ("MOF2021", "MOF2020", "SH2018")
_UNLISTED, _UNKNOWN_NAME = 0.1, 0.3  # share of second levels that no version knows, of indicators not in the registry
_DOUBTED = 0.7  # confidence of every cell
_MOST_NAMES = 3


@dataclass(slots=True)
class LevelCounts:
    """Counts of level cells.

    Attributes:
        listed: cells with a name of the tree, and how many of them came out as printed.
        unlisted: the same for names that no tree has, and how many stand as read.
        wrong: cells of both kinds that were changed into another name than was printed.
    """

    listed: list[bool] = field(default_factory=list)
    unlisted: list[bool] = field(default_factory=list)
    wrong: int = 0

    @property
    def shares(self) -> tuple[float, float, float]:
        """Restored of the listed ones, wrong of all, left alone of the unlisted ones."""
        cells = len(self.listed) + len(self.unlisted)
        return (
            sum(self.listed) / max(len(self.listed), 1),
            self.wrong / max(cells, 1),
            sum(self.unlisted) / max(len(self.unlisted), 1),
        )


@dataclass(frozen=True, slots=True)
class _PrintedCell:
    """A level cell as printed and as read, and the ids of the rows it covers."""

    column: str
    printed: str
    read: str
    rows: tuple[str, ...]


def level_trial(rate: float, forms: int, seed: int) -> LevelCounts:
    """What becomes of the level cells of made-up forms.

    Args:
        rate: share of characters that are damaged.
        forms: how many forms.
        seed: everything follows from it.
    """
    random, counts = Random(seed), LevelCounts()
    names = "".join(sorted(set("".join(known.name for known in known_names()))))
    damage = Damage(rate, {char: confusable(char) for char in names}, names, split=0, merged=0)
    versions = [version for version in frameworks() if version.name in _VERSIONS]
    for number in range(forms):
        cells, rows = _form(random.choice(versions), f"bench-{number:03d}", damage, random)
        done = {row.row_id: row for row in repair_rows("bench", rows) if row.table == "indicators"}
        for cell in cells:
            _count(cell, str(done[cell.rows[0]].values[cell.column]), counts)
    return counts


def _count(cell: _PrintedCell, value: str, counts: LevelCounts) -> None:
    is_listed = cell.column == "level1" or level2_name(cell.printed) is not None
    is_right = value == cell.printed or (not is_listed and value == cell.read)
    (counts.listed if is_listed else counts.unlisted).append(is_right)
    counts.wrong += value not in (cell.printed, cell.read)


def _form(version: Framework, filing_id: str, damage: Damage, random: Random) -> tuple[list[_PrintedCell], list[Row]]:
    """A form's level cells, and its rows as a scan gives them."""
    ending, cells = random.choice(ENDINGS), []
    rows = [Row("filings", filing_id, {"kind": "declaration"})]
    for level1, below in version.levels.items():
        first = len(rows)
        head = damage.text(level1 + ending, random)
        for name in below:
            printed = (random.choice(common_words()) if random.random() < _UNLISTED else name) + ending
            read, start = damage.text(printed, random), len(rows)
            for text in _names_below(name, random):
                row_id = f"{filing_id}-i{len(rows):03d}"
                values = {"level1": head, "level2": read, "level3": damage.text(text, random)}
                places = {"level1": first, "level2": start, "level3": len(rows)}
                rows.append(_row(row_id, filing_id, values, places))
            cells.append(_PrintedCell("level2", printed, read, tuple(row.row_id for row in rows[start:])))
        cells.append(_PrintedCell("level1", level1 + ending, head, tuple(row.row_id for row in rows[first:])))
    return cells, rows


def _names_below(level2: str, random: Random) -> Iterator[str]:
    """Indicators that stand under a level, a share of them in nobody's list."""
    usual = [known.name for known in known_names() if known.level2 and level2_name(known.level2[0]) == level2]
    for _ in range(random.randint(1, _MOST_NAMES)):
        if usual and random.random() >= _UNKNOWN_NAME:
            yield random.choice(usual)
        else:
            yield "".join(random.sample(common_words(), 2))


def _row(row_id: str, filing_id: str, values: dict[str, str], places: dict[str, int]) -> Row:
    receipts = [
        Provenance(column, 1, (0.0, place, 1.0, place + 1.0), values[column], "ocr", _DOUBTED)
        for column, place in places.items()
    ]
    return Row("indicators", row_id, {"filing_id": filing_id, **values}, tuple(receipts))


def level_lines(rates: Sequence[float], forms: int, seed: int) -> Iterator[str]:
    """Lines for people: the shares at each rate."""
    yield "levels of whole forms, by tree, place and names below"
    for rate in rates:
        shares = " / ".join(f"{share:.1%}" for share in level_trial(rate, forms, seed).shares)
        yield f"{rate:>18.0%}{shares:>30}"
