"""The log of one initiative: every statement on its commitments that the view may show, newest first.

It tells the body or state that spoke, never a person, and what became of the statement up to the view's moment.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.reads.latest import View
from models.rules.entry import day_of
from models.rules.plan import Initiative, Plan
from models.rules.words import ASEAN, Basis, Kind, ObstacleKind, Status
from models.store.tables import CommitmentRow, Evidence, Progress


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """What a statement rests on, as far as visitors may read it: a link, the reference of a document, or a file."""

    title: str | None
    url: str | None
    document: str | None
    file: int | None = None
    """The number under which /api/evidence answers with the file."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One statement of the log as a reader may see it; days are those of the plan's time zone."""

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
    proposed_due: date | None
    evidence: tuple[EvidenceLine, ...]

    @property
    def stands(self) -> bool:
        """Whether nothing later took it back."""
        return self.returned_on is None and self.withdrawn_on is None and self.replaced_by is None


def history(session: Session, plan: Plan, initiative: Initiative, view: View) -> tuple[Spoken, ...]:
    """Every statement on the initiative known in the view, the newest first."""
    found = [(party, row) for party, row in _rows(session, initiative) if _is_told(row, view)]
    rows = [row for _, row in found]
    evidence = _evidence(session, rows)
    teller = _Teller(plan, view, initiative.lead, _replacements(rows))
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


def _is_told(row: Progress, view: View) -> bool:
    """On basis cleared only what was cleared; a nil report is accepted at its submission."""
    submitted = view.basis is Basis.REPORTED or row.kind == Kind.NIL
    moment = row.submitted_at if submitted else row.cleared_at
    return moment is not None and moment <= view.known_at and row.valid_on <= view.as_of


def _evidence(session: Session, rows: list[Progress]) -> Mapping[int, list[EvidenceLine]]:
    lines: dict[int, list[EvidenceLine]] = defaultdict(list)
    # A file can be had once its statement is cleared; what is restricted is not even named.
    cleared = {row.id for row in rows if row.cleared_at}
    wanted = (col(Evidence.progress_id).in_([row.id for row in rows]), col(Evidence.public))
    for item in session.execute(select(Evidence).where(*wanted).order_by(col(Evidence.id))).scalars():
        file = item.id if item.file_id is not None else None
        if file is None or item.progress_id in cleared:
            lines[item.progress_id].append(EvidenceLine(item.title, item.url, item.document, file))
    return lines


def _replacements(rows: list[Progress]) -> dict[int, int]:
    """Which statement replaced which, among those still standing."""
    standing = (row for row in rows if row.returned_at is None and row.withdrawn_at is None)
    return {row.replaces_id: row.id for row in standing if row.replaces_id and row.id}


@dataclass(frozen=True)
class _Teller:
    """Turns rows into what a reader may see."""

    plan: Plan
    view: View
    lead: str
    replacements: Mapping[int, int]

    def tell(self, party: str, row: Progress, evidence: list[EvidenceLine]) -> Spoken:
        """One row, without its author."""
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
            narrative=row.narrative,
            obstacles=row.obstacles,
            obstacle_kind=ObstacleKind(row.obstacle_kind) if row.obstacle_kind else None,
            next_step=row.next_step,
            proposed_due=row.proposed_due,
            evidence=tuple(evidence),
        )

    def _day(self, moment: datetime | None) -> date | None:
        """The day of a moment, unless it lies after what the view knows."""
        if moment is None or moment > self.view.known_at:
            return None
        return day_of(moment, self.plan)
