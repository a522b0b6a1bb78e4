"""How alike two texts are."""

from normalizers.text import fold


def similarity(one: str, other: str) -> float:
    """0 to 100, of the folded texts: 100 less the share of characters that would have to go or come."""
    from rapidfuzz import fuzz  # brings NumPy, which files without a report do not need

    return float(fuzz.ratio(fold(one), fold(other)))
