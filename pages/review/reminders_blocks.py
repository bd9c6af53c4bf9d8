"""Who is reminded, as HTML: pure, from what was read to what is sent."""

from html import escape

from models.core.text import counted, day, listed
from models.plan.calendar import day_of
from models.plan.schema import Plan
from models.reporting.reminders import DAYS, FILED, REFUSED, REMINDED, Owing, WhoOwes
from pages.shared.markup import note, section
from pages.shared.tables import Column, table
from reports.parts.naming import party_name

COLUMNS = (Column("Person"), Column("Owed", numeric=True), Column("As"), Column("Last reminded"))
WORDS = {REMINDED: "", FILED: ", as a file", REFUSED: ", not taken by the mail server"}
NOT_YET = "not yet"


def reminders(seen: WhoOwes, *, sends: bool) -> str:
    """Who owes how much, under which hats, and when each was told."""
    people = counted(len(seen.people), "person owes", "people owe")
    drawn = table("Who is reminded", COLUMNS, (_row(one, seen.plan) for one in seen.people)) if seen.people else ""
    return section(f"Reminders: {people} reports", _how(seen, sends=sends), content=drawn)


def unheard(seen: WhoOwes) -> str:
    """What is owed by whom nobody stands for, so that no reminder can reach anybody."""
    if not seen.unheard:
        return ""
    names = listed([party_name(seen.plan, key) for key in seen.unheard])
    return note(f"Nobody reports for {names}, so nobody is reminded there. Add somebody under People and audit.")


def _how(seen: WhoOwes, *, sends: bool) -> str:
    told = "Each gets one mail with everything they owe, and none once it is submitted."
    if seen.is_made_up:
        return f"{told} Everything here is made up, so no mail is sent; the files show what it would be."
    if not sends:
        return (
            f"{told} This server sends no mail: download the mails as files, open each in your mail program, and send."
        )
    before, after = (listed([str(abs(one)) for one in DAYS if (one < 0) is early]) for early in (True, False))
    return f"{told} The server sends them by itself {before} days before reports are due and {after} days after."


def _row(one: Owing, plan: Plan) -> list[str]:
    name, address = one.person.name, one.person.email or "no address yet"
    who = f"<b>{escape(name)}</b><br>{escape(address)}" if name else escape(address)
    hats = "<br>".join(escape(f"{hat.name[:1].upper()}{hat.name[1:]}") for hat in one.owed)
    return [who, str(len(one.commitments)), f"<span>{hats}</span>", f"<span>{_last(one, plan)}</span>"]


def _last(one: Owing, plan: Plan) -> str:
    """What was done last: a mail, a file, or a mail that came to nothing."""
    if not one.done:
        return NOT_YET
    action = max(one.done, key=one.done.__getitem__)
    return f"{day(day_of(one.done[action], plan))}{WORDS[action]}"
