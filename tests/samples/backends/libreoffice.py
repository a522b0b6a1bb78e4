"""A word processor: the items as a flat OpenDocument text, which LibreOffice writes as PDF."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape, quoteattr

from tests.samples.backends.grid import Placed, check_tiling, covered_places, placed_cells
from tests.samples.backends.setup import PageSetup
from tests.samples.sheet import Item, Look, PageBreak, Sheet, Text

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)


def draw(items: list[Item], setup: PageSetup, target: Path) -> None:
    """Writes the items as .fodt and has LibreOffice convert them, with a fresh profile each time."""
    with TemporaryDirectory() as folder:
        source = Path(folder, "filing.fodt")
        source.write_text(Writer(setup).document(items), "utf-8")
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        target.write_bytes(Path(folder, "filing.pdf").read_bytes())


class Writer:
    """Collects automatic styles while it writes the body."""

    def __init__(self, setup: PageSetup) -> None:
        self.setup = setup
        self.styles: dict[str, str] = {}
        self.break_next = False
        self.turned = False
        self.master = "First" if setup.header else ""

    def document(self, items: list[Item]) -> str:
        """The whole file."""
        body = "\n".join(self.item(item) for item in items)
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text">'
            f"{self.defaults()}<office:automatic-styles>{page_layouts(self.setup, items)}"
            f"{''.join(f'<style:style style:name={quoteattr(n)} {s}' for s, n in self.styles.items())}"
            f"</office:automatic-styles>{master_pages(self.setup, items)}"
            f"<office:body><office:text>{body}</office:text></office:body></office:document>"
        )

    def defaults(self) -> str:
        """The font of everything."""
        name = self.setup.family
        return (
            f"<office:font-face-decls><style:font-face style:name={quoteattr(name)} "
            f"svg:font-family={quoteattr(repr(name))}/></office:font-face-decls><office:styles>"
            '<style:default-style style:family="paragraph"><style:text-properties '
            f"style:font-name={quoteattr(name)} style:font-name-asian={quoteattr(name)} "
            'fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/>'
            "</style:default-style></office:styles>"
        )

    def style(self, family: str, properties: str, attributes: str = "") -> str:
        """The name of an automatic style, made when it is first needed."""
        text = f'style:family="{family}"{attributes}>{properties}</style:style>'
        return self.styles.setdefault(text, f"a{len(self.styles)}")

    def item(self, item: Item) -> str:
        """One item; a page break is a property of what follows it."""
        if isinstance(item, PageBreak):
            self.break_next = True
            if item.turned != self.turned:
                self.turned, self.master = item.turned, "Turned" if item.turned else "Standard"
            return ""
        if isinstance(item, Text):
            return self.text(item)
        edges = item.edges
        return "".join(self.sheet(part, edges) for part in item.parts())

    def text(self, text: Text) -> str:
        """A paragraph or heading."""
        broken = 'fo:break-before="page" ' if self.break_next and not self.master else ""
        master = f' style:master-page-name="{self.master}"' if self.master else ""
        self.break_next, self.master = False, ""
        weight = "bold" if text.bold else "normal"
        name = self.style(
            "paragraph",
            f'<style:paragraph-properties {broken}fo:text-align="{text.align}" '
            f'fo:line-height="{self.setup.leading}%" '
            f'fo:margin-top="{text.space_before}pt" fo:margin-bottom="{text.space_after}pt" '
            f'fo:text-indent="{2 * text.size if text.indent else 0}pt"/>'
            f'<style:text-properties fo:font-size="{text.size}pt" style:font-size-asian="{text.size}pt" '
            f'fo:font-weight="{weight}" style:font-weight-asian="{weight}"/>',
            master,
        )
        return f'<text:p text:style-name="{name}">{spaced(text.text)}</text:p>'

    def sheet(self, sheet: Sheet, edges: list[float]) -> str:
        """A table; its repeated rows, if they are its first, as header rows."""
        check_tiling(sheet)
        across = self.setup.height if self.turned else self.setup.width
        width = across - 2 * self.setup.margin
        placed = placed_cells(sheet, edges)
        covered = covered_places(placed)
        rows = [self.row(row, index, covered, sheet.look, len(edges) - 1) for index, row in enumerate(placed)]
        head = sheet.repeat[1] if sheet.repeat else 0
        header = f"<table:table-header-rows>{''.join(rows[:head])}</table:table-header-rows>" if head else ""
        columns = "".join(
            f'<table:table-column table:style-name="{self.column(width * (right - left) / 100)}"/>'
            for left, right in pairwise(edges)
        )
        name = self.style(
            "table",
            f'<style:table-properties style:width="{width}pt" table:align="margins" '
            'table:border-model="collapsing" style:may-break-between-rows="true"/>',
        )
        return f'<table:table table:style-name="{name}">{columns}{header}{"".join(rows[head:])}</table:table>'

    def column(self, width: float) -> str:
        """A column style."""
        return self.style("table-column", f'<style:table-column-properties style:column-width="{width:.2f}pt"/>')

    def row(self, row: list[Placed], index: int, covered: set[tuple[int, int]], look: Look, columns: int) -> str:
        """One row with its covered places."""
        keep = "auto" if look.split_rows else "always"
        name = self.style(
            "table-row",
            f'<style:table-row-properties style:min-row-height="{look.row_height}pt" fo:keep-together="{keep}"/>',
        )
        places = {item.column: self.cell(item, look, columns) for item in row}
        places |= {c: "<table:covered-table-cell/>" for c in range(columns) if (index, c) in covered}
        cells = "".join(places[column] for column in sorted(places))
        return f'<table:table-row table:style-name="{name}">{cells}</table:table-row>'

    def cell(self, item: Placed, look: Look, columns: int) -> str:
        """One cell, a paragraph a line."""
        cell = item.cell
        style = self.style(
            "table-cell",
            '<style:table-cell-properties style:vertical-align="middle" fo:padding="2.2pt" '
            f"{borders(item, look, columns)}/>",
        )
        weight = "bold" if cell.bold else "normal"
        text = self.style(
            "paragraph",
            f'<style:paragraph-properties fo:text-align="{cell.align}" fo:orphans="1" fo:widows="1"/>'
            f'<style:text-properties fo:font-size="{look.font_size}pt" '
            f'style:font-size-asian="{look.font_size}pt" '
            f'fo:font-weight="{weight}" style:font-weight-asian="{weight}"/>',
        )
        lines = "".join(f'<text:p text:style-name="{text}">{spaced(line)}</text:p>' for line in cell.text.split("\n"))
        return (
            f'<table:table-cell table:style-name="{style}" table:number-columns-spanned="{item.columns}" '
            f'table:number-rows-spanned="{cell.rows}">{lines}</table:table-cell>'
        )


def borders(item: Placed, look: Look, columns: int) -> str:
    """The border attributes of a cell."""
    line = f"{look.line_width}pt {'dashed' if look.ruling == 'dashed' else 'solid'} #000000"
    upright = "none" if look.ruling in ("rules", "none") else line
    level = "none" if look.ruling == "none" else line
    left = "none" if look.ruling == "open" and item.column == 0 else upright
    right = "none" if look.ruling == "open" and item.column + item.columns == columns else upright
    sides = {"left": left, "right": right, "top": level, "bottom": level}
    return " ".join(f'fo:border-{side}="{style}"' for side, style in sides.items())


def spaced(text: str) -> str:
    """Text with its runs of blanks kept."""
    return escape(text).replace("  ", ' <text:s text:c="1"/>')


def page_layouts(setup: PageSetup, items: list[Item]) -> str:
    """Paper and margins, of the turned pages too where there are any."""
    layouts = page_layout(setup, "paper", setup.width, setup.height)
    if has_turned(items):
        layouts += page_layout(setup, "across", setup.height, setup.width)
    return (
        f'{layouts}<style:style style:name="foot" style:family="paragraph"><style:paragraph-properties '
        'fo:text-align="center"/><style:text-properties fo:font-size="9pt"/></style:style>'
    )


def has_turned(items: list[Item]) -> bool:
    """Whether a page is landscape."""
    return any(isinstance(item, PageBreak) and item.turned for item in items)


def page_layout(setup: PageSetup, name: str, width: float, height: float) -> str:
    """One sort of paper and its margins."""
    foot = setup.margin / 3
    top = foot if setup.header else setup.margin
    head = header_style(setup.margin - foot) if setup.header else ""
    wide = 'style:print-orientation="landscape" ' if width > height else ""
    return (
        f'<style:page-layout style:name="{name}"><style:page-layout-properties '
        f'fo:page-width="{width}pt" fo:page-height="{height}pt" {wide}fo:margin-top="{top}pt" '
        f'fo:margin-bottom="{foot}pt" fo:margin-left="{setup.margin}pt" fo:margin-right="{setup.margin}pt"/>'
        f"{head}<style:footer-style><style:header-footer-properties "
        f'fo:min-height="{setup.margin - foot}pt"/></style:footer-style></style:page-layout>'
    )


def header_style(height: float) -> str:
    """The room of the running line."""
    return f'<style:header-style><style:header-footer-properties fo:min-height="{height}pt"/></style:header-style>'


def master_pages(setup: PageSetup, items: list[Item]) -> str:
    """The pages with their number and running line; the first without that line."""
    pages = master_page(setup, "Standard", "paper", setup.header)
    if setup.header:
        pages += master_page(setup, "First", "paper", "", "Standard")
    if has_turned(items):
        pages += master_page(setup, "Turned", "across", setup.header)
    return f"<office:master-styles>{pages}</office:master-styles>"


def master_page(setup: PageSetup, name: str, layout: str, header: str, follows: str = "") -> str:
    """One sort of page."""
    before, _, after = setup.footer.partition("{}")
    number = f'{before}<text:page-number text:select-page="current">1</text:page-number>{after}'
    footer = f'<text:p text:style-name="foot">{number if setup.footer else ""}</text:p>'
    head = f'<style:header><text:p text:style-name="foot">{header}</text:p></style:header>' if header else ""
    after_it = f' style:next-style-name="{follows}"' if follows else ""
    return (
        f'<style:master-page style:name="{name}" style:page-layout-name="{layout}"{after_it}>'
        f"{head}<style:footer>{footer}</style:footer></style:master-page>"
    )
