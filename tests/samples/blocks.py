"""The short forms of content files: blocks of lines, columns between bars."""

from __future__ import annotations


def lines(block: str) -> list[str]:
    """The lines of a block that are not blank."""
    return [line for line in block.splitlines() if line.strip()]


def columns(line: str) -> list[str]:
    """The parts of a line between bars; ``\\n`` stands for a line break."""
    return [part.strip().replace("\\n", "\n") for part in line.split("|")]
