"""The cells of an Excel file, poured into a new workbook; the library never opens the file itself.

openpyxl makes an object for each cell that a merged range or a link covers, translates formulas for each cell that
shares one, and reads styles, headers and drawings that nobody here needs; a small file can make it work for minutes.
So values, number formats, notes, links and merged ranges are read here from the measured parts, and nothing else.

Strict Open XML differs from the usual form by its namespaces and by dates as text, and is read like it.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from models.core.office_package import Package, PackageRefused, Relation

MAX_CELLS, MAX_TEXT = 30_000, 10_000_000
"""The cells with content, ten times what our own workbooks have, and their characters.

A text that many cells share counts for each.
"""
MAX_MERGED = 100_000
"""The cells that the merged ranges of a sheet may cover."""
MAX_SHEETS = 100
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONGEST_TITLE, LONGEST_FORMAT = 31, 255
"""What Excel allows; the name of a sheet is cut there, and a longer format is no format."""
GENERAL = "General"

CellValue = str | int | float | bool | datetime | date | time | timedelta | None


class NumberFormat(NamedTuple):
    """How a number is shown: the format itself, and whether it makes the number a moment or a length of time."""

    code: str = GENERAL
    is_date: bool = False
    is_duration: bool = False


def read_workbook_cells(package: Package) -> Workbook:
    """Return the sheets of a measured file; raises PackageRefused for more than a workbook of ours can hold.

    Raises ValueError or LookupError for a file that contradicts itself.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    main = package.main_part() or ""
    contents = _Contents(package, main)
    for title, state, part in contents.sheets:
        sheet = workbook.create_sheet(title[:LONGEST_TITLE])
        sheet.sheet_state = state
        if part:
            _read_sheet(part, sheet, contents)
    return workbook


class _Contents:
    """What the sheets of a file share: their names, texts and number formats, and the day that dates count from."""

    def __init__(self, package: Package, main: str) -> None:
        self.package = package
        self.epoch = WINDOWS_EPOCH
        self.sheets: list[tuple[str, str, str | None]] = []
        self._left, self._cells = MAX_TEXT, 0
        self._read: set[str] = set()
        relations = {relation.key: relation for relation in package.relations(main)}
        parts = {relation.kind: relation.part for relation in relations.values()}
        self.strings = self._strings(parts.get("sharedStrings"))
        self.formats = self._formats(parts.get("styles"))

        def start(name: str, given: Mapping[str, str]) -> None:
            if name == "workbookPr" and given.get("date1904") in {"1", "true"}:
                self.epoch = MAC_EPOCH
            elif name == "sheet":
                relation = relations.get(_by_local_name(given, "id"))
                part = relation.part if relation and relation.kind == "worksheet" else None
                self.sheets.append((given["name"], given.get("state", "visible"), part))
                if len(self.sheets) > MAX_SHEETS:
                    raise PackageRefused(f"has more than {MAX_SHEETS} sheets", "delete those that are not needed")

        package.walk(main, start)

    def walk(self, part: str | None, reader: "_Texts | _Cells") -> None:
        """Read a part if there is one, and never twice: a file could name one part as each of its sheets."""
        if part is not None and part in self.package.parts:
            if part in self._read:
                raise ValueError(part)
            self._read.add(part)
            self.package.walk(part, reader.start, reader.end, reader.text)

    def count_cell(self, value: CellValue) -> None:
        """Count a cell with content among all that the workbook holds."""
        self._cells += 1
        if self._cells > MAX_CELLS:
            what = f"has content in more than {MAX_CELLS:,} cells"
            raise PackageRefused(what, "copy the rows that are needed into a new file")
        if isinstance(value, str):
            self.count(value)

    def count(self, text: str) -> str:
        """The text, counted among all that the workbook holds."""
        self._left -= len(text)
        if self._left < 0:
            what = f"contains more than {MAX_TEXT // 1_000_000} million characters"
            raise PackageRefused(what, "copy what is needed into a new file")
        return text

    def _strings(self, part: str | None) -> list[str]:
        strings: list[str] = []
        self.walk(part, _Texts("si", lambda text: strings.append(self.count(text))))
        return strings

    def _formats(self, part: str | None) -> list[NumberFormat]:
        """The number format of each style that a cell can have."""
        codes, styles = dict(BUILTIN_FORMATS), list[int]()
        is_for_cells = False  # the formats of named styles are listed before, and have the same name

        def start(name: str, given: Mapping[str, str]) -> None:
            nonlocal is_for_cells
            if name == "numFmt":
                codes[int(given["numFmtId"])] = given.get("formatCode", GENERAL)
            elif name == "xf" and is_for_cells:
                styles.append(int(given.get("numFmtId", 0)))
            elif name in {"cellXfs", "cellStyleXfs"}:
                is_for_cells = name == "cellXfs"

        if part is not None and part in self.package.parts:
            self.package.walk(part, start)
        known = {number: _number_format(codes.get(number, GENERAL)) for number in set(styles)}
        return [known[number] for number in styles]


def _by_local_name(given: Mapping[str, str], name: str) -> str:
    """An attribute whose name may have the prefix of a namespace."""
    return next((value for key, value in given.items() if key.rpartition(":")[2] == name), "")


def _number_format(code: str) -> NumberFormat:
    if len(code) > LONGEST_FORMAT:
        return NumberFormat()
    return NumberFormat(code, is_date_format(code), is_timedelta_format(code))


class _Texts:
    """The texts within elements of one name, in one piece whatever their fonts; hints on pronunciation are left out."""

    def __init__(self, within: str, done: Callable[[str], None]) -> None:
        self._within, self._done = within, done
        self._pieces: list[str] = []
        self._is_text = self._is_hint = False

    def start(self, name: str, _given: Mapping[str, str]) -> None:
        if name == self._within:
            self._pieces.clear()
        elif name == "rPh":
            self._is_hint = True
        self._is_text = name == "t" and not self._is_hint

    def text(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        if name == self._within:
            self._done("".join(self._pieces))
        elif name == "rPh":
            self._is_hint = False
        self._is_text = False


class _Notes(_Texts):
    """The notes of a sheet, each put into its cell."""

    def __init__(self, sheet: Worksheet, contents: _Contents) -> None:
        super().__init__("comment", self._keep)
        self._sheet, self._contents = sheet, contents
        self._place = ""

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "comment":
            self._place = given["ref"]
        super().start(name, given)

    def _keep(self, text: str) -> None:
        row, column = _place(self._place)
        self._sheet.cell(row, column).comment = Comment(self._contents.count(text), "")


def _read_sheet(part: str, sheet: Worksheet, contents: _Contents) -> None:
    relations = {relation.key: relation for relation in contents.package.relations(part)}
    contents.walk(part, _Cells(sheet, contents, relations))
    if sheet._cells:  # noqa: SLF001  # as the library's own reader does; else the sheet counts as empty
        sheet._current_row = sheet.max_row  # type: ignore[attr-defined]  # noqa: SLF001  # as above
    for relation in relations.values():
        if relation.kind == "comments":
            contents.walk(relation.part, _Notes(sheet, contents))


def _place(reference: str) -> tuple[int, int]:
    """The row and column of a cell; ValueError for a place that no sheet has."""
    row, column = coordinate_to_tuple(reference)
    if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
        raise ValueError(reference)
    return row, column


class _Cells:
    """Takes the elements of a sheet as they come, and puts a cell with content into the new sheet when it ends."""

    def __init__(self, sheet: Worksheet, contents: _Contents, relations: Mapping[str, Relation]) -> None:
        self.sheet, self.contents, self.relations = sheet, contents, relations
        self.row = self.column = self.covered = 0
        self.cell: Mapping[str, str] | None = None
        self.collecting: list[str] | None = None
        self.value: list[str] = []
        self.formula: list[str] | None = None
        self.is_hint = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if self.cell is not None:
            self._start_within_cell(name)
        elif name == "c":
            self.cell = given
            self.value, self.formula = [], None
            self.row, self.column = _place(given["r"]) if "r" in given else (self.row, self.column + 1)
        elif name == "row":
            self.row, self.column = int(given.get("r", self.row + 1)), 0
        elif name == "mergeCell":
            self._merge(given["ref"])
        elif name == "hyperlink":
            self._link(given)

    def _start_within_cell(self, name: str) -> None:
        self.collecting = None
        if name == "f":
            self.formula = self.collecting = []
        elif name == "rPh":
            self.is_hint = True
        elif name == "v" or (name == "t" and not self.is_hint):
            self.collecting = self.value

    def text(self, text: str) -> None:
        if self.collecting is not None:
            self.collecting.append(text)

    def end(self, name: str) -> None:
        self.collecting = None
        if name == "rPh":
            self.is_hint = False
        elif name == "c" and self.cell is not None:
            self._keep(self.cell)
            self.cell = None

    def _keep(self, given: Mapping[str, str]) -> None:
        text, number_format = "".join(self.value), NumberFormat()
        value: CellValue
        if self.formula is not None:
            value, kind = f"={''.join(self.formula)}", "f"
        elif not text:
            return
        else:
            if "s" in given and self.contents.formats:
                number_format = self.contents.formats[int(given["s"])]
            value, kind = self._value(text, given.get("t", "n"), number_format)
        self.contents.count_cell(value)
        cell = Cell(self.sheet, self.row, self.column)
        # What is read stays as it is: the library would take a text that begins with = for a formula.
        cell._value, cell.data_type = value, kind  # type: ignore[attr-defined]  # noqa: SLF001  # as its own reader does
        if number_format.code != GENERAL:
            cell.number_format = number_format.code
        self.sheet._cells[self.row, self.column] = cell  # noqa: SLF001  # as above

    def _value(self, text: str, kind: str, number_format: NumberFormat) -> tuple[CellValue, str]:
        """A value and its type, as openpyxl names them: s text, n number, b truth value, d date or time, e error."""
        match kind:
            case "s":
                return self.contents.strings[int(text)], "s"
            case "str" | "inlineStr":
                return text, "s"
            case "b":
                return text in {"1", "true"}, "b"
            case "d":
                moment = from_ISO8601(text)  # type: ignore[no-untyped-call]
                is_day = isinstance(moment, date) and not isinstance(moment, datetime)
                return datetime.combine(moment, time()) if is_day else moment, "d"
            case "e":
                return text, "e"
        return self._number(float(text) if set(text) & set(".eE") else int(text), number_format)

    def _number(self, number: float, number_format: NumberFormat) -> tuple[CellValue, str]:
        if not isfinite(number):
            return "#NUM!", "e"
        if not number_format.is_date:
            return number, "n"
        try:
            return from_excel(number, self.contents.epoch, timedelta=number_format.is_duration), "d"
        except (OverflowError, ValueError):
            return "#VALUE!", "e"

    def _merge(self, reference: str) -> None:
        for corner in reference.split(":"):
            _place(corner)
        merged = CellRange(reference)
        self.covered += merged.size["rows"] * merged.size["columns"]
        if self.covered > MAX_MERGED:
            what = f"merges {self.covered:,} cells on the sheet “{self.sheet.title}” ({reference})"
            raise PackageRefused(what, "unmerge them and save the file again")
        # Its own `add` compares with every range that is there.
        self.sheet.merged_cells.ranges.add(merged)

    def _link(self, given: Mapping[str, str]) -> None:
        """The address behind the first cell of a link, if that cell has content."""
        relation = self.relations.get(_by_local_name(given, "id"))
        cell = self.sheet._cells.get(_place(given["ref"].partition(":")[0]))  # noqa: SLF001  # as above
        if relation and cell is not None:
            cell.hyperlink = relation.target
