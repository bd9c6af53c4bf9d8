"""What an edition changed, in sentences for readers."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from models.amendments.diff import Change
from models.core.text import counted, day

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
FIELDS = {"due": "due date", "due_by_state": "due dates of states", "ip_rights": "IP rights"}
"""Fields whose name in the plan files is not how a reader would say it."""


def in_words(change: Change) -> str:
    """I10, due date: 31 Dec 2027 → 30 Jun 2027."""
    where = f"{change.part} {change.key}"
    if change.event == "added":
        return f"{where} added"
    if change.event == "missing":
        return f"{where} taken out"
    if change.event == "order":
        return f"order of the {change.part} list changed"
    if change.event == "assumed":
        return f"{where}, {assumed_told(change.before or (), change.after or ())}"
    return f"{where}, {field_name(change.event)}: {value_told(change.before)} → {value_told(change.after)}"


def changes_told(changes: Sequence[Change]) -> str:
    """17 changes; the first edition changed nothing."""
    return counted(len(changes), "change") if changes else "the first edition"


def field_name(field: str) -> str:
    """A field of the plan files as a reader would say it."""
    return FIELDS.get(field, field.replace("_", " "))


def assumed_told(before: Sequence[str], after: Sequence[str]) -> str:
    """No longer assumed: lead, due date."""
    known = [field_name(field) for field in before if field not in after]
    unknown = [field_name(field) for field in after if field not in before]
    told = (("no longer assumed", known), ("now assumed", unknown))
    return "; ".join(f"{word}: {', '.join(fields)}" for word, fields in told if fields)


def value_told(value: Any) -> str:
    """A value of the plan files as a reader would say it."""
    if value in (None, [], {}, ""):
        return "nothing"
    if isinstance(value, list):
        return ", ".join(map(value_told, value))
    if isinstance(value, dict):
        return "; ".join(f"{field_name(key)}: {value_told(one)}" for key, one in value.items())
    text = str(value)
    return day(date.fromisoformat(text)) if ISO_DAY.fullmatch(text) else text
