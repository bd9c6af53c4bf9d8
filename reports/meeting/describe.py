"""The one way from a snapshot to the report that every writer draws."""

from collections.abc import Iterator, Mapping

from models.meetings.snapshot import Snapshot
from models.people.visibility_rules import Display
from reports.meeting import annexes, attention_tables, opening, records, standing_tables
from reports.meeting.context import ReportContext
from reports.meeting.redact import ReportScope, redacted
from reports.report import Report, Section

DEMONSTRATION = "DEMONSTRATION: made-up figures"


def describe(
    snapshot: Snapshot,
    sha256: str,
    *,
    scope: ReportScope,
    display: Display,
    address: str = "",
    people: Mapping[int, str] | None = None,
) -> Report:
    """The report on one scope of a snapshot as one display has it.

    `address` is the product's, for links; `people` names those who wrote and cleared, for the display that has them.
    """
    of = ReportContext(redacted(snapshot, scope, display), scope, display, sha256, address, people or {})
    return Report(
        head=opening.head(of),
        sections=tuple(_sections(of)),
        foot=opening.foot(of),
        records=records.records(of),
        made_at=snapshot.known_at,
        display=display,
        demonstration=DEMONSTRATION if snapshot.demonstration else "",
    )


def _sections(of: ReportContext) -> Iterator[Section]:
    yield opening.action(of)
    yield opening.headlines_table(of)
    yield opening.at_a_glance(of)
    yield standing_tables.by_measure(of)
    if not of.scope.body:
        yield standing_tables.by_body(of)
    yield standing_tables.what_changed(of)
    if of.scope.whole:
        yield standing_tables.the_trend(of)
    yield attention_tables.attention(of)
    yield attention_tables.not_reported(of)
    yield attention_tables.due_next(of)
    later = (
        attention_tables.matters_arising(of),
        attention_tables.submitted(of),
        annexes.matrix(of),
        annexes.ledger(of),
        annexes.proposals(of),
        annexes.the_method(of),
        annexes.statements(of),
        annexes.corrections(of),
        annexes.questions(of),
    )
    yield from filter(None, later)
