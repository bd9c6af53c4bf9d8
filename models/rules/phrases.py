"""How days, percents, counts and lists read in a sentence: one way on screens, in documents and in messages."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Not the system's: a server's locale must not change what a report says."""


def day(value: date) -> str:
    """31 Dec 2027."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime, zone: str) -> str:
    """31 Dec 2027, 17:05 (Asia/Jakarta)."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(local)}, {local:%H:%M} ({zone})"


def percent(value: int) -> str:
    """41 %."""
    return f"{value} %"


def counted(number: int, one: str, many: str = "") -> str:
    """1 initiative, 43 initiatives."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """Lao PDR, Thailand and Viet Nam."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
