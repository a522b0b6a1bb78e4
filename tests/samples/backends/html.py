"""HTML and CSS of the abstract items, for the two programs that print HTML."""

from __future__ import annotations

from html import escape
from itertools import pairwise

from tests.samples.backends.grid import Placed, check_tiling, placed_cells
from tests.samples.backends.setup import PageSetup
from tests.samples.sheet import Item, Look, PageBreak, Sheet, Text

BORDERS = {
    "solid": "border: {w}pt solid #000",
    "dashed": "border: {w}pt dashed #000",
    "rules": "border: 0; border-top: {w}pt solid #000; border-bottom: {w}pt solid #000",
    "open": "border: {w}pt solid #000",
    "none": "border: 0",
}


TURNED = PageBreak(turned=True)


def page_html(items: list[Item], setup: PageSetup) -> str:
    """The whole document."""
    body = "\n".join(turned_html(group) if group[0] == TURNED else flow_html(group) for group in by_paper(items))
    head = f"<meta charset=utf-8><style>{css(setup)}{across(setup, items)}</style>"
    return f"<!doctype html><html lang=zh-CN>{head}<body>{body}</body></html>"


def by_paper(items: list[Item]) -> list[list[Item]]:
    """The items up to each page break that turns the paper; those of landscape pages begin with that break."""
    groups: list[list[Item]] = [[]]
    turned = False
    for item in items:
        if isinstance(item, PageBreak) and item.turned != turned:
            turned = item.turned
            groups.append([])
        groups[-1].append(item)
    return [group for group in groups if group]


def flow_html(items: list[Item]) -> str:
    """Items one below the other."""
    return "\n".join(item_html(item) for item in items)


def turned_html(items: list[Item]) -> str:
    """Items of landscape pages."""
    return f'<div style="page: across">{flow_html(items[1:])}</div>'


def css(setup: PageSetup) -> str:
    """Paper, footer and what all tables share."""
    footer = counter(setup.footer) if setup.footer else ""
    if setup.header:
        footer += f' @top-center {{ content: "{setup.header}"; font-size: 9pt; }}'
    return f"""
@page {{ size: {setup.width}pt {setup.height}pt; margin: {setup.margin}pt; {footer} }}
html {{ font-family: "{setup.family}"; }}
body {{ margin: 0; }}
p {{ margin: 0; line-height: 1.6; white-space: pre-wrap; }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; line-height: 1.3; }}
table + table {{ margin-top: -0.6pt; }}
td {{ padding: 1.5pt 2pt; white-space: pre-wrap; overflow-wrap: anywhere; vertical-align: middle; }}
"""


def across(setup: PageSetup, items: list[Item]) -> str:
    """Landscape paper, if a page is turned."""
    return f"@page across {{ size: {setup.height}pt {setup.width}pt; }}" if TURNED in items else ""


def counter(footer: str) -> str:
    """The margin box that holds the page number."""
    before, after = footer.split("{}")
    return f'@bottom-center {{ content: "{before}" counter(page) "{after}"; font-size: 9pt; }}'


def item_html(item: Item) -> str:
    """One item."""
    if isinstance(item, PageBreak):
        return '<div style="break-before: page"></div>'
    if isinstance(item, Text):
        return text_html(item)
    return "".join(sheet_html(part, item.edges) for part in item.parts())


def text_html(text: Text) -> str:
    """A paragraph or heading."""
    style = (
        f"font-size: {text.size}pt; text-align: {text.align}; "
        f"margin: {text.space_before}pt 0 {text.space_after}pt; "
        f"text-indent: {2 if text.indent else 0}em; font-weight: {'bold' if text.bold else 'normal'}"
    )
    return f'<p style="{style}">{escape(text.text)}</p>'


def sheet_html(sheet: Sheet, edges: list[float]) -> str:
    """A table; its repeated rows, if they are its first, as a table head."""
    check_tiling(sheet)
    columns = "".join(f'<col style="width: {right - left}%">' for left, right in pairwise(edges))
    rows = [row_html(row, sheet.look, len(edges) - 1) for row in placed_cells(sheet, edges)]
    head = sheet.repeat[1] if sheet.repeat else 0
    thead = f"<thead>{''.join(rows[:head])}</thead>" if head else ""
    size = sheet.look.font_size
    return f'<table style="font-size: {size}pt">{columns}{thead}<tbody>{"".join(rows[head:])}</tbody></table>'


def row_html(row: list[Placed], look: Look, columns: int) -> str:
    """One row."""
    inside = "auto" if look.split_rows else "avoid"
    cells = "".join(cell_html(item, look, columns) for item in row)
    return f'<tr style="height: {look.row_height}pt; break-inside: {inside}">{cells}</tr>'


def cell_html(item: Placed, look: Look, columns: int) -> str:
    """One cell with its borders."""
    cell = item.cell
    style = BORDERS[look.ruling].format(w=look.line_width) + f"; text-align: {cell.align}"
    if look.ruling == "open":
        style += "; border-left: 0" * (item.column == 0)
        style += "; border-right: 0" * (item.column + item.columns == columns)
    if cell.bold:
        style += "; font-weight: bold"
    if cell.overflow:
        style += "; white-space: nowrap"
    return f'<td rowspan={cell.rows} colspan={item.columns} style="{style}">{escape(cell.text)}</td>'
