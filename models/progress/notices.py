"""The notice that goes with a return, from the row as it stands."""

from sqlmodel import Session

from models.core.notice import Notice
from models.plan.schema import Plan
from models.progress.return_notice import return_notice
from models.store.tables import CommitmentRow, Person, Progress


def notice_of_return(session: Session, row_id: int, *, plan: Plan, page: str) -> Notice | None:
    """The notice to the statement's author; None when the author was removed and has no address any more."""
    row = session.get_one(Progress, row_id)
    author = session.get_one(Person, row.author_id)
    if author.email is None or row.return_note is None:
        return None
    commitment = session.get_one(CommitmentRow, row.commitment_id)
    return return_notice(author.email, (commitment.initiative, commitment.party), row.return_note, plan=plan, page=page)
