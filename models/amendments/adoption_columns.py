"""The words of the adoption workbook: how a row is matched, and the columns that hold the official text."""

from collections.abc import Mapping

from models.core.vocabulary import Word


class Match(Word):
    """What the official text makes of a slot."""

    SAME = "same", "same as slot"
    NEW = "new", "new"
    NOT_NEEDED = "not_needed", "placeholder no longer needed"


OFFICIAL: Mapping[str, str] = {
    "match": "match",
    "code": "official code",
    "title": "official title",
    "activity": "activity",
    "scope": "scope",
    "lead": "lead body",
    "supporting": "supporting bodies",
    "champions": "champions",
    "start": "start",
    "due": "due",
    "source": "source",
}
"""The columns to fill, by what they fill, with their headings."""

KNOWN: Mapping[str, str] = {
    "key": "key",
    "title_now": "title now",
    "wording_now": "its wording",
    "code_now": "code now, unofficial",
    "activity_now": "activity now",
    "held_now": "held now",
}
"""The columns that say which slot a row is about."""

HEADINGS: Mapping[str, str] = {**KNOWN, **OFFICIAL}

KEPT_IF_EMPTY = ("activity", "scope", "lead", "start", "due")
"""What an initiative must have and the document may not say: an empty cell leaves it assumed."""

SLOT_KEPT = frozenset(
    {
        *("key", "code", "measure", "activity", "scope", "lead", "supporting", "champions", "states", "joins"),
        *("partners", "weight", "start", "due", "due_by_state", "rule", "in_force_from", "themes", "ip_rights"),
        "deliverables",
    }
)
"""What stays of a slot that is matched; what its working title rested on goes with that title."""

PLACE_KEPT = frozenset({"key", "in_force_from", *KEPT_IF_EMPTY})
"""What a slot gives to another initiative."""

FIRST_SHEET, SHEET, LISTS = "Read me", "Official text", "Lists"
"""The sheets of the workbook."""

SOURCE_LABEL = "Source of all rows"

GUIDE = (
    (
        "What to do",
        "On the sheet “Official text”, fill the blue columns of each row from the document, then load the file on the"
        " page Editions. Nothing changes before you have seen the difference and pressed Load.",
    ),
    (
        Match.SAME.label,
        "The document holds what the working title stood for. The key and all that was reported stay; what you fill in"
        " is official from then on.",
    ),
    (
        Match.NEW.label,
        "In a row with a key: the document has no use for the slot, and another initiative takes its place; only key"
        " and place in the plan stay. In an empty row at the end: an initiative beside the others, which gets a key of"
        " its own.",
    ),
    (
        Match.NOT_NEEDED.label,
        "The document has no use for the slot and nothing takes its place: it leaves the plan as if it had never"
        " counted. Only while nothing is reported on it.",
    ),
    ("no match, empty row", "The slot stays a working title. You can load some rows now and the others later."),
    (
        "empty cell",
        "Activity, scope, lead body and dates that the document does not say stay as they are held now, and are shown"
        " as assumed.",
    ),
    (
        "several in one cell",
        "Supporting bodies and champions, by key or name, with a comma or “and” between them: TMTF, PTF.",
    ),
    ("dates", "Year, month and day: 2027-12-31."),
    (
        "source",
        "The address of the document, or what document it is where it has no address: once here below, or row by row"
        " where rows differ.",
    ),
)
"""What the first sheet explains."""
