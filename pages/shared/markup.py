"""Small pieces of HTML that several blocks share.

htpy escapes every text. Children are lists, never generators: a generator is empty when a block is drawn again.
"""

from collections.abc import Iterable

import htpy as h
from htpy import Element, Node
from markupsafe import Markup

from models.figures.health_label import HealthLabel


def rendered(block: Node) -> Markup:
    """The HTML of a block, for what can keep only text, such as a cache."""
    return h.fragment[block].__html__()


def symbol(name: str) -> Element:
    """A mark drawn by the stylesheet, so that no font is needed; its word is beside it."""
    return h.i(class_=f"t-sym t-{name}", aria_hidden="true")


def unseen(text: str) -> Element:
    """Text for screen readers only."""
    return h.span(".t-unseen")[text]


def flowing(text: str) -> str:
    """Text that may wrap, but not between a number and its percent sign."""
    return text.replace(" %", "\u00a0%")


def tag(text: str) -> Node:
    """A small frame around words such as “working title”; nothing for no words."""
    return [" ", h.span(".t-tag")[text]] if text else None


def tone(health: HealthLabel) -> str:
    """The classes that colour a mark; an assumed date takes fill and colour away."""
    return f"t-{health.health}{' t-assumed' if health.assumed else ''}"


def health(label: HealthLabel) -> Element:
    """The mark and its word."""
    return h.span(class_=f"t-health {tone(label)}")[symbol(label.health), label.word]


def legend_square(label: HealthLabel, text: str) -> Element:
    """One line of a legend of unit squares."""
    return h.li[h.span(class_=f"t-square {tone(label)}")[symbol(label.health)], text]


def section(title: str, remark: str = "", *, content: Node = None) -> Element:
    """A heading that is a finding, how to read the drawing, and the drawing."""
    return h.section(".t-section")[h.h2[title], note(remark) if remark else None, content]


def note(text: Node) -> Element:
    """Small grey text."""
    return h.p(".t-note")[text]


def lead(text: Node) -> Element:
    """A sentence in the size of the page's text."""
    return h.p(".t-lead")[text]


def banner(text: Node) -> Element:
    """A sentence across the page that nobody should miss."""
    return h.p(".t-banner", role="note")[text]


def fold(summary: str, content: Node, *, opened: bool = False) -> Element:
    """A line that opens to its content."""
    return h.details(".t-fold", open=opened)[h.summary[summary], content]


def drawing_or_table(drawn: Element) -> Node:
    """A table one click away beside its drawing; on a phone it is shown instead of the drawing."""
    return [h.div(".t-wide")[fold("The same as a table", drawn)], h.div(".t-narrow")[drawn]]


def small_below(text: str) -> Node:
    """Small text on a line of its own; nothing for no text."""
    return [h.br, h.small[text]] if text else None


def facts(pairs: Iterable[tuple[str, Node]]) -> Element:
    """Names and values side by side; a name without a value is left out."""
    return h.dl(".t-facts")[[h.div[h.dt[name], h.dd[value]] for name, value in pairs if value]]
