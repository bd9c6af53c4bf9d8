"""The sentences of the progress form: what stands above the matrix, and how it is filled in."""

from collections.abc import Sequence
from datetime import datetime

from models.core.text import counted, day, listed, moment
from models.core.vocabulary import Wording
from models.plan.schema import Initiative, Plan
from models.progress.cycles import CycleSpan
from models.reporting.form import CHOICES, FIELDS, NOTHING

NO_REPORT = "No report yet"
"""Not a status, and not the same as 0 %."""


def title_told(initiative: Initiative) -> str:
    """The title, with whose words it is in words: a cell loses everything else."""
    own = "" if initiative.wording is Wording.OFFICIAL else f" ({initiative.wording.label})"
    return f"{initiative.title}{own}"


def due_told(initiative: Initiative, party: str) -> str:
    """31 Dec 2028 (assumed)."""
    return day(initiative.due_for(party)) + (" (assumed)" if initiative.due_is_assumed else "")


def banner(
    plan: Plan, cycle: CycleSpan | None, speakers: Sequence[str], initiatives: Sequence[Initiative], *, made_up: bool
) -> str:
    """Which form it is: whose, for which meeting, due when, and whose words its titles are."""
    names = listed([plan.state[key].name if key in plan.state else key for key in speakers])
    meeting = f" for {cycle.meeting.name}; reports are due {day(cycle.due)}" if cycle else ""
    titles = {one.key: one.wording for one in initiatives}
    working = list(titles.values()).count(Wording.WORKING)
    many = "is a working title" if working == 1 else "are working titles"
    told = f" {working} of {counted(len(titles), 'title')} {many}." if working else ""
    demonstration = " Demonstration: everything reported here is made up." if made_up else ""
    return f"{plan.short_title}, progress form of {names}{meeting}.{told}{demonstration}"


def advice(plan: Plan, cycle: CycleSpan | None, above: str, exported_at: datetime) -> tuple[str, ...]:
    """The sheet that says how to fill in the form, a paragraph a line."""
    nil = f" “{NOTHING}” alone in a line is a nil report." if cycle else ""
    return (
        above,
        "Fill in the white cells of the sheet Progress. The grey ones tell what was said before and are not read back.",
        "A line that you leave as it is changes nothing." + nil,
        f"Choose from the lists under {listed([FIELDS[name] for name in CHOICES])}. A step goes with Ongoing and"
        " Suspended only.",
        "Completed needs evidence: name a document with its paragraph, or give a link. Files are added on the page"
        " My updates.",
        f"“{NO_REPORT}” is not a status: it is neither 0 % nor “Not started” nor “Not applicable”.",
        "Keep sheets, columns, Key and Party as they are. Write values and no formulas, and dates as dates.",
        "Then upload the file on the page My updates, or send it to the secretariat. Each difference is shown before"
        " anything is taken; what is taken becomes your drafts, and nothing is submitted until you submit it.",
        f"Exported {moment(exported_at, plan.settings.time_zone)} from edition {plan.version} of the plan.",
    )
