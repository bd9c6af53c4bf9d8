"""Reminders of what is owed: the days on which they go out, and the one mail that tells a person all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.core.notice import Notice
from models.core.text import counted, day, distance
from models.plan.schema import Commitment, Plan
from models.progress.cycle_span import CycleSpan
from models.progress.return_notice import titled

DAYS = (-14, -3, 1, 7)
"""Counted from the day reports are due. Not on that day itself: with a mail three days before it and one on the day
after, a fifth would only teach people to leave them unread."""

MAKES_UP_DAYS = 3
"""For how many days a reminder goes out late where the server was away on its day; after that its time is over."""


@dataclass(frozen=True, slots=True)
class OwedByHat:
    """What a person owes under one hat, in the order of My updates; `name` reads after "As": chair of ANIEE."""

    name: str
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where people open the dashboard: its plain address, which never expires and signs nobody in."""

    address: str

    @property
    def my_updates(self) -> str:
        """Where they report."""
        return f"{self.address}/my-updates"

    @property
    def sign_in(self) -> str:
        """Where they ask for a new link."""
        return f"{self.address}/sign-in"


def is_time(due: date, today: date, told_on: date | None) -> bool:
    """Whether a reminder's day has come and the person was not told since, nor tried to be told."""
    reached = [one for one in (due + timedelta(days) for days in DAYS) if one <= today]
    if not reached or today - reached[-1] > timedelta(MAKES_UP_DAYS):
        return False
    return told_on is None or told_on < reached[-1]


def reminder(to: str, owed: Sequence[OwedByHat], *, cycle: CycleSpan, plan: Plan, today: date, place: Place) -> Notice:
    """The mail to one person: everything owed, by when, and where to report it."""
    number = sum(len(one.commitments) for one in owed)
    be = ("is" if number == 1 else "are") if cycle.due >= today else ("was" if number == 1 else "were")
    reports, meeting = counted(number, "report"), cycle.meeting.name
    when = f"{day(cycle.due)}, {distance(cycle.due, today)}"
    parts = (
        f"You owe {reports} for {meeting}, which {be} due {when}.",
        *(_group(one, plan) for one in owed),
        f"Report here: {place.my_updates}",
        f"If you are not signed in any more, ask for a new link: {place.sign_in}",
        "A report leaves this list the moment you submit it; a draft stays in it."
        f" Once everything is submitted, you are not reminded again for {meeting}.",
    )
    return Notice(to, f"{plan.short_title}: {reports} for {meeting} {be} due {day(cycle.due)}", "\n\n".join(parts))


def _group(owed: OwedByHat, plan: Plan) -> str:
    return "\n".join([f"As {owed.name}:", *(_line(one, plan) for one in owed.commitments)])


def _line(commitment: Commitment, plan: Plan) -> str:
    """I08 Online filing (working title): to be completed by 31 Dec 2027, an assumed date."""
    key, party = commitment
    initiative = plan.initiative[key]
    assumed = ", an assumed date" if initiative.due_is_assumed else ""
    return f"- {titled(initiative)}: to be completed by {day(initiative.due_for(party))}{assumed}"
