"""Days, percents, counts and lists as text: the same on screens, in documents and in messages.

And who may read a text: public text is a type of its own, so that no other text can be stored as public.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import NewType
from zoneinfo import ZoneInfo

from models.core.errors import TextRefused
from models.core.folding import kept

MEGABYTE = 1024 * 1024
"""As the limit of an upload is counted, and so every size that a message names."""

PublicText = NewType("PublicText", str)
"""Text for everybody: a reason that an officer typed for the public, or a sentence of the product."""

RestrictedText = NewType("RestrictedText", str)
"""What a party said or a meeting agreed, for the readers that the visibility policy names."""


def public_text(typed: str | None) -> PublicText:
    """Return what an officer typed for everybody, without the space around it; empty if nothing was typed.

    Raises TextRefused for a character that cannot be kept.
    """
    text = kept(typed or "").strip()
    if "\x00" in text:
        raise TextRefused("The reason contains a character that is not allowed; please retype it.", field="reason")
    return PublicText(text)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Not from the locale: a report must not depend on the settings of the server."""

MAX_CELL = 32_767
"""The longest text of a cell in units of UTF-16, as Excel counts."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def day(value: date) -> str:
    """Return a day as text: 31 Dec 2027."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime, zone: str) -> str:
    """Return a moment as text in the time zone: 31 Dec 2027, 17:05 (Asia/Jakarta)."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(local)}, {local:%H:%M} ({zone})"


def distance(to: date, today: date) -> str:
    """Return the distance between two days as text: in 12 days, today, 3 days ago."""
    days = (to - today).days
    if days == 0:
        return "today"
    return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"


def ago(value: datetime, now: datetime) -> str:
    """Return how long ago a moment was: 3 hours ago; in whole days from two days on."""
    minutes = max((now - value) // timedelta(minutes=1), 0)
    if minutes < 60:
        return f"{counted(minutes, 'minute')} ago" if minutes else "just now"
    hours = minutes // 60
    return f"{counted(hours, 'hour')} ago" if hours < 48 else f"{counted(hours // 24, 'day')} ago"


def percent(value: int) -> str:
    """Return a percent (0-100) as text: 41 %."""
    return f"{value} %"


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun: 1 initiative, 43 initiatives."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: Lao PDR, Thailand and Viet Nam."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def suggestion(word: str, words: list[str], otherwise: str = "") -> str:
    """Return the remedy for a word that is not in a list: the nearest word, otherwise the list."""
    near = get_close_matches(word, words, n=1, cutoff=0.6) if len(word) <= 64 else []
    if near:
        return f"did you mean `{near[0]}`?"
    return otherwise or (f"use one of {', '.join(words)}" if words else "leave it out")


def tidy(text: str) -> str:
    """Return a text in the form that a cell can hold, without marks that other programs added."""
    lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    kept = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", lines).strip()
    while len(kept.encode("utf-16-le")) > 2 * MAX_CELL:
        kept = f"{kept[: len(kept) * 9 // 10].rstrip()}…"
    return kept
