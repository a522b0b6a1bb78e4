"""A PDF library: this module sets the lines, cuts the tables and rules them itself, on a reportlab canvas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.samples.backends.rulings import RULERS, Box
from tests.samples.backends.setup import PageSetup
from tests.samples.backends.slices import Fragment, Slice, cut_sheet
from tests.samples.backends.typeset import wrapped
from tests.samples.sheet import Item, Look, PageBreak, Sheet, Text

FILES = {
    "uming": ("/usr/share/fonts/truetype/arphic/uming.ttc", 0),
    "wqy": ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
}


def draw(items: list[Item], setup: PageSetup, target: Path, pen: type[Drawing] | None = None) -> Drawing:
    """Draws the items; the same input gives the same bytes. Another pen may draw otherwise; it is handed back."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    path, index = FILES[setup.font]
    pdfmetrics.registerFont(TTFont(setup.font, path, subfontIndex=index))
    canvas = Canvas(str(target), invariant=1, pageCompression=1)
    drawing = (pen or Drawing)(canvas, setup)
    drawing.run(items)
    canvas.save()
    return drawing


@dataclass
class Drawing:
    """A pen on one document: ``y`` is the height above the paper's foot still free."""

    canvas: Any
    setup: PageSetup
    number: int = 0
    y: float = 0
    turned: bool = False

    def run(self, items: list[Item]) -> None:
        """Draws all items, page after page."""
        self.open_page(self.setup.turned)
        for item in items:
            if isinstance(item, PageBreak):
                self.close_page()
                self.open_page(item.turned or self.setup.turned)
            elif isinstance(item, Text):
                self.text(item)
            else:
                self.sheet(item)
        self.close_page()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is seen."""
        width, height = self.setup.width, self.setup.height
        return (height, width) if self.turned else (width, height)

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.size[0] - 2 * self.setup.margin

    def open_page(self, turned: bool) -> None:
        """Begins a page and moves the origin to the foot of what is seen."""
        self.turned = turned
        self.number += 1
        left, bottom, right, top = self.setup.crop or (0, 0, 0, 0)
        width, height = self.setup.width, self.setup.height
        paper = (left + width + right, bottom + height + top)
        self.canvas.setPageSize(paper[::-1] if turned else paper)  # reportlab swaps them back for /Rotate 90
        if self.setup.crop:
            self.canvas.setCropBox((left, bottom, left + width, bottom + height))
        self.canvas.setPageRotation(90 if turned else 0)
        if self.setup.in_form:
            self.canvas.beginForm(f"page{self.number}", 0, 0, left + width, bottom + height)
        self.canvas.saveState()
        self.canvas.translate(left, bottom)
        if turned:
            self.canvas.transform(0, 1, -1, 0, width, 0)
        self.y = self.size[1] - self.setup.margin

    def close_page(self) -> None:
        """Ends the page with its number and its running line."""
        if self.setup.header:
            self.canvas.setFont(self.setup.font, 9)
            self.canvas.drawCentredString(self.size[0] / 2, self.size[1] - self.setup.margin * 0.6, self.setup.header)
        if self.setup.footer:
            self.canvas.setFont(self.setup.font, 9)
            text = self.setup.footer.format(self.number)
            self.canvas.drawCentredString(self.size[0] / 2, self.setup.margin / 2, text)
        self.canvas.restoreState()
        if self.setup.in_form:
            self.canvas.endForm()
            self.canvas.doForm(f"page{self.number}")
        self.canvas.showPage()

    def turn_page(self) -> None:
        """Goes on with the next page of the same kind."""
        turned = self.turned
        self.close_page()
        self.open_page(turned)

    def text(self, text: Text) -> None:
        """A paragraph, line by line."""
        self.y -= text.space_before
        step = text.size * self.setup.leading / 100
        indent = "\u3000\u3000" if text.indent else ""
        for line in wrapped(indent + text.text, self.inner, self.setup.font, text.size):
            if self.y - step < self.setup.margin:
                self.turn_page()
            self.y -= step
            self.line(line, self.setup.margin, self.inner, self.y + step * 0.3, text)
        self.y -= text.space_after

    def line(self, line: str, left: float, width: float, base: float, text: Text) -> None:
        """One line set to the left, the middle or the right."""
        self.canvas.setFont(self.setup.font, text.size)
        if text.bold:
            self.canvas.setLineWidth(text.size / 40)
        mode = 2 if text.bold else 0
        room = width - self.canvas.stringWidth(line, self.setup.font, text.size)
        x = left + room * {"left": 0, "center": 0.5, "right": 1}[text.align]
        self.canvas.drawString(x, base, line, mode=mode)

    def sheet(self, sheet: Sheet) -> None:
        """A table, cut where pages end."""
        low = self.setup.margin
        first, whole = self.y - low, self.size[1] - 2 * low
        pieces = cut_sheet(sheet, self.inner, self.setup.font, first, whole)
        for index, piece in enumerate(pieces):
            if index or piece.height > first:
                self.turn_page()
            self.slice(sheet, piece, last=index == len(pieces) - 1, first=index == 0)
            self.y -= piece.height + (8 if index == len(pieces) - 1 else 0)

    def slice(self, sheet: Sheet, piece: Slice, first: bool, last: bool) -> None:
        """The part of a table that stands on one page."""
        look = sheet.look
        boxes = []
        for fragment in piece.fragments:
            box = self.box(fragment, sheet)
            cut_top, cut_foot = fragment.cut_top, fragment.cut_foot
            hidden = not look.close_cuts
            boxes.append(replace(box, top_line=not (cut_top and hidden), foot_line=not (cut_foot and hidden)))
            self.words(fragment, box, look)
        RULERS[look.ruling](self.canvas, boxes, look.line_width)

    def box(self, fragment: Fragment, sheet: Sheet) -> Box:
        """Where a fragment of a cell stands on the page."""
        margin, scale = self.setup.margin, self.inner / 100
        cell = fragment.cell
        return Box(
            margin + cell.left * scale,
            self.y - fragment.foot,
            margin + cell.right * scale,
            self.y - fragment.top,
            outer_left=cell.left == sheet.edges[0],
            outer_right=cell.right == sheet.edges[-1],
        )

    def words(self, fragment: Fragment, box: Box, look: Look) -> None:
        """The lines of a cell, in the middle of its height."""
        size = look.font_size
        step = size * 1.3
        base = (box.y0 + box.y1 + len(fragment.lines) * step) / 2 - size
        style = Text("", size, fragment.cell.align, fragment.cell.bold)
        pad = 2.0 if fragment.cell.align != "center" else 0
        for line in fragment.lines:
            self.line(line, box.x0 + pad, box.x1 - box.x0 - 2 * pad, base, style)
            base -= step
