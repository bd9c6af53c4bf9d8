"""A workbook for the report: sheets of one form, text that stays text, formulas with cached values.

openpyxl writes a formula without its value, so a program that does not calculate (a preview, a phone, Excel's
protected view) would show nothing. The values are known here and added afterwards; programs that calculate compute
them again when they open the file.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from models.core.spreadsheet import workbook_bytes, write_cell
from models.core.text import tidy
from reports.formats.office_bytes import fixed
from reports.report import Report, Value

BANNER_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3
A3, A4 = 8, 9
MARGIN_INCHES, FOOT_INCHES = 0.4, 0.8
LINE_HEIGHT, PADDING, HIGHEST = 15, 3, 405
"""In points; a row of Excel is at most 409 high, and a longer text is read in its cell."""
LONGEST_FOOT = 225
"""Of the 255 characters that Excel allows in a page header or footer, codes included."""

PAINTS = {"completed": "E8F0FA", "at risk": "FDF3DC", "overdue": "F7D4D1"}
"""The fill behind these words; colour is never used alone."""
HEADS, TOTALS = "heads", "totals"
GROUNDS = PAINTS | {HEADS: "1F3A5F", TOTALS: "F2F2F2"}
TEXT, NUMBER, DAY, ASSUMED_DAY = "text", "number", "day", "assumed day"
FORMATS = {TEXT: "@", NUMBER: "General", DAY: "d mmm yyyy", ASSUMED_DAY: 'd mmm yyyy" (assumed)"'}
SIDES = {TEXT: "left", NUMBER: "right", DAY: "left", ASSUMED_DAY: "left"}
FONT = "Calibri"
LINE = Side(style="thin", color="BFBFBF")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its cached value."""

    formula: str
    result: Value


@dataclass(frozen=True, slots=True)
class Day:
    """A date, and whether it is assumed."""

    on: date
    assumed: bool


Content = Value | Formula | Day


@dataclass(frozen=True, slots=True)
class SheetHead:
    """The head of a column, and its width in characters; a spare column is folded."""

    title: str
    width: int = 14
    spare: bool = False


def _style(name: str, kind: str, ground: str) -> NamedStyle:
    return NamedStyle(
        name=name,
        number_format=FORMATS[kind],
        font=Font(name=FONT, size=11, bold=ground in {HEADS, TOTALS}, color="FFFFFF" if ground == HEADS else "1A1A1A"),
        fill=PatternFill("solid", fgColor=GROUNDS[ground]) if ground else PatternFill(),
        border=FRAME,
        alignment=Alignment(vertical="top", wrap_text=True, horizontal=SIDES[kind], indent=int(kind == NUMBER)),
    )


@dataclass(frozen=True)
class Page:
    """A sheet: a banner, heads below it, rows below them."""

    workbook: Workbook
    sheet: Worksheet
    heads: tuple[SheetHead, ...]
    results: dict[str, Value] = field(default_factory=dict)

    def row(self, number: int, contents: Sequence[Content], *, ground: str = "") -> None:
        """Write a row; `ground` is its background where it is set apart."""
        spare: list[Content] = [None] * (len(self.heads) - len(contents))
        for column, content in enumerate([*contents, *spare], start=1):
            value = content.result if isinstance(content, Formula) else content
            painted = value if isinstance(value, str) and value in PAINTS else ""
            self._cell(number, column, content, painted or ground)
        self.sheet.row_dimensions[number].height = _height(contents, self.heads)

    def _cell(self, row: int, column: int, content: Content, ground: str) -> None:
        if isinstance(content, Formula):
            cell: Cell = self.sheet.cell(row, column, content.formula)
            cell.style = self._style(NUMBER, ground)
            self.results[cell.coordinate] = content.result
        elif isinstance(content, Day):
            kind = ASSUMED_DAY if content.assumed else DAY
            write_cell(self.sheet, row, column, content.on, style=self._style(kind, ground))
        else:
            kind = TEXT if isinstance(content, str) else DAY if isinstance(content, date) else NUMBER
            plain = tidy(content) if isinstance(content, str) else content
            write_cell(self.sheet, row, column, plain, style=self._style(kind, ground))

    def _style(self, kind: str, ground: str) -> str:
        """The named style for a kind of content on a background, made when first needed."""
        name = f"Report {kind} {ground}".strip()
        if name not in self.workbook.named_styles:
            self.workbook.add_named_style(_style(name, kind, ground))
        return name

    def close(self, last: int, *, frozen: int, filtered: int = 0, paper: int = A4) -> None:
        """Set the frozen columns, the filter (down to a row) and the print setup."""
        end = get_column_letter(len(self.heads))
        self.sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{FIRST_ROW}"
        if filtered >= FIRST_ROW:
            self.sheet.auto_filter.ref = f"A{HEAD_ROW}:{end}{filtered}"
        self.sheet.print_area = f"A{BANNER_ROW}:{end}{max(last, HEAD_ROW)}"
        self.sheet.print_title_rows = f"{BANNER_ROW}:{HEAD_ROW}"
        self.sheet.page_setup.orientation, self.sheet.page_setup.paperSize = "landscape", paper
        self.sheet.page_setup.fitToWidth, self.sheet.page_setup.fitToHeight = 1, 0


class Book:
    """The workbook of one report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._workbook = Workbook()
        self._workbook.remove(self._workbook.worksheets[0])
        self._pages: list[Page] = []

    def page(self, title: str, banner: str, heads: Sequence[SheetHead]) -> Page:
        """Return a new sheet with banner and heads; the demonstration mark is on it and on each printed page."""
        sheet = self._workbook.create_sheet(title)
        page = Page(self._workbook, sheet, tuple(heads))
        self._pages.append(page)
        banner_cell = write_cell(
            sheet, BANNER_ROW, 1, tidy(" · ".join(filter(None, (self._report.demonstration, banner))))
        )
        banner_cell.font, banner_cell.alignment = Font(name=FONT, bold=True), Alignment(vertical="center")
        page.row(HEAD_ROW, [head.title for head in heads], ground=HEADS)
        sheet.row_dimensions[HEAD_ROW].height = 2 * LINE_HEIGHT + PADDING
        for number, head in enumerate(heads, start=1):
            column = sheet.column_dimensions[get_column_letter(number)]
            column.width = head.width
            column.outlineLevel, column.hidden = int(head.spare), head.spare
        self._print(sheet)
        return page

    def _print(self, sheet: Worksheet) -> None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # every new sheet has one
        sheet.page_margins = PageMargins(MARGIN_INCHES, MARGIN_INCHES, FOOT_INCHES, FOOT_INCHES)
        sheet.oddHeader.center.text = _coded(self._report.demonstration) or None  # type: ignore[union-attr]  # as above
        sheet.oddFooter.left.text = _coded(self._report.foot)  # type: ignore[union-attr]  # as above
        sheet.oddFooter.left.size = 8  # type: ignore[union-attr]  # as above
        sheet.oddFooter.right.text = "&P / &N"  # type: ignore[union-attr]  # as above

    def free_title(self, wanted: str) -> str:
        """Return a sheet title that Excel accepts and that no other sheet or table of data has."""
        titles = {*(page.sheet.title for page in self._pages), *(records.title for records in self._report.records)}
        short = wanted[:28]
        return short if short.casefold() not in map(str.casefold, titles) else self.free_title(f"{short[:24]} +")

    def name(self, name: str, page: Page, cells: str) -> None:
        """Name cells of a sheet, given as $A$3:$A$9, so that formulas can be read."""
        self._workbook.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(page.sheet.title)}!{cells}")

    def to_bytes(self) -> bytes:
        """Return the bytes of the file, with cached values; programs that calculate do so when they open it."""
        properties = self._workbook.properties
        properties.title, properties.creator = tidy(self._report.head.title), "AIPRAP 2026-2030"
        properties.description = self._report.demonstration or None
        if self._workbook.calculation:
            self._workbook.calculation.fullCalcOnLoad = True
        results = {f"xl/worksheets/sheet{number}.xml": page.results for number, page in enumerate(self._pages, start=1)}
        content = workbook_bytes(self._workbook)
        return fixed(content, self._report.made_at, lambda name, part: _filled(part, results.get(name, {})))


def _height(contents: Sequence[Content], heads: Sequence[SheetHead]) -> int:
    """Height for the longest text, in points; not every program adjusts rows when it opens a file."""
    pairs = [(content, head.width) for content, head in zip(contents, heads, strict=False) if isinstance(content, str)]
    lines = (sum(len(line) * 9 // (width * 8) + 1 for line in text.split("\n")) for text, width in pairs)
    return min(LINE_HEIGHT * max(lines, default=1) + PADDING, HIGHEST)


def _coded(text: str) -> str:
    """Text for a page header or footer, in which & begins a code."""
    short = text if len(text) <= LONGEST_FOOT else f"{text[:LONGEST_FOOT].rpartition(' ')[0]} …"
    return short.replace("&", "&&")


_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)>(<f>.*?</f>)<v\s*(?:/>|></v>)</c>', re.DOTALL)


def _filled(part: bytes, results: Mapping[str, Value]) -> bytes:
    def filled(match: re.Match[bytes]) -> bytes:
        result = results[match[1].decode()]
        kind = b"" if isinstance(result, int | float) else b' t="str"'
        text = escape("" if result is None else str(result), quote=False).encode()
        return b'<c r="%s"%s%s>%s<v>%s</v></c>' % (match[1], match[2], kind, match[3], text)

    return _FORMULA.sub(filled, part) if results else part
