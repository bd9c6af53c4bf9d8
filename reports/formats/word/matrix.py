"""The status matrix in Word: each cell shows the status of a party by symbol, word and fill."""

from itertools import groupby

from models.core.vocabulary import Health, Status
from reports.formats.colours import BOXES, DONE, EMPTY, GREY, GROUND, QUIET, SOFT, WHITE, Box
from reports.formats.word.sheet import Node, WordSheet, run
from reports.formats.word.tables import boxed, cell, coloured, framed, legend, tagged, whole_row
from reports.parts.marks import MatrixCell, MatrixRow, StatusMatrix
from reports.parts.symbols import matrix_legend, status_symbol, status_word

COUNT = 1050
"""The width of the last column, in twips; the parties share two thirds of the page, the names have the rest."""


def draw_matrix(sheet: WordSheet, matrix: StatusMatrix) -> list[Node]:
    """Return caption, table, legend and the full names of the parties."""
    return [sheet.table_caption(matrix.sentence), _MatrixTable(sheet, matrix).table(), *_legend(sheet, matrix)]


def _legend(sheet: WordSheet, matrix: StatusMatrix) -> list[Node]:
    signs = ((sign, None, meaning) for sign, meaning in matrix_legend())
    columns = (f"{column.key} {column.name}{f' ({column.note})' if column.note else ''}" for column in matrix.columns)
    return [legend(sheet, signs), sheet.paragraph("Note", run(f"{'; '.join(columns)}."))]


class _MatrixTable:
    """A matrix on the width of a page."""

    def __init__(self, sheet: WordSheet, matrix: StatusMatrix) -> None:
        self.sheet, self.matrix = sheet, matrix
        self.party = (sheet.width * 2 // 3 - COUNT) // max(len(matrix.columns), 1)
        parties = [self.party] * len(matrix.columns)
        self.widths = [sheet.width - COUNT - sum(parties), *parties, COUNT]

    def table(self) -> Node:
        rows = [self._head()]
        for name, group in groupby(self.matrix.rows, lambda row: row.group):
            head = self.sheet.paragraph("Table Heading", run(name), keep=True)
            rows.append(whole_row(cell(sum(self.widths), head, span=len(self.widths))))
            rows += map(self._row, group)
        rows.append(self._foot())
        words = " ".join(f"{row.key}: {'; '.join(part.sentence for part in row.cells)}." for row in self.matrix.rows)
        return framed(
            self.sheet, "Report Matrix", self.widths, rows, title=self.matrix.sentence, words=words, total=True
        )

    def _head(self) -> Node:
        names = ("Initiative", *(column.key for column in self.matrix.columns), "Completed")
        heads = (
            self.sheet.paragraph("Table Heading", run(name), keep=True, side="center" if number else "")
            for number, name in enumerate(names)
        )
        return whole_row(*map(cell, self.widths, heads), head=True)

    def _row(self, row: MatrixRow) -> Node:
        name = self.sheet.paragraph("Table Text", run(f"{row.key} {row.name}"), *tagged(self.sheet, row.tag))
        count = self.sheet.paragraph("Table Text", run(row.count), side="center")
        return whole_row(cell(self.widths[0], name), *map(self._cell, row.cells), cell(COUNT, count))

    def _cell(self, content: MatrixCell) -> Node:
        if not content.takes_part:
            return cell(self.party, self.sheet.paragraph("Mark Text"))
        look = _status_box(content)
        sign = run(status_symbol(content), coloured(look.ink), style=self.sheet.style("Symbol"))
        word = f"{status_word(content)}{', not cleared' if content.submitted_only else ''}"
        words = self.sheet.paragraph("Mark Text", run(word, coloured(look.ink)))
        return cell(self.party, self.sheet.paragraph("Mark Text", sign), words, properties=boxed(look))

    def _foot(self) -> Node:
        head = self.sheet.paragraph("Table Text", run("Completed, of the commitments of the state"))
        counts = (self.sheet.paragraph("Mark Text", run(col.count), side="center") for col in self.matrix.columns)
        return whole_row(*map(cell, self.widths, (head, *counts, self.sheet.paragraph("Table Text"))))


_STATUS_BOXES = {
    Status.COMPLETED: BOXES[Health.COMPLETED],
    Status.ONGOING: BOXES[Health.ON_TRACK],
    Status.NOT_STARTED: Box(WHITE, GREY, SOFT),
    Status.SUSPENDED: Box(GROUND, GREY, SOFT),
}


def _status_box(cell: MatrixCell) -> Box:
    """Return the box of a cell of the matrix; hollow while it is only submitted."""
    if cell.status is None:
        return EMPTY
    if cell.submitted_only:
        return Box(WHITE, DONE, DONE, "dashed")
    return _STATUS_BOXES.get(cell.status, QUIET)
