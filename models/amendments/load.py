"""Loading an edition of the plan: compared, refused or stored whole, with its ledger rows, in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select
from sqlmodel import Session, col

from models.amendments.diff import EditionDifference, PlanChange, changes_between, compare
from models.core.errors import LoadRefused, Problem
from models.core.text import PublicText
from models.figures.assess import assessment
from models.plan.canonical import canonical, digest, to_document
from models.plan.editions import LoadedEdition, list_editions, plan_of
from models.plan.schema import Plan
from models.progress.latest import View, logged_initiatives
from models.progress.ledger import scope_now, write_events
from models.store.audit import record_act
from models.store.tables import CommitmentRow, Edition


@dataclass(frozen=True, slots=True)
class LoadReason:
    """Why an edition is loaded, which meeting decided it, and who loads it."""

    text: PublicText
    decided_at: str | None = None
    person_id: int | None = None


def difference(session: Session, plan: Plan, *, now: datetime) -> EditionDifference | None:
    """What loading the plan would change; None when no plan is loaded yet."""
    editions = list_editions(session)
    if not editions:
        return None
    before = replace(scope_now(session, now), plan=plan_of(session, editions[-1]))
    standings = assessment(session, View(before.as_of, now)).standings
    completed = {standing.key for standing in standings if standing.completed}
    return compare(before, plan, logged=logged_initiatives(session), completed=completed)


def load_edition(session: Session, plan: Plan, *, why: LoadReason, now: datetime, file: str) -> LoadedEdition | None:
    """Store the plan as the edition in force from now on; None when it is the one in force already.

    Raises LoadRefused, naming `file`, with everything that speaks against it; nothing is changed then.
    """
    editions = list_editions(session)
    # Read back, since the stored digest is of the fields that a plan had when it was loaded.
    if editions and digest(plan_of(session, editions[-1])) == digest(plan):
        return None
    diff = difference(session, plan, now=now)
    refuse(_against(plan, why, diff), file)
    edition = _store(session, plan, why, now)
    _add_commitments(session, plan)
    if diff:
        write_events(session, diff.ledger, now=now, reason=why.text, edition=edition, decided_at=why.decided_at)
    record_act(
        session,
        action="load edition",
        subject=plan.key,
        now=now,
        person_id=why.person_id,
        before={"version": editions[-1].version, "sha256": editions[-1].sha256} if editions else None,
        after={"version": plan.version, "sha256": edition.sha256},
        reason=why.text,
    )
    return edition


def refuse(refusals: Iterable[tuple[str, str]], file: str) -> None:
    """Raise LoadRefused when anything speaks against the edition."""
    problems = [Problem(file, 1, what, remedy) for what, remedy in refusals]
    if problems:
        raise LoadRefused(problems)


def _against(plan: Plan, why: LoadReason, diff: EditionDifference | None) -> list[tuple[str, str]]:
    refusals = list(diff.refusals) if diff else []
    if not why.text:
        refusals.append(("the reason is empty", "say in a sentence why the plan changes"))
    if why.decided_at and why.decided_at not in plan.meeting:
        refusals.append((f"{why.decided_at} is not a meeting of the plan", "use a key of meetings.yaml"))
    return refusals


def _store(session: Session, plan: Plan, why: LoadReason, now: datetime) -> LoadedEdition:
    row = Edition(
        version=plan.version,
        sha256=digest(plan),
        document=canonical(to_document(plan)).decode(),
        loaded_at=now,
        loaded_by=why.person_id,
        reason=why.text,
        decided_at=why.decided_at,
    )
    session.add(row)
    session.flush()
    return list_editions(session)[-1]


def _add_commitments(session: Session, plan: Plan) -> None:
    known = {tuple(row) for row in session.execute(select(col(CommitmentRow.initiative), col(CommitmentRow.party)))}
    session.add_all(
        CommitmentRow(initiative=initiative, party=party)
        for initiative, party in plan.commitments()
        if (initiative, party) not in known
    )
    session.flush()


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """One edition with what it changed; the first one changed nothing, since there was none before it."""

    edition: LoadedEdition
    changes: tuple[PlanChange, ...]


def edition_changes(session: Session, known_at: datetime) -> tuple[EditionChanges, ...]:
    """Every edition loaded up to the moment, in the order of loading; the first one if none was."""
    editions = list_editions(session)
    known = [edition for edition in editions if edition.loaded_at <= known_at] or list(editions[:1])
    plans = [plan_of(session, edition) for edition in known]
    changes = [(), *(changes_between(before, after) for before, after in pairwise(plans))]
    return tuple(map(EditionChanges, known, changes))
