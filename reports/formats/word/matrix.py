"""The status matrix in Word: each cell says what a party reported, by symbol, by word and by fill."""

from itertools import groupby

from reports.formats.word.colours import coloured, properties, status_box
from reports.formats.word.sheet import Sheet
from reports.formats.word.tables import cell, framed, head_row
from reports.formats.word.xml import Node, node, run
from reports.parts.marks import Cell, MatrixColumn, MatrixRow, StatusMatrix
from reports.parts.symbols import matrix_legend, status_symbol, status_word

COUNT = 1050
"""The width of the last column, in twips; the parties share two thirds of the page, the names have the rest."""


def matrix(sheet: Sheet, told: StatusMatrix) -> list[Node]:
    """Caption, table, legend and the names behind the short ones."""
    return [sheet.table_caption(told.sentence), _Drawing(sheet, told).table(), *_legend(sheet, told)]


def _legend(sheet: Sheet, told: StatusMatrix) -> list[Node]:
    marks: list[Node] = []
    for sign, meaning in matrix_legend():
        style = sheet.style("Symbol") if len(sign) == 1 else ""
        marks += [run(sign, style=style), run(f"\u00a0{meaning.replace(' ', chr(0xA0))}   ")]
    names = "; ".join(f"{one.key} {one.name}{f' ({one.note})' if one.note else ''}" for one in told.columns)
    return [sheet.paragraph("Note", *marks), sheet.paragraph("Note", run(f"{names}."))]


class _Drawing:
    """One matrix on one page's width."""

    def __init__(self, sheet: Sheet, told: StatusMatrix) -> None:
        self.sheet, self.told = sheet, told
        self.party = (sheet.width * 2 // 3 - COUNT) // max(len(told.columns), 1)
        self.widths = [sheet.width - COUNT - self.party * len(told.columns), *[self.party] * len(told.columns), COUNT]

    def table(self) -> Node:
        rows = [self._head()]
        for name, group in groupby(self.told.rows, lambda row: row.group):
            rows += [self._group(name), *map(self._row, group)]
        rows.append(self._foot())
        return framed(
            self.sheet, "Report Matrix", self.widths, rows, title=self.told.sentence, words=self._words(), total=True
        )

    def _words(self) -> str:
        """Everything the matrix says, for whoever does not see it."""
        return " ".join(f"{row.key}: {'; '.join(one.sentence for one in row.cells)}." for row in self.told.rows)

    def _head(self) -> Node:
        names = ("Initiative", *(one.key for one in self.told.columns), "Completed")
        return head_row(
            *(
                cell(width, self._centred(name, "Table Heading", first=not number, keep=True))
                for number, (width, name) in enumerate(zip(self.widths, names, strict=True))
            )
        )

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
        parties = (self._cell(one) for one in row.cells)
        count = cell(COUNT, self._centred(row.count, "Table Text"))
        return node("tr", node("trPr", node("cantSplit")), cell(self.widths[0], name), *parties, count)

    def _cell(self, told: Cell) -> Node:
        if not told.takes_part:
            return cell(self.party, self.sheet.paragraph("Mark Text"))
        drawn = status_box(told)
        sign = run(status_symbol(told), coloured(drawn.ink), style=self.sheet.style("Symbol"))
        word = f"{status_word(told)}{', not cleared' if told.submitted_only else ''}"
        words = self.sheet.paragraph("Mark Text", run(word, coloured(drawn.ink)))
        return cell(self.party, self.sheet.paragraph("Mark Text", sign), words, properties=properties(drawn))

    def _foot(self) -> Node:
        head = self.sheet.paragraph("Table Text", run("Completed, of the commitments of the state"))
        counts = (cell(self.party, self._count(one)) for one in self.told.columns)
        return node(
            "tr",
            node("trPr", node("cantSplit")),
            cell(self.widths[0], head),
            *counts,
            cell(COUNT, self.sheet.paragraph("Table Text")),
        )

    def _count(self, column: MatrixColumn) -> Node:
        return self._centred(column.count, "Mark Text")
