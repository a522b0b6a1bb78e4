"""What a printed word, number or amount stands for."""

from __future__ import annotations

import re
from decimal import Decimal

FACTORS = {"元": 1, "千元": 1000, "万元": 10000}
NOTHING = {"", "—", "——", "-", "/", "*"}
POINTS = re.compile(r"[（(](\d+(?:\.\d+)?)分[）)]$")


def yuan(printed: str | None, unit: str) -> str | None:
    """A printed amount in yuan with two decimals."""
    value = number(printed)
    return None if value is None else f"{Decimal(value) * FACTORS[unit]:.2f}"


def number(printed: str | None) -> str | None:
    """A printed number without separators and signs; None where nothing is printed."""
    text = (printed or "").replace(",", "").replace("，", "").removesuffix("%").strip()
    return None if text in NOTHING else str(Decimal(text))


def word(printed: str | None) -> str | None:
    """Printed text without layout breaks; None for an empty cell."""
    text = (printed or "").replace("\n", "")
    return None if text in NOTHING else text
