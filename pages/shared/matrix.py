"""The status matrix as HTML: a table on a wide screen, and on a phone a block of cells under each initiative."""

from html import escape
from itertools import groupby

from models.access.view_choice import Asked
from models.core.vocabulary import Status
from pages.shared.links import address, initiative_address, link
from pages.shared.markup import symbol, tag, unseen
from reports.parts.marks import Cell, MatrixColumn, MatrixRow, StatusMatrix

NO_REPORT = "no_report"
SYMBOLS = {
    Status.COMPLETED: "completed",
    Status.ONGOING: "on_track",
    Status.NOT_STARTED: "not_started",
    Status.SUSPENDED: "suspended",
    Status.NOT_APPLICABLE: "not_applicable",
}


def status_matrix(mark: StatusMatrix, asked: Asked, *, chosen: str = "") -> str:
    """Initiatives by parties, in groups; `chosen` is the party whose column stands out."""
    return _Drawing(mark, asked, chosen).table()


def legend() -> str:
    """What each cell means, in words."""
    names = [(name, status.label.lower()) for status, name in SYMBOLS.items()]
    cells = "".join(f'<li><span class="t-cell t-{name}">{symbol(name)}</span>{word}</li>' for name, word in names)
    empty = f'<li><span class="t-cell t-{NO_REPORT}"></span>no report</li>'
    return f'<ul class="t-legend" role="list">{cells}{empty}<li>blank: does not take part</li></ul>'


class _Drawing:
    """One matrix being drawn for one reader."""

    def __init__(self, mark: StatusMatrix, asked: Asked, chosen: str) -> None:
        self.mark, self.asked, self.chosen = mark, asked, chosen

    def table(self) -> str:
        caption = f'<caption class="t-unseen">{escape(self.mark.sentence)}</caption>'
        bodies = "".join(self._body(name, list(rows)) for name, rows in groupby(self.mark.rows, lambda row: row.group))
        return f'<table class="t-parties" role="table">{caption}{self._head()}{bodies}{self._foot()}</table>'

    def _head(self) -> str:
        heads = "".join(map(self._column, self.mark.columns))
        corner, count = (f'<th scope="col" role="columnheader">{name}</th>' for name in ("Initiative", "Completed"))
        return f'<thead role="rowgroup"><tr role="row">{corner}{heads}{count}</tr></thead>'

    def _column(self, column: MatrixColumn) -> str:
        url = address("member-states", self.asked, {"state": column.key})
        name = link(url, f"{escape(column.key)}{unseen(f' {column.name}')}", title=column.name)
        return f'<th scope="col" role="columnheader"{self._class(column)}>{name}</th>'

    def _class(self, column: MatrixColumn, more: str = "") -> str:
        names = " ".join(filter(None, (more, "t-chosen" if column.key == self.chosen else "")))
        return f' class="{names}"' if names else ""

    def _body(self, name: str, rows: list[MatrixRow]) -> str:
        width = len(self.mark.columns) + 2
        cell = f'<th scope="rowgroup" role="rowheader" colspan="{width}">{escape(name)}</th>'
        head = f'<tr role="row" class="t-group">{cell}</tr>'
        return f'<tbody role="rowgroup">{head}{"".join(map(self._row, rows))}</tbody>'

    def _row(self, row: MatrixRow) -> str:
        named = link(initiative_address(row.key, self.asked), f"<b>{escape(row.key)}</b> {escape(row.name)}")
        pairs = zip(self.mark.columns, row.cells, strict=True)
        cells = "".join(self._cell(row, column, cell) for column, cell in pairs)
        return (
            f'<tr role="row"><th scope="row" role="rowheader">{named}{tag(row.tag)}</th>{cells}'
            f'<td role="cell" class="t-total">{escape(row.count)}<span class="t-narrow"> completed</span></td></tr>'
        )

    def _cell(self, row: MatrixRow, column: MatrixColumn, cell: Cell) -> str:
        content = self._mark(row, column, cell) if cell.takes_part else unseen(cell.sentence)
        return f'<td role="cell" data-head="{escape(column.key)}"{self._class(column)}>{content}</td>'

    def _mark(self, row: MatrixRow, column: MatrixColumn, cell: Cell) -> str:
        name = SYMBOLS[cell.status] if cell.status else NO_REPORT
        hollow = " t-assumed" if cell.submitted_only else ""
        reached = f'<small aria-hidden="true">{cell.percent}</small>' if cell.status is Status.ONGOING else ""
        url = escape(initiative_address(row.key, self.asked, column.key))
        told = f"{symbol(name) if cell.status else ''}{reached}{unseen(cell.sentence)}"
        return f'<a class="t-cell t-{name}{hollow}" href="{url}" title="{escape(cell.sentence)}">{told}</a>'

    def _foot(self) -> str:
        cells = "".join(
            f'<td role="cell" data-head="{escape(one.key)}"{self._class(one)}>{escape(one.count)}{_note(one)}</td>'
            for one in self.mark.columns
        )
        head = '<th scope="row" role="rowheader">Completed, of the commitments of the state</th>'
        return f'<tfoot role="rowgroup"><tr role="row">{head}{cells}<td role="cell"></td></tr></tfoot>'


def _note(column: MatrixColumn) -> str:
    return f'<small class="t-joined">{escape(column.note)}</small>' if column.note else ""
