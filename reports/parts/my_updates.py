"""The sentences of My updates: what is due, by when, in which roles, and what is ready to submit."""

from models.core.text import counted, day, distance
from models.core.vocabulary import Kind
from models.figures.explain import what_was_said
from models.progress.entry import FieldError
from models.progress.statement import LABELS
from models.progress.steps import STEPS
from models.reporting.cards import Card, SaidBefore, Stage
from models.reporting.my_updates import MyUpdates

NO_CYCLE = "No reporting cycle is open now. What you submit is kept, and reviewed as usual."


def title(mine: MyUpdates) -> str:
    """You owe 11 reports for AWGIPC 84."""
    if mine.cycle is None:
        return f"{counted(len(mine.cards), 'commitment')} to report on" if mine.cards else "Nothing to report on now"
    meeting = mine.cycle.meeting.name
    return f"You owe {counted(mine.owed, 'report')} for {meeting}" if mine.owed else f"You owe nothing for {meeting}"


def subtitle(mine: MyUpdates) -> str:
    """Due 26 Feb 2028, in 12 days. 2 drafts, 1 returned, 8 not begun. As chair of ANIEE (6), as Thailand (4)."""
    due = f"Due {day(mine.cycle.due)}, {distance(mine.cycle.due, mine.today)}." if mine.cycle else NO_CYCLE
    return " ".join(filter(None, (due, _stages(mine), _roles(mine))))


def _stages(mine: MyUpdates) -> str:
    drafts, marked = len(mine.at(Stage.DRAFT)), len(mine.at(Stage.NO_CHANGE))
    returned, not_begun = len(mine.at(Stage.RETURNED)), len(mine.at(Stage.NOT_BEGUN))
    parts = (
        (drafts, counted(drafts, "draft")),
        (returned, f"{returned} returned"),
        (marked, f"{marked} without change"),
        (not_begun, f"{not_begun} not begun"),
    )
    stages = ", ".join(text for number, text in parts if number)
    return f"{stages}." if stages else ""


def _roles(mine: MyUpdates) -> str:
    roles = ", ".join(f"as {group.name} ({len(group.cards)})" for group in mine.groups)
    return f"{roles[0].upper()}{roles[1:]}." if roles else ""


def progress_line(mine: MyUpdates) -> str:
    """Return the text of the bar at the foot: "3 changed, 8 untouched"."""
    drafted = len(mine.drafted) - len(mine.at(Stage.NO_CHANGE))
    parts = ((len(mine.at(Stage.NO_CHANGE)), "without change"), (len(mine.untouched), "untouched"))
    return ", ".join([f"{drafted} changed", *(f"{number} {word}" for number, word in parts if number)])


def submitted_counts(updates: int, nils: int) -> str:
    """Return "2 updates and 8 nil reports", or "nothing"."""
    parts = ((updates, counted(updates, "update")), (nils, counted(nils, "nil report")))
    return " and ".join(text for number, text in parts if number) or "nothing"


def statement_text(before: SaidBefore) -> str:
    """Ongoing, 50 %, draft circulated; nothing to report."""
    if before.kind is Kind.NIL or before.status is None:
        return "nothing to report"
    step = f", {STEPS[before.percent]}" if before.percent and before.percent in STEPS else ""
    return what_was_said(before.status, before.percent) + step


def problem(error: FieldError) -> str:
    """Evidence: completed needs evidence. Add a link or the reference of a document."""
    field, what, remedy = error
    return f"{LABELS.get(field, field)}: {what}. {remedy[0].upper()}{remedy[1:]}."


def ready(mine: MyUpdates) -> tuple[Card, ...]:
    """Return the cards whose drafts have no errors."""
    return tuple(card for card in mine.drafted if card.draft and not card.draft.problems)
