"""Two of the four marks as HTML: unit squares, and progress with its tick."""

from collections.abc import Sequence

import htpy as h
from htpy import Element, Node

from models.access.view_choice import ViewQuery
from pages.shared.links import initiative_address
from pages.shared.markup import symbol, tone, unseen
from reports.parts.marks import ProgressMark, Square


def unit_squares(squares: Sequence[Square], query: ViewQuery) -> Element:
    """A list of links, one square each."""
    return h.ul(".t-squares", role="list")[[_square(square, query) for square in squares]]


def _square(square: Square, query: ViewQuery) -> Element:
    look = f"t-square {tone(square.health)}"
    return h.li(class_="t-gap" if square.starts_activity else None)[
        h.a(class_=look, href=initiative_address(square.key, query), title=square.sentence)[
            symbol(square.health.health), unseen(square.sentence)
        ]
    ]


def progress(mark: ProgressMark) -> Node:
    """The bar, its tick, and the number; words only while they are withheld."""
    if mark.percent is None:
        return h.span(".t-bar-none")[mark.sentence.capitalize()]
    tick = h.i(class_=["t-tick", mark.expected_is_assumed and "t-assumed"], style=f"left:{mark.expected}%")
    return [
        h.span(".t-bar", title=mark.sentence, aria_hidden="true")[
            h.i(".t-fill", style=f"width:{mark.percent}%"), None if mark.expected is None else tick
        ],
        h.span(".t-percent", aria_hidden="true")[f"{mark.percent} %"],
        unseen(mark.sentence),
    ]
