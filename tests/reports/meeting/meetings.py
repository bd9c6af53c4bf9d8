"""Two meetings of a small plan: what was reported before each, what the second corrects, and reports on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Engine

from models.access.archive import ReportSource
from models.core.text import RestrictedText
from models.core.vocabulary import DecisionKind
from models.meetings.compose import SnapshotRequest, compose
from models.meetings.cycles import circulate, note, open_cycle
from models.meetings.decisions import Agreed, close_decision, record_decision
from models.meetings.past import Past, past_of
from models.meetings.snapshot import Paper, Snapshot, hash_of, written
from models.meetings.snapshots import list_snapshots, snapshot
from models.people.visibility_rules import Display
from models.plan.schema_parts import Meeting
from models.progress.entry import Entry
from models.progress.latest import EVERY_ROW
from models.progress.on_behalf import Received, record_on_behalf
from models.store.database import reading
from reports.meeting.describe import describe
from reports.meeting.redact import ReportScope
from reports.report import Block, Items, Paragraph, Report, Section, Table
from tests.kit.builders import LOADED, NO_PAST, act, cleared, entry, load, tiny_plan, write

ADDRESS = "https://monitor.example.org"
FIRST = Meeting(
    key="AWGIPC-81", body="AWGIPC", number=81, start=date(2027, 1, 11), end=date(2027, 1, 13), place="Bangkok"
)
SECOND = Meeting(key="AWGIPC-82", body="AWGIPC", number=82, start=date(2027, 7, 26), end=date(2027, 7, 29))
THIRD = Meeting(
    key="AWGIPC-83", body="AWGIPC", number=83, start=date(2029, 3, 5), end=date(2029, 3, 8), provisional=True
)
PLAN = tiny_plan().model_copy(update={"meetings": (*tiny_plan().meetings, FIRST, SECOND, THIRD)})
_do = partial(act, plan=PLAN)
INVITED = ("thank the host;", "agree on a date.")


def at(text: str) -> datetime:
    """A moment from month, day and hour of 2027."""
    return datetime.fromisoformat(f"2027-{text}:00+00:00")


SENT, HELD = at("07-16T06"), at("07-29T06")


def said(percent: int | None, on: str, **fields: Any) -> Entry:
    """An update that came and was cleared on one day."""
    moments = dict.fromkeys(("entered_at", "submitted_at", "cleared_at"), f"{on}T03:00:00Z")
    return cleared(**({"percent": percent, "valid_on": on} | moments | fields))


@dataclass(frozen=True)
class Held:
    """The second meeting: its paper, what it noted, what the first reported, and a draft before anything was said."""

    paper: Snapshot
    noted: Snapshot
    nothing: Snapshot
    past: Past


def hold(engine: Engine) -> Held:
    """Both meetings, each sent its paper and noted; decisions of the first."""
    load(engine, PLAN)
    with reading(engine) as session:
        nothing = compose(session, SnapshotRequest(date(2026, 2, 1), LOADED, EVERY_ROW))
    _do(engine, open_cycle, FIRST.key, now=datetime(2026, 12, 1, tzinfo=UTC))
    write(engine, said(20, "2026-12-20"), plan=PLAN)
    _do(engine, circulate, FIRST.key, paper=Paper(), now=at("01-04T06"))
    _do(engine, note, FIRST.key, now=at("01-13T06"))
    _decide(engine)
    _do(engine, open_cycle, SECOND.key, now=at("05-31T06"))
    _report(engine)
    paper = Paper(agenda_item="5", document_number="AWGIPC82/5", classification="Restricted", invited=INVITED)
    sent = _do(engine, circulate, SECOND.key, paper=paper, now=SENT)
    write(engine, said(60, "2027-07-27"), plan=PLAN, now=HELD)
    noted = _do(engine, note, SECOND.key, now=HELD)
    with reading(engine) as session:
        content = snapshot(session, noted.id)
        past = past_of(session, content, list_snapshots(session, before=noted.id))
        return Held(snapshot(session, sent.id), content, nothing, past)


def _decide(engine: Engine) -> None:
    held = at("01-13T07")
    points = (
        Agreed(FIRST.key, DecisionKind.ACTION_POINT, RestrictedText("Close me."), ("I01",), "TMTF", SECOND.key),
        Agreed(FIRST.key, DecisionKind.ACTION_POINT, RestrictedText("Name a contact."), ("I02",), "KH", SECOND.key),
        Agreed(FIRST.key, DecisionKind.DECISION, RestrictedText("Meet twice a year.")),
    )
    numbers = [_do(engine, record_decision, one, now=held) for one in points]
    _do(engine, close_decision, numbers[0], evidence="Summary Record, para 12", now=at("03-01T06"))


def _report(engine: Engine) -> None:
    write(
        engine,
        said(40, "2027-06-10"),
        said(None, "2027-06-11", party="BN", status="completed", evidence=[{"document": "Gazette 7"}]),
        entry(initiative="I03", party="BN", percent=30, valid_on="2027-06-12", narrative="Not cleared yet.").model_copy(
            update={"entered_at": at("06-12T06"), "submitted_at": at("06-12T06")}
        ),
        plan=PLAN,
    )
    asked = {
        "status": "ongoing",
        "percent": 10,
        "narrative": "Trainers are few.",
        "proposed_due": date(2031, 12, 31),
        "requested": "suspension",
        "request_reason": "The law is late.",
    }
    came = Received("KH", ("I03", "KH"), asked, date(2027, 6, 20), "E-mail of 20 June")
    _do(engine, record_on_behalf, came, cleared=True, now=at("06-21T06"))


def anew(taken: Snapshot, **update: Any) -> Snapshot:
    """The snapshot with some of its content changed, as if it had been taken so."""
    return Snapshot.model_validate(taken.model_dump(mode="json") | update)


def report(
    taken: Snapshot,
    scope: str = "all",
    display: Display = Display.MEETING,
    *,
    past: Past = NO_PAST,
    people: Mapping[int, str] | None = None,
    address: str = ADDRESS,
) -> Report:
    """The report on it."""
    source = ReportSource(taken, hash_of(written(taken)), past, people or {})
    return describe(source, scope=ReportScope.parse(scope, taken.plan), display=display, address=address)


def section(described: Report, key: str) -> Section:
    """A section that the report must have."""
    of_that_key = described.section(key)
    assert of_that_key is not None, f"the report has no section {key}"
    return of_that_key


def blocks(described: Report, key: str) -> tuple[Block, ...]:
    """What a section of the report holds."""
    return section(described, key).blocks


def lines(described: Report, key: str = "action") -> list[str]:
    """The lines of a section's list."""
    return [line for one in blocks(described, key) if isinstance(one, Items) for line in one.lines]


def rows(described: Report, key: str) -> list[list[str]]:
    """The cells of a section's tables as they are read, their tags behind them."""
    tables = [one for one in blocks(described, key) if isinstance(one, Table)]
    return [[" ".join(filter(None, (one.text, one.tag))) for one in row.cells] for each in tables for row in each.rows]


def words(described: Report, key: str) -> str:
    """The running text of a section, and what stands in the place of an empty table."""
    paragraphs = [one.text for one in blocks(described, key) if isinstance(one, Paragraph)]
    empty = [one.empty for one in blocks(described, key) if isinstance(one, Table) and not one.rows]
    return " ".join(paragraphs + empty)
