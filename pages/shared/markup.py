"""Small pieces of HTML that several blocks share. Every text that comes from data passes through `escape`."""

from collections.abc import Iterable
from html import escape

from models.figures.health_label import ShownHealth


def symbol(name: str) -> str:
    """A mark drawn by the stylesheet, so that no font is needed; its word stands beside it."""
    return f'<i class="t-sym t-{escape(name)}" aria-hidden="true"></i>'


def unseen(text: str) -> str:
    """Text for those who listen."""
    return f'<span class="t-unseen">{escape(text)}</span>'


def flowing(text: str) -> str:
    """Text that may wrap, but not between a number and its percent sign."""
    return escape(text).replace(" %", "\u00a0%")


def tag(text: str) -> str:
    """A small frame around words such as “working title”; nothing for no words."""
    return f' <span class="t-tag">{escape(text)}</span>' if text else ""


def tone(health: ShownHealth) -> str:
    """The classes that colour a mark; an assumed date takes fill and colour away."""
    return f"t-{health.health}{' t-assumed' if health.assumed else ''}"


def health(shown: ShownHealth) -> str:
    """The mark and its word."""
    return f'<span class="t-health {tone(shown)}">{symbol(shown.health)}{escape(shown.word)}</span>'


def section(title: str, note: str = "", *, content: str = "") -> str:
    """A heading that is a finding, what is drawn, and the drawing."""
    told = f'<p class="t-note">{escape(note)}</p>' if note else ""
    return f'<section class="t-section"><h2>{escape(title)}</h2>{told}{content}</section>'


def note(text: str) -> str:
    """Small grey text."""
    return f'<p class="t-note">{escape(text)}</p>'


def fold(summary: str, content: str, *, opened: bool = False) -> str:
    """Something one click away; `content` is HTML."""
    return f'<details class="t-fold"{" open" if opened else ""}><summary>{escape(summary)}</summary>{content}</details>'


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values side by side; values are HTML."""
    lines = (f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in pairs if value)
    return f'<dl class="t-facts">{"".join(lines)}</dl>'
