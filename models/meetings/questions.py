"""Questions the chair may wish to ask (method.md, section 4): fixed rules over what was reported, cycle by cycle.

Each question names its rule, says in one sentence what is odd, and carries the rows of the log behind it. Only the
secretariat and the chair of the working group can read them.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import Row, Select, select
from sqlmodel import Session

from models.core.text import day
from models.core.vocabulary import Basis, Health, Kind, Status, Word
from models.figures.assess import assessment
from models.figures.rollup import Assessment
from models.figures.standing import CommitmentStanding
from models.people.context import Context
from models.people.permissions import Action, require
from models.plan.editions import due_dates, list_editions, plan_as_known, plan_of
from models.plan.schema import Commitment
from models.plan.schema_parts import Frozen, Key
from models.progress.cycles import CycleSpan, cycle_at, list_cycles
from models.progress.drafts import statement_evidence
from models.progress.latest import AS_OF, COMMITMENTS, LOG, View, counts
from models.progress.statement import EvidenceItem


class QuestionRule(Word):
    """The rules, in the order of the method."""

    NO_MOVEMENT = "no_movement", "Ongoing for three cycles without movement"
    SAME_WORDS = "same_words", "The same narrative as in the cycle before"
    DOWN_UNEXPLAINED = "down_unexplained", "Percent down, with no obstacle named"
    UP_UNEVIDENCED = "up_unevidenced", "Percent up, with no new evidence"
    DATE_MOVED = "date_moved", "Due date moved more than twice"
    DELIVERABLE_OVERDUE = "deliverable_overdue", "On schedule with an overdue deliverable"
    SUSPENDED_PAST_DUE = "suspended_past_due", "Suspended past its due date"
    OWN_CLEARANCE = "own_clearance", "Cleared by its own author"


@dataclass(frozen=True, slots=True)
class UpdateInCycle:
    """One counting update of a commitment, as the rules look at it. `cycle` is its meeting's key, None outside any."""

    row: int
    cycle: str | None
    status: Status
    percent: int
    narrative: str
    obstacles: str
    evidence: tuple[str, ...]
    author: int
    cleared_by: int | None
    on_behalf_of: str | None = None


Values = dict[str, str | int]


class Question(Frozen):
    """One thing to ask about a commitment: the rule, what it was found by, and the rows of the log behind it.

    The sentence is written when it is read; a snapshot of format 1 wrote it down itself, as `text`.
    """

    rule: QuestionRule
    initiative: Key
    party: Key
    values: Values
    rows: tuple[int, ...] = ()

    @property
    def commitment(self) -> Commitment:
        """What it is about."""
        return self.initiative, self.party

    @property
    def sentence(self) -> str:
        """What the chair may wish to ask."""
        values = {
            name: day(date.fromisoformat(str(value))) if name in _DAYS else value for name, value in self.values.items()
        }
        return str(values.get("text") or SENTENCES[self.rule].format(**values))


_DAYS = frozenset({"first", "last", "due"})

SENTENCES: Mapping[QuestionRule, str] = {
    QuestionRule.NO_MOVEMENT: "Ongoing at {percent} % at the end of each of the last three cycles.",
    QuestionRule.SAME_WORDS: "The narrative is the same as in the cycle before.",
    QuestionRule.DOWN_UNEXPLAINED: "Went from {before} % to {now} %, and names no obstacle.",
    QuestionRule.UP_UNEVIDENCED: "Went from {before} % to {now} %, with no new evidence.",
    QuestionRule.DATE_MOVED: "The due date was moved {moves} times, first from {first}, now to {last}.",
    QuestionRule.DELIVERABLE_OVERDUE: "On schedule, but {deliverable} was due {due} and is not marked done.",
    QuestionRule.SUSPENDED_PAST_DUE: "Suspended, and past its due date of {due}.",
    QuestionRule.OWN_CLEARANCE: "Cleared by the person who wrote it{on_behalf_of}.",
}
"""What each rule asks, with the values that it was found by."""


CYCLES_WITHOUT_MOVEMENT = 3
MOVES_ALLOWED = 2

History = Mapping[Commitment, Sequence[UpdateInCycle]]
"""The counting updates of each commitment, the oldest first."""


def questions(
    assessment: Assessment, history: History, *, cycles: Sequence[str], due_dates: Mapping[str, Sequence[date]]
) -> tuple[Question, ...]:
    """Every question, in the plan's order, then in the order of the rules.

    `cycles` are the meetings' keys in the order in which the cycles were opened; `due_dates` the due dates each
    initiative had, edition by edition.
    """
    every_question = []
    for standing in (commitment for initiative in assessment.standings for commitment in initiative.commitments):
        key, party = standing.initiative.key, standing.party
        updates = history.get((key, party), ())
        answers = _answers(standing, assessment.as_of, updates, cycles, due_dates.get(key, ()))
        every_question += [
            Question(rule=rule, initiative=key, party=party, values=answer[0], rows=answer[1])
            for rule, answer in answers.items()
            if answer is not None
        ]
    return tuple(every_question)


Answer = tuple[Values, tuple[int, ...]]
"""What a rule was found by, and the rows behind it."""


def _answers(
    standing: CommitmentStanding,
    as_of: date,
    updates: Sequence[UpdateInCycle],
    cycles: Sequence[str],
    dates: Sequence[date],
) -> Mapping[QuestionRule, Answer | None]:
    last = {update.cycle: update for update in updates}
    # Without the open cycle, the last, while nothing was reported in it: its time is not over.
    reported_cycles = cycles[:-1] if cycles and cycles[-1] not in last else cycles
    return {
        QuestionRule.NO_MOVEMENT: _no_movement(updates, reported_cycles),
        QuestionRule.SAME_WORDS: _pair([last.get(cycle) for cycle in reported_cycles], _same_words),
        QuestionRule.DOWN_UNEXPLAINED: _pair(updates, _down_unexplained),
        QuestionRule.UP_UNEVIDENCED: _pair(updates, _up_unevidenced),
        QuestionRule.DATE_MOVED: _date_moved(dates),
        QuestionRule.DELIVERABLE_OVERDUE: _deliverable_overdue(standing, as_of),
        QuestionRule.SUSPENDED_PAST_DUE: _suspended_past_due(standing, as_of),
        QuestionRule.OWN_CLEARANCE: _own_clearance(updates),
    }


def _standing_after_each_cycle(updates: Sequence[UpdateInCycle], cycles: Sequence[str]) -> list[UpdateInCycle | None]:
    """The latest update at the end of each cycle, from it or before; those before the first cycle have none."""
    last = {update.cycle: update for update in updates}
    stood, standing = [], last.get(None)
    for cycle in cycles:
        standing = last.get(cycle, standing)
        stood.append(standing)
    return stood


def _no_movement(updates: Sequence[UpdateInCycle], cycles: Sequence[str]) -> Answer | None:
    """Silence is no movement either."""
    stood = [update for update in _standing_after_each_cycle(updates, cycles)[-CYCLES_WITHOUT_MOVEMENT:] if update]
    still = len(stood) == CYCLES_WITHOUT_MOVEMENT and all(update.status is Status.ONGOING for update in stood)
    if not still or len({update.percent for update in stood}) > 1:
        return None
    return {"percent": stood[0].percent}, _rows(stood)


def _pair(
    updates: Sequence[UpdateInCycle | None], judge: Callable[[UpdateInCycle, UpdateInCycle], Values | None]
) -> Answer | None:
    """What the last two say against each other."""
    before, now = (updates[-2], updates[-1]) if len(updates) > 1 else (None, None)
    if before is None or now is None:
        return None
    values = judge(before, now)
    return None if values is None else (values, _rows((before, now)))


def _same_words(before: UpdateInCycle, now: UpdateInCycle) -> Values | None:
    return {} if before.narrative.split() == now.narrative.split() else None


def _down_unexplained(before: UpdateInCycle, now: UpdateInCycle) -> Values | None:
    if now.percent >= before.percent or now.obstacles.strip():
        return None
    return {"before": before.percent, "now": now.percent}


def _up_unevidenced(before: UpdateInCycle, now: UpdateInCycle) -> Values | None:
    if now.percent <= before.percent or set(now.evidence) - set(before.evidence):
        return None
    return {"before": before.percent, "now": now.percent}


def _date_moved(dates: Sequence[date]) -> Answer | None:
    moves = sum(before != after for before, after in pairwise(dates))
    if moves <= MOVES_ALLOWED:
        return None
    return {"moves": moves, "first": dates[0].isoformat(), "last": dates[-1].isoformat()}, ()


def _deliverable_overdue(standing: CommitmentStanding, as_of: date) -> Answer | None:
    done = standing.statement.deliverables_done if standing.statement else ()
    late = [item for item in standing.initiative.deliverables if item.due < as_of and item.key not in done]
    if standing.health is not Health.ON_TRACK or not late:
        return None
    return {"deliverable": late[0].key, "due": late[0].due.isoformat()}, _row_of(standing)


def _suspended_past_due(standing: CommitmentStanding, as_of: date) -> Answer | None:
    if standing.health is not Health.SUSPENDED or as_of <= standing.due:
        return None
    return {"due": standing.due.isoformat()}, _row_of(standing)


def _own_clearance(updates: Sequence[UpdateInCycle]) -> Answer | None:
    if not updates or updates[-1].cleared_by != updates[-1].author:
        return None
    last = updates[-1]
    on_behalf_of = f", on behalf of {last.on_behalf_of}" if last.on_behalf_of else ""
    return {"on_behalf_of": on_behalf_of}, _rows([last])


def _rows(updates: Sequence[UpdateInCycle]) -> tuple[int, ...]:
    """The rows, each once, in the order they were reported."""
    return tuple(dict.fromkeys(update.row for update in updates))


def _row_of(standing: CommitmentStanding) -> tuple[int, ...]:
    return (standing.statement.row,) if standing.statement else ()


LOOKED_BACK = 24
"""How many updates of a commitment are looked at, the newest: years of reporting, however long the log."""


def questions_for(context: Context, view: View) -> tuple[Question, ...]:
    """Every question in the view, in the plan's order; refused to anybody else."""
    require(context.user, Action.ASK_QUESTIONS, plan=plan_as_known(context.session, view.known_at).plan)
    return questions_in(context.session, view)


def questions_in(session: Session, view: View) -> tuple[Question, ...]:
    """Every question in the view, for a snapshot: the code that shows the snapshot checks the permission."""
    now = assessment(session, view)
    cycles = [cycle for cycle in list_cycles(session, now.plan) if cycle.opened_at <= view.known_at]
    editions = [edition for edition in list_editions(session) if edition.loaded_at <= view.known_at]
    return questions(
        now,
        _updates(session, view, cycles),
        cycles=[cycle.meeting.key for cycle in cycles],
        due_dates=due_dates([plan_of(session, edition) for edition in editions]),
    )


# Built once per basis, as the query for the latest is.
@cache
def _query(basis: Basis) -> Select[Any]:
    row = LOG.alias("recent")
    newest_first = (row.c.valid_on.desc(), row.c.entered_at.desc(), row.c.id.desc())
    recent = (
        select(row.c.id)
        .where(
            row.c.commitment_id == COMMITMENTS.c.id,
            row.c.kind == Kind.UPDATE,
            row.c.valid_on <= AS_OF,
            counts(row, basis),
        )
        .order_by(*newest_first)
        .limit(LOOKED_BACK)
        .correlate(COMMITMENTS)
    )
    return (
        select(COMMITMENTS.c.initiative, COMMITMENTS.c.party, LOG)
        .select_from(COMMITMENTS.join(LOG, LOG.c.id.in_(recent)))
        .order_by(COMMITMENTS.c.id, LOG.c.valid_on, LOG.c.entered_at, LOG.c.id)
    )


def _updates(session: Session, view: View, cycles: Sequence[CycleSpan]) -> Mapping[Commitment, Sequence[UpdateInCycle]]:
    rows = session.execute(_query(view.basis), view.bound).all()
    evidence = statement_evidence(session, [row.id for row in rows])
    updates: dict[Commitment, list[UpdateInCycle]] = defaultdict(list)
    for row in rows:
        cycle = cycle_at(cycles, row.submitted_at)
        # A later clearance is not known in the view.
        cleared_by = row.cleared_by if row.cleared_at is not None and row.cleared_at <= view.known_at else None
        updates[row.initiative, row.party].append(_update(row, cycle, evidence[row.id], cleared_by=cleared_by))
    return updates


def _update(
    row: Row[Any], cycle: CycleSpan | None, evidence: Sequence[EvidenceItem], *, cleared_by: int | None
) -> UpdateInCycle:
    return UpdateInCycle(
        row=row.id,
        cycle=cycle.meeting.key if cycle else None,
        status=Status(row.status),
        percent=row.percent or 0,
        narrative=row.narrative or "",
        obstacles=row.obstacles or "",
        evidence=tuple(item.model_dump_json(exclude={"public", "id", "size"}) for item in evidence),
        author=row.author_id,
        cleared_by=cleared_by,
        on_behalf_of=row.on_behalf_of,
    )
