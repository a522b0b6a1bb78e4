"""Draws docs/picture.png: a page of a sample filing beside the rows it becomes.

    .venv/bin/python docs/make_picture.py [FONT]

The page is rendered from data/raw, the rows come from a database that `jixiao ingest` fills, the numbered
discs stand at the boxes in `provenance`. FONT: a font file with Chinese glyphs (default: Noto Sans CJK).
"""

import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data/raw/霜林市/2022/219望舒区文化旅游局2022年项目支出绩效自评表.pdf"
PICTURE = ROOT / "docs/picture.png"
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED = 2  # index of the Simplified Chinese face in the collection

SCALE = 1.62  # pixels a point of the page
PAGE_BOX = (34, 36, 564, 556)  # the part of the page that is shown, in points
SIZE = (1800, 890)
LEFT, RIGHT, TOP = 20, 915, 24
WIDTH, ROW = 865, 26  # of the rows on the right
INK, GREY, LINE = (35, 38, 45), (120, 124, 132), (205, 208, 214)
TINTS = {
    "filings": (255, 238, 200),
    "funds": (212, 231, 255),
    "goals": (236, 226, 252),
    "indicators": (218, 242, 218),
}
BADGE = (190, 40, 40)
COLOURS = 48

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Listing:
    """One table of the right half: columns with their widths, and how many rows are shown."""

    name: str
    columns: dict[str, int]
    rows: int


LISTINGS = (
    Listing(
        "filings",
        {"year": 54, "project_name": 240, "department": 260, "implementing_unit": 206, "total_score": 105},
        1,
    ),
    Listing(
        "funds",
        {"item": 170, "annual_budget_yuan": 215, "executed_yuan": 180, "execution_rate": 180, "score": 120},
        4,
    ),
    Listing("goals", {"scope": 100, "text": 765}, 2),
    Listing(
        "indicators",
        {
            "level1": 104, "level2": 164, "level3": 166, "target_raw": 108, "target_operator": 72,
            "target_value": 66, "target_unit": 62, "actual_value": 74, "score": 49,
        },
        10,
    ),
)  # fmt: skip
RECEIPTS = Listing(
    "provenance",
    {
        "table_name": 102, "column_name": 132, "page": 50, "x0": 54, "top": 54, "x1": 54, "bottom": 62,
        "raw_text": 252, "confidence": 105,
    },
    3,
)  # fmt: skip
HEADINGS = {
    "target_operator": "operator",
    "target_value": "value",
    "target_unit": "unit",
    "actual_value": "actual",
}
BADGES = (  # table, row of it, column; the first ones' receipts are shown
    ("filings", 0, "department"),
    ("funds", 0, "executed_yuan"),
    ("indicators", 2, "target_value"),
    ("indicators", 5, "level1"),
    ("goals", 1, "text"),
)
FIRST = "WHERE filing_id LIKE '%-001'"
KEYS = {"filings": "filing_id", "funds": "fund_id", "goals": "goal_id", "indicators": "indicator_id"}


class Picture:
    """The canvas, the database and the fonts."""

    def __init__(self, database: Path, font: str) -> None:
        self.image = Image.new("RGB", SIZE, "white")
        self.draw = ImageDraw.Draw(self.image)
        self.connection = sqlite3.connect(database)
        self.text_font, self.small_font, self.badge_font = (
            ImageFont.truetype(font, size, index=SIMPLIFIED if font.endswith(".ttc") else 0) for size in (17, 15, 15)
        )
        self.tinted: set[Box] = set()

    def page(self) -> None:
        """The page on the left."""
        with pypdfium2.PdfDocument(SAMPLE) as pdf:
            page = pdf[0].render(scale=SCALE).to_pil().convert("RGB")
        crop = page.crop(tuple(round(value * SCALE) for value in PAGE_BOX))
        self.image.paste(crop, (LEFT, TOP))
        self.draw.rectangle((LEFT, TOP, LEFT + crop.width, TOP + crop.height), outline=LINE, width=2)

    def boxes(self, row_id: str) -> dict[str, Box]:
        """Where the values of a row stand on the picture, by column."""
        query = "SELECT column_name, x0, top, x1, bottom FROM provenance WHERE row_id = ? AND page = 1"
        x, y = LEFT - PAGE_BOX[0] * SCALE, TOP - PAGE_BOX[1] * SCALE
        return {
            name: (x + x0 * SCALE, y + top * SCALE, x + x1 * SCALE, y + bottom * SCALE)
            for name, x0, top, x1, bottom in self.connection.execute(query, (row_id,))
        }

    def listing(self, listing: Listing, y: float) -> float:
        """One table on the right, and tints on the page for its values; gives where it ends."""
        names, key = list(listing.columns), KEYS[listing.name]
        y = self.header(listing, y)
        query = f"SELECT {key}, {', '.join(names)} FROM {listing.name} {FIRST} ORDER BY {key}"
        for number, (row_id, *values) in enumerate(self.connection.execute(query).fetchmany(listing.rows)):
            boxes = self.boxes(row_id)
            for box in {boxes[name] for name in names if name in boxes} - self.tinted:
                self.tint(box, listing.name)
                self.tinted.add(box)
            ends = self.row(listing, y, values)
            for badge, (table, row, column) in enumerate(BADGES, 1):
                if (table, row) == (listing.name, number):
                    self.badge(ends[names.index(column)] + 14, y + 12, badge)
                    self.badge(boxes[column][2] - 12, boxes[column][3] - 10, badge)
            y += ROW
        return y + 12

    def receipts(self, y: float) -> None:
        """The provenance of the first values that are singled out."""
        y = self.header(RECEIPTS, y)
        for badge, (table, row, column) in enumerate(BADGES[: RECEIPTS.rows], 1):
            key = KEYS[table]
            row_id = f"(SELECT {key} FROM {table} {FIRST} ORDER BY {key} LIMIT 1 OFFSET {row})"
            query = "SELECT page, x0, top, x1, bottom, raw_text, confidence FROM provenance"
            where = f"WHERE row_id = {row_id} AND column_name = ?"
            found = self.connection.execute(f"{query} {where}", (column,)).fetchone()
            page, *box, raw_text, confidence = found
            sides = (f"{side:.1f}" for side in box)
            ends = self.row(RECEIPTS, y, [table, column, page, *sides, raw_text, confidence])
            self.badge(ends[-1] + 24, y + 12, badge)
            y += ROW

    def header(self, listing: Listing, y: float) -> float:
        """A table's name and its columns' names; gives where its rows begin."""
        self.draw.text((RIGHT, y), listing.name, font=self.text_font, fill=INK)
        self.cells(listing, y + 26, [HEADINGS.get(name, name) for name in listing.columns], self.small_font, GREY)
        return y + 50

    def row(self, listing: Listing, y: float, values: list[object]) -> list[float]:
        """One row on its tint; gives where each text ends."""
        tint = TINTS.get(listing.name, (236, 238, 242))
        self.draw.rectangle((RIGHT, y, RIGHT + WIDTH, y + ROW - 3), fill=tint)
        return self.cells(listing, y, ["" if value is None else str(value) for value in values], self.text_font, INK)

    def cells(
        self,
        listing: Listing,
        y: float,
        texts: list[str],
        font: ImageFont.FreeTypeFont,
        fill: tuple[int, int, int],
    ) -> list[float]:
        """A line of texts, each cut to its column; gives where each ends."""
        x, ends = RIGHT + 6, []
        for text, width in zip(texts, listing.columns.values(), strict=True):
            shown = text
            while shown and self.draw.textlength(shown + "…" * (shown != text), font=font) > width - 8:
                shown = shown[: -1 if shown == text else -2]
            shown += "…" * (shown != text)
            self.draw.text((x, y), shown, font=font, fill=fill)
            ends.append(x + self.draw.textlength(shown, font=font))
            x += width
        return ends

    def tint(self, box: Box, table: str) -> None:
        """Colour a box of the page as with a marker: ink stays ink."""
        inner = tuple(round(side) for side in (box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1))
        marker = Image.new("RGB", (inner[2] - inner[0], inner[3] - inner[1]), TINTS[table])
        self.image.paste(ImageChops.multiply(self.image.crop(inner), marker), inner)

    def badge(self, x: float, y: float, number: int) -> None:
        """A number in a disc."""
        self.draw.ellipse((x - 10, y - 10, x + 10, y + 10), fill=BADGE)
        self.draw.text((x, y), str(number), font=self.badge_font, fill="white", anchor="mm")


def main(font: str = FONT) -> None:
    """Ingest the sample, draw, save."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "filings.db"
        command = [
            sys.executable,
            "-m",
            "pipeline",
            "ingest",
            str(SAMPLE),
            "--database",
            f"sqlite:///{database}",
        ]
        subprocess.run(command, check=True, cwd=ROOT)
        picture = Picture(database, font)
        picture.page()
        y = float(TOP - 2)
        for listing in LISTINGS:
            y = picture.listing(listing, y)
        picture.receipts(y)
        picture.connection.close()
    picture.image.quantize(COLOURS).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
