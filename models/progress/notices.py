"""The notice to the author of a returned statement, which is mailed or forwarded by the secretariat."""

from sqlmodel import Session

from models.core.notice import Notice
from models.core.vocabulary import ASEAN, Wording
from models.plan.schema import Commitment, Initiative, Plan
from models.store.tables import CommitmentRow, Person, Progress


def notice_of_return(session: Session, row_id: int, *, plan: Plan, page: str) -> Notice | None:
    """The notice to the statement's author; None when the author was removed and has no address."""
    row = session.get_one(Progress, row_id)
    author = session.get_one(Person, row.author_id)
    if author.email is None or row.return_note is None:
        return None
    commitment = session.get_one(CommitmentRow, row.commitment_id)
    return return_notice(author.email, (commitment.initiative, commitment.party), row.return_note, plan=plan, page=page)


def return_notice(to: str, commitment: Commitment, note: str, *, plan: Plan, page: str) -> Notice:
    """Return the notice; `page` is the address at which the author completes the statement."""
    key, party = commitment
    whose = "" if party == ASEAN else f" for {plan.state[party].name}"
    lines = (
        f"Your statement on {titled(plan.initiative[key])}{whose} was returned with this note:",
        note,
        f"Your text is saved. Please complete it and submit it again: {page}",
    )
    return Notice(to, f"{plan.short_title}: your statement on {key} was returned", "\n\n".join(lines))


def titled(initiative: Initiative) -> str:
    """Return the name of an initiative in a mail, marked if its title is not official ASEAN text."""
    wording = "" if initiative.wording is Wording.OFFICIAL else f" ({initiative.wording.label})"
    return f"{initiative.key} {initiative.title}{wording}"
