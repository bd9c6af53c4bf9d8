"""What is still missing before a meeting's paper is circulated: a warning, never a refusal."""

from dataclasses import dataclass

from sqlalchemy import func, select

from models.core.text import counted
from models.core.vocabulary import Wording
from models.meetings.decisions import decisions
from models.meetings.questions import questions_for
from models.people.context import Context
from models.reporting.review_queue import latest_view, review
from models.store.reporting_tables import Draft


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to look at first: how many there are, in words, and the page that lists them."""

    count: int
    words: str
    page: str


def checklist(context: Context) -> tuple[Missing, ...]:
    """Every item of the list, those of which nothing is missing too; refused to anybody but the secretariat."""
    under_review = review(context)
    owed, waiting = sum(map(len, under_review.owed.values())), len(under_review.queue)
    drafts = context.session.execute(select(func.count()).select_from(Draft)).scalar_one()
    questions = questions_for(context, latest_view(under_review.plan, context.now))
    meeting = under_review.cycle.meeting.key if under_review.cycle else None
    due = [
        decision
        for decision in decisions(context.session, under_review.plan, known_at=context.now)
        if decision.closed_on is None and decision.due_meeting in {None, meeting}
    ]
    working = under_review.plan.count(Wording.WORKING)
    return (
        Missing(owed, f"{counted(owed, 'report')} owed and not received", "review"),
        Missing(drafts, f"{counted(drafts, 'draft')} begun and not submitted", "review"),
        Missing(waiting, f"{counted(waiting, 'statement')} submitted and not cleared", "review"),
        Missing(len(questions), f"{counted(len(questions), 'question')} the chair may wish to ask", "review"),
        Missing(len(due), f"{counted(len(due), 'earlier decision')} still open", "meetings-and-reports"),
        Missing(working, f"{counted(working, 'working title')}, which the official text would replace", "editions"),
    )
