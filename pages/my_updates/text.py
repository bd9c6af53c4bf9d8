"""The texts of My updates: what is owed, by when, under which roles, and what is ready to be submitted."""

from collections.abc import Sequence
from datetime import date

from models.core.errors import FieldError
from models.core.text import counted, day, distance
from models.core.vocabulary import Kind
from models.figures.explain import status_text
from models.progress.statement import LABELS, STEPS
from models.reporting.cards import Card, PreviousStatement, Stage
from models.reporting.my_updates import MyUpdates

GROUP_NOTE = "{} owed · visitors see a change only after the secretariat has cleared it"
NO_CYCLE = "No reporting cycle is open now. What you submit is kept, and reviewed as always."
GONE = "This commitment is no longer in your list: it was submitted, or your role ended. Please reload the page."

NOTHING_TO_REPORT, NOTHING_NEW = "Nothing to report", "Nothing to report in this cycle."
RETURNED, MEANWHILE = "Returned by the secretariat, {}:", "Meanwhile {} reported on this, {}:"
FIELD, BEFORE, NOW, EVIDENCE = "Field", "Last statement", "Now", "Evidence"

ADD_LINK, LINK_EXAMPLE = "Add a link, or name a document", "https://… or AWGIPC 79 Summary Record, para 34"
ROOM = "Files: {} on this card, {} by you in this cycle"
ADD_FILE, RESTRICT, PUBLISH = "Add a file, 10 MB at most", "Restrict", "Let visitors read it"

HANDOVER_NOTE = (
    "For the person who takes over from you, or for you if you took over: what you are responsible for, what was said"
    " at the last three meetings, what is due, which decisions, evidence and proposals are open, and how to report."
)
OFFLINE_NOTE = (
    "One row for each commitment in this list, with your last statement. What you fill in is saved as drafts: you see"
    " each difference first, and nothing is submitted until you submit it."
)

LOOK, BACK, SUBMIT = "See differences and submit", "Back to the list", "Submit"
SUBMITTED = "Submitted: {}. The secretariat checks the updates; you can withdraw them below until they are cleared."


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
    drafts, marked = len(mine.at_stage(Stage.DRAFT)), len(mine.at_stage(Stage.NO_CHANGE))
    returned, not_begun = len(mine.at_stage(Stage.RETURNED)), len(mine.at_stage(Stage.NOT_BEGUN))
    parts = (
        (drafts, counted(drafts, "draft")),
        (returned, f"{returned} returned"),
        (marked, f"{marked} without change"),
        (not_begun, f"{not_begun} not begun"),
    )
    stages = ", ".join(part for number, part in parts if number)
    return f"{stages}." if stages else ""


def _roles(mine: MyUpdates) -> str:
    roles = ", ".join(f"as {group.name} ({len(group.cards)})" for group in mine.groups)
    return f"{roles[0].upper()}{roles[1:]}." if roles else ""


def reported(statement: PreviousStatement, who: str, on: date) -> str:
    """Ongoing, 50 %; submitted 3 Mar 2028 by Cambodia, waiting for the secretariat."""
    state = "cleared" if statement.cleared else "waiting for the secretariat"
    state = "accepted" if statement.kind is Kind.NIL else state
    return f"{summary(statement)}; submitted {day(on)} by {who}, {state}."


def progress_line(mine: MyUpdates) -> str:
    """3 changed, 8 untouched: what the bar at the foot says."""
    drafted = len(mine.drafted) - len(mine.at_stage(Stage.NO_CHANGE))
    parts = ((len(mine.at_stage(Stage.NO_CHANGE)), "without change"), (len(mine.untouched), "untouched"))
    return ", ".join([f"{drafted} changed", *(f"{number} {word}" for number, word in parts if number)])


def ready_line(time: str, left: int) -> str:
    """As of 10:42. 2 cannot be submitted yet and stay drafts."""
    stays = "stays a draft" if left == 1 else "stay drafts"
    return f"As of {time}." + (f" {left} cannot be submitted yet and {stays}." if left else "")


def reports(cards: Sequence[Card]) -> str:
    """2 updates and 8 nil reports, of cards that are submitted."""
    nils = sum(card.says_nothing for card in cards)
    return count_reports(len(cards) - nils, nils)


def count_reports(updates: int, nils: int) -> str:
    """2 updates and 8 nil reports."""
    parts = ((updates, counted(updates, "update")), (nils, counted(nils, "nil report")))
    return " and ".join(part for number, part in parts if number) or "nothing"


def summary(statement: PreviousStatement) -> str:
    """Ongoing, 50 %, draft circulated; nothing to report."""
    if statement.kind is Kind.NIL or statement.status is None:
        return "nothing to report"
    step = f", {STEPS[statement.percent]}" if statement.percent and statement.percent in STEPS else ""
    return status_text(statement.status, statement.percent) + step


def problem(error: FieldError) -> str:
    """Evidence: completed needs evidence. Add a link or the reference of a document."""
    field, what, remedy = error
    return f"{LABELS.get(field, field)}: {what}. {remedy[0].upper()}{remedy[1:]}."
