"""The status matrix in Word: each cell shows the status of a party by symbol, word and fill."""

from itertools import groupby

from reports.formats.word.colours import coloured, properties, status_box
from reports.formats.word.sheet import Sheet
from reports.formats.word.tables import cell, framed, head_row
from reports.formats.word.xml import Node, node, run
from reports.parts.marks import Cell, MatrixRow, StatusMatrix
from reports.parts.symbols import matrix_legend, status_symbol, status_word

COUNT = 1050
"""The width of the last column, in twips; the parties share two thirds of the page, the names have the rest."""


def draw_matrix(sheet: Sheet, matrix: StatusMatrix) -> list[Node]:
    """Return caption, table, legend and the full names of the parties."""
    return [sheet.table_caption(matrix.sentence), _Drawing(sheet, matrix).table(), *_legend(sheet, matrix)]


def _legend(sheet: Sheet, matrix: StatusMatrix) -> list[Node]:
    marks: list[Node] = []
    for sign, meaning in matrix_legend():
        style = sheet.style("Symbol") if len(sign) == 1 else ""
        marks += [run(sign, style=style), run(f"\u00a0{meaning.replace(' ', chr(0xA0))}   ")]
    notes = (f" ({column.note})" if column.note else "" for column in matrix.columns)
    names = "; ".join(f"{column.key} {column.name}{note}" for column, note in zip(matrix.columns, notes, strict=True))
    return [sheet.paragraph("Note", *marks), sheet.paragraph("Note", run(f"{names}."))]


class _Drawing:
    """A matrix on the width of a page."""

    def __init__(self, sheet: Sheet, matrix: StatusMatrix) -> None:
        self.sheet, self.matrix = sheet, matrix
        self.party = (sheet.width * 2 // 3 - COUNT) // max(len(matrix.columns), 1)
        parties = [self.party] * len(matrix.columns)
        self.widths = [sheet.width - COUNT - sum(parties), *parties, COUNT]

    def table(self) -> Node:
        rows = [self._head()]
        for name, group in groupby(self.matrix.rows, lambda row: row.group):
            rows += [self._group(name), *map(self._row, group)]
        rows.append(self._foot())
        return framed(
            self.sheet, "Report Matrix", self.widths, rows, title=self.matrix.sentence, words=self._words(), total=True
        )

    def _words(self) -> str:
        """The matrix in words, as alternative text."""
        return " ".join(f"{row.key}: {'; '.join(part.sentence for part in row.cells)}." for row in self.matrix.rows)

    def _head(self) -> Node:
        names = ("Initiative", *(column.key for column in self.matrix.columns), "Completed")
        heads = (self._centred(name, "Table Heading", first=not number, keep=True) for number, name in enumerate(names))
        return head_row(*map(cell, self.widths, heads))

    def _centred(self, text: str, style: str, *, first: bool = False, keep: bool = False) -> Node:
        made = self.sheet.paragraph(style, run(text), keep=keep)
        if not first:
            made[0].append(node("jc", val="center"))
        return made

    def _group(self, name: str) -> Node:
        head = self.sheet.paragraph("Table Heading", run(name), keep=True)
        whole = cell(sum(self.widths), head, span=len(self.widths))
        return node("tr", node("trPr", node("cantSplit")), whole)

    def _row(self, row: MatrixRow) -> Node:
        tagged = [run(" "), run(f"({row.tag})", style=self.sheet.style("Tag"))] if row.tag else []
        name = self.sheet.paragraph("Table Text", run(f"{row.key} {row.name}"), *tagged)
        parties = (self._cell(content) for content in row.cells)
        count = cell(COUNT, self._centred(row.count, "Table Text"))
        return node("tr", node("trPr", node("cantSplit")), cell(self.widths[0], name), *parties, count)

    def _cell(self, content: Cell) -> Node:
        if not content.takes_part:
            return cell(self.party, self.sheet.paragraph("Mark Text"))
        look = status_box(content)
        sign = run(status_symbol(content), coloured(look.ink), style=self.sheet.style("Symbol"))
        word = f"{status_word(content)}{', not cleared' if content.submitted_only else ''}"
        words = self.sheet.paragraph("Mark Text", run(word, coloured(look.ink)))
        return cell(self.party, self.sheet.paragraph("Mark Text", sign), words, properties=properties(look))

    def _foot(self) -> Node:
        head = self.sheet.paragraph("Table Text", run("Completed, of the commitments of the state"))
        counts = (cell(self.party, self._centred(column.count, "Mark Text")) for column in self.matrix.columns)
        last = cell(COUNT, self.sheet.paragraph("Table Text"))
        return node("tr", node("trPr", node("cantSplit")), cell(self.widths[0], head), *counts, last)
