"""What an edition changed, in words for readers."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from models.amendments.diff import PlanChange
from models.core.text import counted, day

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
FIELDS = {"due": "due date", "due_by_state": "due dates of states", "ip_rights": "IP rights"}
"""Names for readers of the fields whose name in the plan files is too technical."""


def in_words(change: PlanChange) -> str:
    """Return "I10, due date: 31 Dec 2027 → 30 Jun 2027"."""
    subject = f"{change.part} {change.key}"
    if change.event == "added":
        return f"{subject} added"
    if change.event == "missing":
        return f"{subject} removed"
    if change.event == "order":
        return f"order of the {change.part} list changed"
    if change.event == "assumed":
        return f"{subject}, {assumed_change(change.before or (), change.after or ())}"
    return f"{subject}, {field_name(change.event)}: {value_text(change.before)} → {value_text(change.after)}"


def change_count(changes: Sequence[PlanChange]) -> str:
    """Return "17 changes", or "the first edition" without a change."""
    return counted(len(changes), "change") if changes else "the first edition"


def field_name(field: str) -> str:
    """Return the name of a field of the plan files for readers."""
    return FIELDS.get(field, field.replace("_", " "))


def assumed_change(before: Sequence[str], after: Sequence[str]) -> str:
    """Return "no longer assumed: lead, due date"; field names that are in one of the lists only."""
    no_longer = [field_name(field) for field in before if field not in after]
    now = [field_name(field) for field in after if field not in before]
    groups = (("no longer assumed", no_longer), ("now assumed", now))
    return "; ".join(f"{word}: {', '.join(fields)}" for word, fields in groups if fields)


def value_text(value: Any) -> str:
    """Return a value of the plan files in words for readers; days as 31 Dec 2027."""
    if value in (None, [], {}, ""):
        return "nothing"
    if isinstance(value, list):
        return ", ".join(map(value_text, value))
    if isinstance(value, dict):
        return "; ".join(f"{field_name(key)}: {value_text(entry)}" for key, entry in value.items())
    text = str(value)
    return day(date.fromisoformat(text)) if ISO_DAY.fullmatch(text) else text
