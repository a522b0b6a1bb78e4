"""Fixed dates and ids in a PDF, so that drawing again changes as little as possible."""

from __future__ import annotations

import re
from pathlib import Path

DATE = re.compile(rb"/(CreationDate|ModDate) ?\(D:(\d{14})")
IDS = re.compile(rb"/(?:ID ?\[[^\]]*\]|DocChecksum ?/[0-9A-F]+)")


def fix_dates(path: Path) -> None:
    """Overwrites dates and file ids in place; offsets stay as they are."""
    data = path.read_bytes()
    data = DATE.sub(lambda m: m.group(0)[: -len(m.group(2))] + b"20260101000000", data)
    data = IDS.sub(lambda m: re.sub(rb"(?<=[<(/ ])[0-9A-Fa-f]{32}(?![0-9A-Fa-f])", b"0" * 32, m.group(0)), data)
    path.write_bytes(data)
