"""The status matrix as HTML: a table on a wide screen, and on a phone a block of cells under each initiative."""

from itertools import groupby

import htpy as h
from htpy import Element, Node

from models.access.view_choice import ViewQuery
from models.core.vocabulary import Status
from pages.shared.links import address, initiative_address, link
from pages.shared.markup import symbol, tag, unseen
from reports.parts.marks import MatrixCell, MatrixColumn, MatrixRow, StatusMatrix

NO_REPORT = "no_report"
SYMBOLS = {
    Status.COMPLETED: "completed",
    Status.ONGOING: "on_track",
    Status.NOT_STARTED: "not_started",
    Status.SUSPENDED: "suspended",
    Status.NOT_APPLICABLE: "not_applicable",
}


def status_matrix(mark: StatusMatrix, query: ViewQuery, chosen: str) -> Element:
    """Initiatives by parties, in groups; `chosen` is the party whose column is marked."""
    return _HtmlMatrix(mark, query, chosen).table()


def legend() -> Element:
    """What each cell means, in words."""
    return h.ul(".t-legend", role="list")[
        [
            h.li[h.span(class_=f"t-cell t-{name}")[symbol(name)], status.label.lower()]
            for status, name in SYMBOLS.items()
        ],
        h.li[h.span(class_=f"t-cell t-{NO_REPORT}"), "no report"],
        h.li["blank: does not take part"],
    ]


class _HtmlMatrix:
    """The parts of the table of one matrix."""

    def __init__(self, mark: StatusMatrix, query: ViewQuery, chosen: str) -> None:
        self.mark, self.query, self.chosen = mark, query, chosen

    def table(self) -> Element:
        return h.table(".t-parties", role="table")[
            h.caption(".t-unseen")[self.mark.sentence],
            self._head(),
            [self._body(name, list(rows)) for name, rows in groupby(self.mark.rows, lambda row: row.group)],
            self._foot(),
        ]

    def _head(self) -> Element:
        corner, count = (h.th(scope="col", role="columnheader")[name] for name in ("Initiative", "Completed"))
        heads = [self._column(column) for column in self.mark.columns]
        return h.thead(role="rowgroup")[h.tr(role="row")[corner, heads, count]]

    def _column(self, column: MatrixColumn) -> Element:
        url = address("member-states", self.query, {"state": column.key})
        name = link(url, [column.key, unseen(f" {column.name}")], title=column.name)
        return h.th(scope="col", role="columnheader", class_=self._class(column))[name]

    def _class(self, column: MatrixColumn) -> str | None:
        return "t-chosen" if column.key == self.chosen else None

    def _body(self, name: str, rows: list[MatrixRow]) -> Element:
        head = h.th(scope="rowgroup", role="rowheader", colspan=len(self.mark.columns) + 2)[name]
        return h.tbody(role="rowgroup")[h.tr(role="row", class_="t-group")[head], [self._row(row) for row in rows]]

    def _row(self, row: MatrixRow) -> Element:
        name = link(initiative_address(row.key, self.query), [h.b[row.key], f" {row.name}"])
        return h.tr(role="row")[
            h.th(scope="row", role="rowheader")[name, tag(row.tag)],
            [self._cell(row, column, cell) for column, cell in zip(self.mark.columns, row.cells, strict=True)],
            h.td(role="cell", class_="t-total")[row.count, h.span(".t-narrow")[" completed"]],
        ]

    def _cell(self, row: MatrixRow, column: MatrixColumn, cell: MatrixCell) -> Element:
        content = self._mark(row, column, cell) if cell.takes_part else unseen(cell.sentence)
        return h.td(role="cell", data_head=column.key, class_=self._class(column))[content]

    def _mark(self, row: MatrixRow, column: MatrixColumn, cell: MatrixCell) -> Element:
        name = SYMBOLS[cell.status] if cell.status else NO_REPORT
        look = f"t-cell t-{name}{' t-assumed' if cell.submitted_only else ''}"
        reached = h.small(aria_hidden="true")[cell.percent] if cell.status is Status.ONGOING else None
        return h.a(class_=look, href=initiative_address(row.key, self.query, column.key), title=cell.sentence)[
            symbol(name) if cell.status else None, reached, unseen(cell.sentence)
        ]

    def _foot(self) -> Element:
        return h.tfoot(role="rowgroup")[
            h.tr(role="row")[
                h.th(scope="row", role="rowheader")["Completed, of the commitments of the state"],
                [
                    h.td(role="cell", data_head=column.key, class_=self._class(column))[column.count, _note(column)]
                    for column in self.mark.columns
                ],
                h.td(role="cell"),
            ]
        ]


def _note(column: MatrixColumn) -> Node:
    return h.small(".t-joined")[column.note] if column.note else None
