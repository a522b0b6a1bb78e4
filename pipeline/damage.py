"""Names damaged as scans damage them: what the repair benchmark asks to be undone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

_ROUGHEST = 0.1  # cost of a confusion below which all are equally frequent


@dataclass(frozen=True, slots=True)
class DamagedCell:
    """A cell as read.

    Attributes:
        text: what stands in it.
        names: places of the names it holds: one, two where neighbours ran together, none where one ran away.
    """

    text: str
    names: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Damage:
    """The confusion model: every character, end and cell meets its fate independently.

    A character that is hit becomes one of those it is confused with, the more alike the likelier; where the table
    lists none, and for a share of the others too, it becomes any character of the vocabulary.

    Attributes:
        rate: share of characters that are hit.
        confusions: for a character, those it is taken for, each with its cost from 0 to 1.
        characters: those the vocabulary is written with.
        blind: share of hits that become any character although the table lists confusions.
        lost: chance of a character to be lost, as a share of the rate; it comes on top of the hits.
        doubled: the same, to be read twice.
        junk: chance of either end to have one or two characters too many, as a share of the rate.
        split: chance of a name to be cut over two cells, as a share of the rate.
        merged: chance of two neighbours to stand in one cell, as a share of the rate.
    """

    rate: float
    confusions: Mapping[str, Sequence[tuple[str, float]]]
    characters: str
    blind: float = 0.0
    lost: float = 0.1
    doubled: float = 0.05
    junk: float = 0.1
    split: float = 0.1
    merged: float = 0.05

    def text(self, name: str, random: Random) -> str:
        """One name, damaged; never empty."""
        damaged = "".join(self._character(char, random) for char in name) or name[0]
        return self._junk(random) + damaged + self._junk(random)

    def cells(self, names: Sequence[str], random: Random) -> Iterator[DamagedCell]:
        """Names that stand below each other, as the cells of a column."""
        place = 0
        while place < len(names):
            text = self.text(names[place], random)
            if len(text) > 1 and random.random() < self.rate * self.split:
                cut = random.randint(1, len(text) - 1)
                yield DamagedCell(text[:cut], (place,))
                yield DamagedCell(text[cut:], (place,))
            elif place + 1 < len(names) and random.random() < self.rate * self.merged:
                yield DamagedCell(text + self.text(names[place + 1], random), (place, place + 1))
                yield DamagedCell("", ())
                place += 1
            else:
                yield DamagedCell(text, (place,))
            place += 1

    def _character(self, char: str, random: Random) -> str:
        if random.random() < self.rate:
            char = self._hit(char, random)
        fate = random.random()
        if fate < self.rate * self.lost:
            return ""
        return char * 2 if fate > 1 - self.rate * self.doubled else char

    def _hit(self, char: str, random: Random) -> str:
        alike = self.confusions.get(char, ())
        if alike and random.random() >= self.blind:
            weights = [1 / max(cost, _ROUGHEST) for _, cost in alike]
            return random.choices([other for other, _ in alike], weights)[0]
        return random.choice(self.characters)

    def _junk(self, random: Random) -> str:
        if random.random() >= self.rate * self.junk:
            return ""
        return "".join(random.choices(self.characters, k=random.randint(1, 2)))
