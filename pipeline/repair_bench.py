"""How much of damaged names the repair brings back, and what it spoils, beside a plain fuzzy match in the same run.

Part of the vocabulary is held out: the lexicon never sees it, nor do its pairs of characters. Known names, held-out
names and variants of known ones (the first or last word replaced by another of the vocabulary) are shuffled into one
column of cells, damaged by `damage.py` and read by `match_cells`. Seven in ten names are known. The matcher knows the
table of confusions that the damage draws from; `blind` is the same with one hit in ten that the table does not know.
Prices and odds were chosen on other hold-outs than those reported; all follow from fixed seeds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from normalizers.repair.cells import Reading, match_cells
from normalizers.repair.confusions import confusable
from normalizers.repair.known_names import known_names
from normalizers.repair.language import Language, common_words
from normalizers.repair.lexicon import Context, Known, Lexicon, Match
from normalizers.text import fold
from pipeline.damage import Damage, DamagedCell
from pipeline.level_bench import level_lines

_RATES = (0.05, 0.1, 0.2, 0.3)
_SEED = 201  # prices and odds were chosen on 1 to 5 and 11 to 13
_PRINTED = 1000  # names in one column
_FORMS = 30  # made-up forms whose levels are damaged
_BLIND = 0.1
_UNLISTED = 0.3  # share of all names; half of them held out, half variants
_WORD_NEIGHBOURS = 3  # a beginning or end of a name is a word where so many different characters stand beside it
_MISFILED, _ODD_UNIT = 0.05, 0.1  # share of names under another level 2, with another unit than usual
_THRESHOLDS = range(100, 0, -2)  # of WRatio
_TOLERATED = 0.005  # share of all names that may be changed into a wrong one


def repair_lines(printed: int = _PRINTED, forms: int = _FORMS) -> Iterator[str]:
    """Lines for people: shares for each kind of name and rate of damage, ours and those of `WRatio`.

    `WRatio` has two columns: the threshold that restores most, and the one that restores most of those that change
    no more than the tolerated share into wrong names. It knows no context, so it is asked once.

    Args:
        printed: how many names are damaged for each line.
        forms: how many forms whose levels are damaged.
    """
    names = known_names()
    indicators = trial(names, _SEED, printed)
    yield f"{len(names)} names of indicators, in {printed} cells; known restored / wrong / unknown left"
    yield f"{'damaged characters':<18}{'repair':>28}{'WRatio':>30}{'WRatio, few wrong':>30}"
    for title, tried, with_context, blind in (
        ("indicators beside level 2 and unit", indicators, True, 0.0),
        ("the same, one hit in ten blind", indicators, True, _BLIND),
        ("indicators alone", indicators, False, 0.0),
    ):
        yield title
        for rate in _RATES:
            cells = _damaged(tried, rate, blind)
            rivals = () if blind or not with_context else _best(fuzzy(tried, cells))
            outcomes = (run(tried, cells, with_context), *rivals)
            yield f"{rate:>18.0%}" + "".join(f"{_shares(outcome):>30}" for outcome in outcomes)
    yield from level_lines(_RATES, forms, _SEED)


def _damaged(tried: "Trial", rate: float, blind: float) -> list[DamagedCell]:
    characters = "".join(sorted(set("".join((*tried.names, *tried.lexicon.names)))))
    damage = Damage(rate, {char: confusable(char) for char in characters}, characters, blind)
    return list(damage.cells(tried.names, Random(_SEED)))


def _best(outcomes: Sequence["Outcome"]) -> Iterator["Outcome"]:
    few_wrong = [outcome for outcome in outcomes if outcome.shares[1] <= _TOLERATED]
    yield from (max(some, key=lambda outcome: outcome.restored) for some in (outcomes, few_wrong) if some)


def _shares(outcome: "Outcome") -> str:
    return " / ".join(f"{share:.1%}" for share in outcome.shares)


@dataclass(frozen=True, slots=True)
class Trial:
    """Names as printed, and the lexicon that is to find them.

    Attributes:
        lexicon: without what is held out.
        names: all that are printed, in their order; the wording, not folded.
        contexts: what the form says beside each.
        listed: for each whether the lexicon has it.
    """

    lexicon: Lexicon
    names: tuple[str, ...]
    contexts: tuple[Context, ...]
    listed: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Counts of names.

    Attributes:
        listed: names that the lexicon has.
        restored: those of them that came out as printed.
        unlisted: names that it does not have.
        left: those of them that came out as read.
        wrong: names of both kinds that were changed into another than was printed.
    """

    listed: int = 0
    restored: int = 0
    unlisted: int = 0
    left: int = 0
    wrong: int = 0

    @property
    def shares(self) -> tuple[float, float, float]:
        """Restored of the listed names, wrong of all names, left alone of the unlisted ones."""
        return (
            self.restored / max(self.listed, 1),
            self.wrong / max(self.listed + self.unlisted, 1),
            self.left / max(self.unlisted, 1),
        )


def trial(known: Sequence[Known], seed: int, printed: int) -> Trial:
    """One hold-out of a vocabulary, and as many of its names as are to be printed."""
    random = Random(seed)
    shuffled = random.sample(known, len(known))
    held_out = round(len(known) * _UNLISTED / 2 / (1 - _UNLISTED / 2))
    unlisted, listed = shuffled[:held_out], shuffled[held_out:]
    variants = list(_variants(listed, {fold(each.name) for each in known}, held_out, random))
    choice = [(each, True) for each in listed] + [(each, False) for each in unlisted + variants]
    chosen = random.sample(choice, min(printed, len(choice)))
    levels = sorted({level for each in known for level in each.level2})
    units = sorted({each.unit for each in known})
    return Trial(
        Lexicon(listed, Language((fold(each.name) for each in listed), common_words())),
        tuple(each.name for each, _ in chosen),
        tuple(_context(each, levels, units, random) for each, _ in chosen),
        tuple(is_listed for _, is_listed in chosen),
    )


def _context(known: Known, levels: Sequence[str], units: Sequence[str], random: Random) -> Context:
    level2 = known.level2[0] if known.level2 else ""
    if levels and random.random() < _MISFILED:
        level2 = random.choice(levels)
    return Context(level2, random.choice(units) if random.random() < _ODD_UNIT else known.unit)


def _variants(known: Sequence[Known], taken: set[str], count: int, random: Random) -> Iterator[Known]:
    """Names nobody has listed, one word away from one that is: the first or the last word is another one."""
    names = sorted(each.name for each in known)
    first, last = _words(names, False), _words(names, True)
    for each in random.choices(known, k=100 * count):
        at_end = random.random() < 0.5
        words = last if at_end else first
        word = random.choice(
            [word for word in words if (each.name.endswith if at_end else each.name.startswith)(word)] or [""]
        )
        if count and word and word != each.name:
            other = random.choice(words)
            name = each.name.removesuffix(word) + other if at_end else other + each.name.removeprefix(word)
            if fold(name) not in taken:
                taken.add(fold(name))
                count -= 1
                yield replace(each, name=name)


def _words(names: Sequence[str], at_end: bool) -> list[str]:
    """Beginnings or ends of two or three characters that stand beside many different characters."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for length in (2, 3):
            if len(name) > length:
                beside[name[-length:] if at_end else name[:length]].add(name[-length - 1] if at_end else name[length])
    return sorted(word for word, chars in beside.items() if len(chars) >= _WORD_NEIGHBOURS)


def run(tried: Trial, cells: Sequence[DamagedCell], with_context: bool) -> Outcome:
    """What the repair makes of damaged cells."""
    contexts = [tried.contexts[cell.names[0]] if cell.names and with_context else Context() for cell in cells]
    return score(tried, cells, match_cells(tried.lexicon, [cell.text for cell in cells], contexts))


def score(tried: Trial, cells: Sequence[DamagedCell], readings: Sequence[Reading]) -> Outcome:
    """Count what became of each name; one that was cut or ran into another counts like the rest."""
    restored: set[int] = set()
    wrong: set[int] = set()
    parts = Counter(name for cell in cells for name in cell.names)
    for reading in readings:
        own = cells[reading.first : reading.last + 1]
        held = Counter(name for cell in own for name in cell.names)
        values = [match.value for match in reading.matches]
        unchanged = values == [None] or "".join(map(str, values)) == own[0].text
        right = [parts[name] == held[name] and tried.names[name] in values for name in held]
        if len(values) == len(held) and all(right):
            restored.update(held)
        elif not unchanged:
            wrong.update(held)
    listed, unlisted = (
        {place for place, is_one in enumerate(tried.listed) if is_one is kind} for kind in (True, False)
    )
    left = unlisted - restored - wrong
    return Outcome(len(listed), len(restored & listed), len(unlisted), len(left), len(wrong))


def fuzzy(tried: Trial, cells: Sequence[DamagedCell]) -> list[Outcome]:
    """What the best `WRatio` makes of the same cells, for each threshold from 100 down."""
    from rapidfuzz.fuzz import WRatio
    from rapidfuzz.process import cdist

    names = [fold(name) for name in tried.lexicon.names]
    table = cdist([fold(cell.text) for cell in cells], names, scorer=WRatio, workers=-1)
    best = [(tried.lexicon.names[row.argmax()], float(row.max())) for row in table]
    return [
        score(tried, cells, [_above(threshold, place, *each) for place, each in enumerate(best)])
        for threshold in _THRESHOLDS
    ]


def _above(threshold: float, place: int, name: str, likeness: float) -> Reading:
    return Reading(place, place, (Match(name if likeness >= threshold else None, likeness / 100),))
