"""The log of one initiative: every statement on its commitments that the view may show, newest first.

It tells the body or state that spoke, and what became of the statement up to the view's moment. What the reader's
display does not have is left out here, so that no page can show it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import select
from sqlmodel import Session, col

from models.core.vocabulary import ASEAN, Basis, Kind, ObstacleKind, Status
from models.people.directory import person_name
from models.people.visibility_rules import Detail, Display, shows
from models.plan.calendar import day_of
from models.plan.schema import Initiative, Plan
from models.progress.latest import View
from models.store.tables import CommitmentRow, Evidence, Person, Progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """What a statement rests on, as far as the reader may know it: a link, the reference of a document, or a file."""

    title: str | None
    url: str | None
    document: str | None
    file: int | None = None
    """The number under which /api/evidence answers with the file."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One statement of the log as a reader may see it; days are those of the plan's time zone.

    What the reader may not see is None, as if it had been left empty.
    """

    row: int
    party: str
    speaker: str
    kind: Kind
    status: Status | None
    percent: int | None
    valid_on: date
    submitted_on: date
    cleared_on: date | None
    returned_on: date | None
    withdrawn_on: date | None
    replaced_by: int | None
    narrative: str | None
    obstacles: str | None
    obstacle_kind: ObstacleKind | None
    next_step: str | None
    support_needed: str | None
    proposed_due: date | None
    evidence: tuple[EvidenceLine, ...]
    author: str | None
    cleared_by: str | None

    @property
    def stands(self) -> bool:
        """Whether nothing later took it back."""
        return self.returned_on is None and self.withdrawn_on is None and self.replaced_by is None


def history(
    session: Session, plan: Plan, initiative: Initiative, view: View, *, display: Display
) -> tuple[Spoken, ...]:
    """Every statement on the initiative known in the view, the newest first."""
    found = [(party, row) for party, row in _rows(session, initiative) if _is_told(row, view, display)]
    rows = [row for _, row in found]
    evidence = _evidence(session, rows, display)
    people = _people(session, rows) if shows(display, Detail.PERSONS) else {}
    teller = _Teller(plan, view, initiative.lead, _replacements(rows, view), display, people)
    return tuple(teller.tell(party, row, evidence[row.id or 0]) for party, row in found)


def _rows(session: Session, initiative: Initiative) -> Iterable[tuple[str, Progress]]:
    newest_first = (col(Progress.valid_on).desc(), col(Progress.entered_at).desc(), col(Progress.id).desc())
    query = (
        select(col(CommitmentRow.party), Progress)
        .join(Progress, col(Progress.commitment_id) == col(CommitmentRow.id))
        .where(col(CommitmentRow.initiative) == initiative.key, col(Progress.submitted_at).is_not(None))
        .order_by(*newest_first)
    )
    return [(party, row) for party, row in session.execute(query)]


def _is_told(row: Progress, view: View, display: Display) -> bool:
    """On basis cleared only what was cleared; a nil report is accepted at its submission."""
    wider = view.basis is Basis.REPORTED and shows(display, Detail.NOT_CLEARED)
    submitted = wider or row.kind == Kind.NIL
    moment = row.submitted_at if submitted else row.cleared_at
    known = moment is not None and moment <= view.known_at and row.valid_on <= view.as_of
    return known and (row.id or 0) <= view.rows_until


def _evidence(session: Session, rows: list[Progress], display: Display) -> Mapping[int, list[EvidenceLine]]:
    lines: dict[int, list[EvidenceLine]] = defaultdict(list)
    # A file can be had while its statement is cleared (reads/evidence.py); what is restricted is not even named.
    everywhere = shows(display, Detail.NOT_CLEARED)
    open_rows = {row.id for row in rows if everywhere or (row.cleared_at and not row.withdrawn_at)}
    query = select(Evidence).where(col(Evidence.progress_id).in_([row.id for row in rows])).order_by(col(Evidence.id))
    if not shows(display, Detail.RESTRICTED_EVIDENCE):
        query = query.where(col(Evidence.public))
    for item in session.execute(query).scalars():
        file = item.id if item.file_id is not None else None
        if file is None or item.progress_id in open_rows:
            lines[item.progress_id].append(EvidenceLine(item.title, item.url, item.document, file))
    return lines


def _people(session: Session, rows: list[Progress]) -> Mapping[int | None, str]:
    """How those who wrote and cleared the statements are called."""
    keys = {key for row in rows for key in (row.author_id, row.cleared_by) if key is not None}
    found = session.execute(select(Person).where(col(Person.id).in_(keys))).scalars()
    return {one.id: person_name(one) for one in found}


def _replacements(rows: list[Progress], view: View) -> dict[int, int]:
    """Which statement replaced which, among those that stood at the view's moment."""
    standing = (row for row in rows if not any(map(partial(_by, view), (row.returned_at, row.withdrawn_at))))
    return {row.replaces_id: row.id for row in standing if row.replaces_id and row.id}


def _by(view: View, moment: datetime | None) -> bool:
    return moment is not None and moment <= view.known_at


@dataclass(frozen=True)
class _Teller:
    """Turns rows into what a reader may see."""

    plan: Plan
    view: View
    lead: str
    replacements: Mapping[int, int]
    display: Display
    people: Mapping[int | None, str]

    def tell(self, party: str, row: Progress, evidence: list[EvidenceLine]) -> Spoken:
        """One row, with what the display has of it."""
        submitted = self._day(row.submitted_at)
        assert row.id is not None  # noqa: S101  # it was read from the database
        assert submitted is not None  # noqa: S101  # only what was submitted by the view's moment is told
        return Spoken(
            row=row.id,
            party=party,
            speaker=row.on_behalf_of or (self.lead if party == ASEAN else party),
            kind=Kind(row.kind),
            status=Status(row.status) if row.status else None,
            percent=row.percent,
            valid_on=row.valid_on,
            submitted_on=submitted,
            cleared_on=self._day(row.cleared_at),
            returned_on=self._day(row.returned_at),
            withdrawn_on=self._day(row.withdrawn_at),
            replaced_by=self.replacements.get(row.id),
            narrative=self._if_shown(Detail.NARRATIVE, row.narrative),
            obstacles=self._if_shown(Detail.OBSTACLES, row.obstacles),
            obstacle_kind=self._if_shown(
                Detail.OBSTACLES, ObstacleKind(row.obstacle_kind) if row.obstacle_kind else None
            ),
            next_step=self._if_shown(Detail.NARRATIVE, row.next_step),
            support_needed=self._if_shown(Detail.OBSTACLES, row.support_needed),
            proposed_due=self._if_shown(Detail.NARRATIVE, row.proposed_due),
            evidence=tuple(evidence),
            author=self.people.get(row.author_id),
            cleared_by=self.people.get(row.cleared_by) if self._day(row.cleared_at) else None,
        )

    def _if_shown(self, detail: Detail, value: T) -> T | None:
        return value if shows(self.display, detail) else None

    def _day(self, moment: datetime | None) -> date | None:
        """The day of a moment, unless it lies after what the view knows."""
        if moment is None or moment > self.view.known_at:
            return None
        return day_of(moment, self.plan)
