"""Two of the four marks as HTML: unit squares, and progress with its tick."""

from html import escape

from models.access.view_choice import Asked
from pages.shared.links import initiative_address
from pages.shared.markup import symbol, tone, unseen
from reports.parts.marks import Progress, Square, UnitSquares


def unit_squares(mark: UnitSquares, asked: Asked) -> str:
    """A list of links, one square each."""
    return f'<ul class="t-squares" role="list">{"".join(_square(one, asked) for one in mark.squares)}</ul>'


def _square(square: Square, asked: Asked) -> str:
    gap = ' class="t-gap"' if square.starts_activity else ""
    return (
        f'<li{gap}><a class="t-square {tone(square.health)}" href="{escape(initiative_address(square.key, asked))}" '
        f'title="{escape(square.sentence)}">{symbol(square.health.health)}{unseen(square.sentence)}</a></li>'
    )


def progress(mark: Progress) -> str:
    """The bar, its tick, and the number; words only while nothing is reported."""
    if mark.percent is None:
        return '<span class="t-bar-none">No report yet</span>'
    hollow = " t-assumed" if mark.expected_is_assumed else ""
    tick = "" if mark.expected is None else f'<i class="t-tick{hollow}" style="left:{mark.expected}%"></i>'
    return (
        f'<span class="t-bar" title="{escape(mark.sentence)}" aria-hidden="true">'
        f'<i class="t-fill" style="width:{mark.percent}%"></i>{tick}</span>'
        f'<span class="t-percent" aria-hidden="true">{mark.percent} %</span>{unseen(mark.sentence)}'
    )
