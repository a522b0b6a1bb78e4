"""A value read from a string, with what was printed and what was doubted on the way."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Doubt(StrEnum):
    """Codes of doubts about a value. The words for people stand in the codebook."""

    UNREADABLE = "unreadable"  # something is printed, but no value could be read from it
    UNIT_UNKNOWN = "unit_unknown"  # an amount whose unit nobody printed; the value stays empty
    AMBIGUOUS = "ambiguous"  # more than one reading is possible
    ODD_SEPARATORS = "odd_separators"  # thousands separators not in groups of three
    SUBCENT = "subcent"  # more decimals than a cent holds; rounded
    FROM_DOCUMENT = "from_document"  # not printed on the form; taken from the document's first lines
    FROM_TITLE = "from_title"  # not printed as a field; taken from the report's title
    PRINTINGS_DIFFER = "printings_differ"  # the document prints it in several places, and not alike
    REPAIR_POSSIBLE = "repair_possible"  # a likelier reading is known, without evidence enough
    REPAIR_UNDONE = "repair_undone"  # a person took a repair back
    TICKS = "ticks"  # no tick box or more than one ticked where one is due


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """What a string says.

    Attributes:
        value: the value; None where nothing is printed or nothing could be read. Never a guess, never 0 for "none".
        raw: the string as it came.
        doubts: empty where the reading is plain. None without a doubt means: nothing is printed.
    """

    value: T | None
    raw: str
    doubts: tuple[Doubt, ...] = ()
