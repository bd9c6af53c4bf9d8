"""The ledger follows the count: whatever is done, what is in scope changes if and only if a line says so."""

import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col, select

from models.core.errors import ImportRefused, LoadRefused, UpdateRefused
from models.core.text import PublicText
from models.core.vocabulary import Grouping, LedgerEventKind
from models.figures.assess import assessment, figures
from models.people.context import Context
from models.plan.calendar import day_of
from models.plan.canonical import from_document, to_document
from models.plan.schema import Commitment, Exit, Merger, Plan
from models.progress.clearing import clear, clear_many, return_to_author, withdraw
from models.progress.import_jsonl import import_progress
from models.progress.latest import View
from models.progress.ledger import IMPORTED, LedgerLine, ledger
from models.reporting.review_queue import review
from models.store.database import reading, writing
from models.store.tables import Progress
from tests.conftest import fresh_database
from tests.kit.builders import CHAIR, OFFICER, changed, entry, load, officer, record, tiny_plan, write

BEGAN = datetime(2026, 11, 20, 3, tzinfo=UTC)
COMMITMENTS = [("I01", "ASEAN"), *(("I02", party) for party in ("BN", "KH", "TL")), ("I03", "BN"), ("I03", "KH")]
STATUSES = ("ongoing", "not_applicable", "not_applicable", "suspended")
REASON = PublicText("As the party explained.")
INITIATIVES = st.sampled_from(["I01", "I02", "I03"])
DAYS = st.sampled_from([0, 1, 4, 30])
ENTERS = frozenset(
    {
        LedgerEventKind.ADDED,
        LedgerEventKind.IN_FORCE,
        LedgerEventKind.REINSTATED,
        LedgerEventKind.PARTY_ADDED,
        LedgerEventKind.JOINED,
        LedgerEventKind.APPLICABLE_AGAIN,
    }
)
"""The events by which a commitment enters the count; by the others it leaves, save for the plan's own."""


def moment(now):
    return f"{now:%Y-%m-%dT%H:%M:%SZ}"


@dataclass
class World:
    """A database with its clock, the refs of its rows by commitment, and what the ledger says counts."""

    engine: Engine
    now: datetime = BEGAN
    refs: dict[Commitment, list[str]] = field(default_factory=dict)
    plan: Plan = field(default_factory=tiny_plan)
    lines: tuple[LedgerLine, ...] = ()
    counted: set[Commitment] = field(default_factory=set)

    def __post_init__(self):
        self.load(self.plan)
        self.counted = self.in_scope()

    def load(self, plan):
        load(self.engine, plan, now=self.now, reason="As agreed")
        self.plan = plan

    def in_scope(self):
        """As the figures have it."""
        with reading(self.engine) as session:
            found = assessment(session, View(day_of(self.now, self.plan), self.now))
            return {(one.initiative.key, one.party) for standing in found.standings for one in standing.commitments}

    def check(self):
        """Each line added moves one commitment, and together they lead to what the figures count now."""
        with reading(self.engine) as session:
            lines = ledger(session, self.now)
        assert Counter(self.lines) - Counter(lines) == Counter(), "a line disappeared or changed"
        for line in lines:
            if line not in self.lines:
                assert line.party is not None, f"{line} is about no commitment"
                commitment = (line.initiative, line.party)
                assert (commitment in self.counted) != (line.event in ENTERS), f"{line} moves nothing"
                self.counted ^= {commitment}
                assert line.reason
        assert self.counted == self.in_scope()
        self.lines = lines

    def act(self, act, row, by=officer, **named):
        with writing(self.engine) as session:
            return act(Context(session, by(session), self.plan, self.now), row, **named)

    def rows(self, **still):
        with reading(self.engine) as session:
            rows = session.exec(select(Progress).order_by(col(Progress.id))).all()
            return [
                row.id
                for row in rows
                if all((getattr(row, f"{name}_at") is None) is not has for name, has in still.items())
            ]

    def facts(self, place, status, back, corrects):
        """A statement as entered now, valid some days back; perhaps correcting the one before it."""
        commitment = COMMITMENTS[place % len(COMMITMENTS)]
        ref, earlier = f"r{sum(map(len, self.refs.values()))}", self.refs.setdefault(commitment, [])
        done = (
            {"percent": None, "deliverables_done": ("D1",)}
            if commitment[0] == "I01" and status in {"ongoing", "suspended"}
            else {}
        )
        facts = {
            "initiative": commitment[0],
            "party": commitment[1],
            "status": status,
            "valid_on": str(day_of(self.now, self.plan) - timedelta(days=back)),
            "entered_at": moment(self.now),
            "submitted_at": moment(self.now),
            "ref": ref,
            "replaces": earlier[-1] if corrects and earlier else None,
        }
        return facts | done

    # The steps

    def report(self, place, status, back, corrects):
        facts = self.facts(place, status, back, corrects)
        with suppress(UpdateRefused), writing(self.engine) as session:
            record(session, entry(**facts, author=CHAIR), plan=self.plan, now=self.now)
            self.refs[facts["initiative"], facts["party"]].append(facts["ref"])

    def clear(self, place):
        """The queue says beforehand whether a reason is needed."""
        with reading(self.engine) as session:
            queue = review(Context(session, officer(session), self.plan, self.now)).queue
        if queue:
            waiting = queue[place % len(queue)]
            if waiting.effect:
                with pytest.raises(UpdateRefused, match="A reason is missing") as refusal:
                    self.act(clear, waiting.row)
                assert refusal.value.errors[0].field == "reason"
            self.act(clear, waiting.row, reason=REASON if waiting.effect else None)

    def clear_all(self):
        waiting = self.rows(submitted=True, cleared=False, returned=False, withdrawn=False)
        with suppress(UpdateRefused):
            self.act(clear_many, waiting)

    def return_one(self, place):
        waiting = self.rows(submitted=True, cleared=False, returned=False, withdrawn=False)
        if waiting:
            self.act(return_to_author, waiting[place % len(waiting)], note="What is missing?")

    def withdraw(self, place):
        clear_rows = self.rows(cleared=True, withdrawn=False)
        if clear_rows:
            self.act(withdraw, clear_rows[place % len(clear_rows)], reason=REASON)

    def take_in(self, statements):
        """A file of history: entered, cleared and sometimes withdrawn on earlier days."""
        lines: list[str] = []
        for place, status, back, ago, corrects, fate in statements:
            entered = self.now - timedelta(days=ago)
            facts = self.facts(place, status, back + ago, corrects)
            facts |= {
                "entered_at": moment(entered),
                "submitted_at": moment(entered),
                "ref": f"{facts['ref']}-{len(lines)}",
            }
            ended = moment(self.now - timedelta(days=ago // 2))
            life = {"waiting": {}, "returned": {"returned_at": ended}}.get(fate, {"cleared_at": ended})
            life = life | ({"withdrawn_at": ended} if fate == "withdrawn" else {})
            lines.append(entry(**facts, **life).model_dump_json(exclude_none=True))
        with suppress(ImportRefused), writing(self.engine) as session:
            import_progress(session, [one.encode() for one in lines], file="f", plan=self.plan, now=self.now)
            for one in map(json.loads, lines):
                self.refs[one["initiative"], one["party"]].append(one["ref"])

    def amend(self, change):
        plan = change(self.plan, day_of(self.now, self.plan))
        version = f"1.{len(self.lines) + self.now.toordinal()}"
        # Read again, since a copy keeps what was computed from the other.
        plan = from_document(to_document(plan) | {"version": version})
        with suppress(LoadRefused):
            self.load(plan)


IN_FORCE = dict.fromkeys(("withdrawn", "merged_into", "superseded_by"))


def leaves(plan, today, key, days, way):
    facts = {"on": today + timedelta(days=days), "reason": "Taken up elsewhere", "decided_at": "AWGIPC-80"}
    left = Exit(**facts) if way == "withdrawn" else Merger(**facts, initiative="I02")
    return changed(plan, key, **(IN_FORCE | {way: left}))


def returns(plan, _, key):
    return changed(plan, key, **IN_FORCE)


def other_states(plan, _, states):
    return changed(plan, "I03", states=tuple(states))


def joins(plan, today, key, party, days):
    return changed(plan, key, joins={party: today + timedelta(days=days)})


def begins(plan, today, key, days):
    return changed(plan, key, in_force_from=today + timedelta(days=days))


def accedes(plan, today, days):
    states = tuple(
        one.model_copy(update={"member_from": today + timedelta(days=days)}) if one.key == "TL" else one
        for one in plan.states
    )
    return plan.model_copy(update={"states": states})


def adds(plan, today, days):
    key = f"I{len(plan.initiatives) + 1:02}"
    new = plan.initiative["I03"].model_copy(
        update={"key": key, "code": key, "in_force_from": today + timedelta(days=days)}
    )
    return plan.model_copy(update={"initiatives": (*plan.initiatives, new)})


def amendment(function, *strategies):
    return st.tuples(*strategies).map(lambda given: lambda plan, today: function(plan, today, *given))


NEAR = st.sampled_from([-20, -1, 0, 1, 2, 3, 15])
AMENDMENTS = st.one_of(
    amendment(leaves, INITIATIVES, NEAR, st.sampled_from(["withdrawn", "merged_into", "superseded_by"])),
    amendment(returns, INITIATIVES),
    amendment(other_states, st.sampled_from([("BN",), ("BN", "KH"), ("BN", "KH", "TL"), ("TL",)])),
    amendment(joins, st.sampled_from(["I02", "I03"]), st.sampled_from(["BN", "KH", "TL"]), NEAR),
    amendment(joins, st.sampled_from(["I02", "I03"]), st.sampled_from(["BN", "KH", "TL"]), NEAR),
    amendment(begins, INITIATIVES, NEAR),
    amendment(accedes, NEAR),
    amendment(adds, NEAR),
)
PLACES, STATUS = st.integers(0, 5), st.sampled_from(STATUSES)
FATES = st.sampled_from(["cleared", "cleared", "withdrawn", "returned", "waiting"])
HISTORY = st.lists(st.tuples(PLACES, STATUS, DAYS, DAYS, st.booleans(), FATES), min_size=1, max_size=3)
STEPS = st.one_of(
    st.tuples(st.just(World.report), PLACES, STATUS, DAYS, st.booleans()),
    st.tuples(st.just(World.report), PLACES, STATUS, DAYS, st.booleans()),
    st.tuples(st.just(World.clear), PLACES),
    st.tuples(st.just(World.clear), PLACES),
    st.tuples(st.just(World.clear_all)),
    st.tuples(st.just(World.return_one), PLACES),
    st.tuples(st.just(World.withdraw), PLACES),
    st.tuples(st.just(World.take_in), HISTORY),
    st.tuples(st.just(World.amend), AMENDMENTS),
    st.tuples(st.just(World.amend), AMENDMENTS),
    st.tuples(st.just(World.amend), AMENDMENTS),
    st.tuples(st.just(lambda _: None)),
)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.sampled_from([0, 0, 1, 2, 20]), STEPS), min_size=4, max_size=16))
def test_what_is_in_scope_changes_if_and_only_if_the_ledger_says_so(steps):
    with fresh_database() as engine:
        world = World(engine)
        for days, (step, *arguments) in steps:
            world.now += timedelta(days=days, minutes=1)
            step(world, *arguments)
            world.check()


# --- The sequences in which the ledger once went its own way


NOW = datetime(2027, 12, 31, tzinfo=UTC)
NA, ON = "not_applicable", "ongoing"


def at(month, day):
    return datetime(2027, month, day, 9, tzinfo=UTC)


@pytest.fixture(name="said")
def _said(engine):
    """Writes a statement on I02/KH as it was entered then, and gives its key."""
    load(engine, tiny_plan())

    def said(status, valid_on, entered, **more):
        facts = {"entered_at": moment(entered), "submitted_at": moment(entered)} | more
        return write(engine, entry(status=status, valid_on=valid_on, **facts), now=NOW)[0]

    return said


@pytest.fixture(name="do")
def _do(engine):
    """Does one act, and gives N of Cambodia and the ledger's lines on it after that."""

    def do(act, row, when, reason=None):
        with writing(engine) as session:
            act(Context(session, officer(session), tiny_plan(), when), row, reason=reason and PublicText(reason))
        with reading(engine) as session:
            found = figures(session, View(date(2027, 12, 30), NOW), Grouping.STATE)
            lines = [one for one in ledger(session, NOW) if one.party == "KH"]
        n = next(one for one in found if one.key == "KH").in_scope
        return n, [(str(one.event), str(one.effective_on)) for one in lines]

    return do


LEFT = ("not_applicable", "2027-03-01")


def test_a_report_for_an_earlier_day_moves_nothing_and_the_true_reversal_does(said, do):
    assert do(clear, said(NA, "2027-03-01", at(3, 2)), at(3, 10), "law") == (1, [LEFT])
    assert do(clear, said(ON, "2027-02-01", at(4, 1)), at(4, 2)) == (1, [LEFT])
    reversal = said(ON, "2027-05-01", at(5, 2))
    with pytest.raises(UpdateRefused, match="A reason is missing on I02/KH"):
        do(clear, reversal, at(5, 3))

    assert do(clear, reversal, at(5, 3), "law changed") == (2, [LEFT, ("applicable_again", "2027-05-01")])


def test_withdrawing_a_reversal_takes_the_commitment_out_again(said, do):
    do(clear, said(NA, "2027-03-01", at(3, 2)), at(3, 10), "law")
    reversal = said(ON, "2027-04-01", at(4, 2))
    do(clear, reversal, at(4, 3), "law changed")

    n, lines = do(withdraw, reversal, at(4, 4), "typed wrong")
    assert (n, lines[-1]) == (1, ("not_applicable", "2027-04-01"))


def test_withdrawing_the_newer_of_two_that_do_not_apply_moves_nothing(said, do):
    do(clear, said(NA, "2027-03-01", at(3, 2)), at(3, 10), "law")
    again = said(NA, "2027-04-01", at(4, 2))

    assert do(clear, again, at(4, 3)) == (1, [LEFT])
    assert do(withdraw, again, at(4, 4), "twice") == (1, [LEFT])


def test_not_applicable_for_a_day_before_the_latest_statement_moves_nothing(said, do):
    do(clear, said(ON, "2027-06-01", at(6, 2)), at(6, 3))

    assert do(clear, said(NA, "2027-03-01", at(7, 1)), at(7, 2)) == (2, [])


def test_a_correction_brings_the_commitment_back_and_its_withdrawal_takes_it_out(said, do):
    do(clear, said(NA, "2027-03-01", at(3, 2), ref="r1"), at(3, 10), "law")
    correction = said(ON, "2027-03-01", at(4, 1), replaces="r1")

    n, lines = do(clear, correction, at(4, 2), "typed wrong")
    assert (n, lines[-1]) == (2, ("applicable_again", "2027-03-01"))
    n, lines = do(withdraw, correction, at(4, 3), "it was right")
    assert (n, lines[-1]) == (1, LEFT)


def test_an_import_of_what_was_cleared_and_withdrawn_leaves_no_line(engine):
    load(engine, tiny_plan())
    line = entry(status=NA, cleared_at="2027-03-03T09:00:00Z", withdrawn_at="2027-03-04T09:00:00Z")
    with writing(engine) as session:
        data = [line.model_dump_json(exclude_none=True).encode()]
        import_progress(session, data, file="f", plan=tiny_plan(), now=NOW)
    with reading(engine) as session:
        assert [one.event for one in ledger(session, NOW)] == ["joined"]


def test_an_import_of_what_does_not_apply_leaves_one_line_with_a_sentence_of_ours(engine):
    load(engine, tiny_plan())
    lines = [
        entry(status=NA, cleared_at="2027-03-03T09:00:00Z", cleared_by=OFFICER),
        entry(status=NA, valid_on="2027-03-02", narrative="Secret.", cleared_at="2027-03-03T09:00:00Z"),
    ]
    with writing(engine) as session:
        data = [one.model_dump_json(exclude_none=True).encode() for one in lines]
        import_progress(session, data, file="f", plan=tiny_plan(), now=NOW)
    with reading(engine) as session:
        _, line = ledger(session, NOW)
        assert (line.party, line.event, line.reason, line.recorded_at) == ("KH", NA, IMPORTED, NOW)


def test_history_imported_later_leaves_the_lines_of_the_days_before_as_they_were(engine):
    load(engine, tiny_plan())
    with reading(engine) as session:
        before = ledger(session, NOW)
    moments = dict.fromkeys(("entered_at", "submitted_at", "cleared_at"), "2026-12-01T09:00:00Z")
    line = entry(party="TL", status=NA, valid_on="2026-12-01", **moments)
    with writing(engine) as session:
        data = [line.model_dump_json(exclude_none=True).encode()]
        import_progress(session, data, file="f", plan=tiny_plan(), now=NOW)
    with reading(engine) as session:
        joined, left = ledger(session, NOW)

    assert (joined,) == before
    assert (joined.party, joined.event, joined.effective_on) == ("TL", "joined", date(2027, 1, 1))
    assert (left.party, left.event) == ("TL", NA)


def test_what_does_not_apply_does_not_enter_on_the_day_on_which_it_would_join(engine):
    load(engine, tiny_plan())
    moments = dict.fromkeys(("entered_at", "submitted_at", "cleared_at"), "2026-12-01T09:00:00Z")
    write(engine, entry(party="TL", status=NA, valid_on="2026-12-01", **moments), now=datetime(2026, 12, 2, tzinfo=UTC))

    with reading(engine) as session:
        assert ledger(session, NOW) == ()
