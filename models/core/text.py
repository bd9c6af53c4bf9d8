"""How days, percents, counts and lists read in a sentence: one way on screens, in documents and in messages.

And who may read a text: public and restricted text are two types, so that one cannot be stored as the other.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NewType
from zoneinfo import ZoneInfo

from models.core.errors import TextRefused

PublicText = NewType("PublicText", str)
"""What everybody may read: a reason an officer typed as such, or a sentence of our own."""

RestrictedText = NewType("RestrictedText", str)
"""What a party said, for the readers that the visibility policy names."""


def public_text(typed: str | None) -> PublicText:
    """What an officer typed for everybody, without the space around it; empty where nothing was typed.

    Raises TextRefused for a character that cannot be kept.
    """
    text = (typed or "").strip()
    if "\x00" in text:
        raise TextRefused("The reason contains a character that is not allowed; please retype it.", field="reason")
    return PublicText(text)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Not the system's: a server's locale must not change what a report says."""


def day(value: date) -> str:
    """31 Dec 2027."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime, zone: str) -> str:
    """31 Dec 2027, 17:05 (Asia/Jakarta)."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(local)}, {local:%H:%M} ({zone})"


def distance(to: date, today: date) -> str:
    """In 12 days, today, 3 days ago."""
    days = (to - today).days
    if days == 0:
        return "today"
    return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"


def ago(value: datetime, now: datetime) -> str:
    """3 hours ago; in whole days once it is two."""
    minutes = max((now - value) // timedelta(minutes=1), 0)
    if minutes < 60:
        return f"{counted(minutes, 'minute')} ago" if minutes else "just now"
    hours = minutes // 60
    return f"{counted(hours, 'hour')} ago" if hours < 48 else f"{counted(hours // 24, 'day')} ago"


def percent(value: int) -> str:
    """41 %."""
    return f"{value} %"


def counted(number: int, one: str, many: str = "") -> str:
    """1 initiative, 43 initiatives."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """Lao PDR, Thailand and Viet Nam."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
