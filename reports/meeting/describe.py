"""The one way from a snapshot to the report that every writer draws."""

from models.access.archive import ReportSource
from models.people.visibility_rules import Display
from reports.meeting import annexes, attention_tables, opening, records
from reports.meeting.context import ReportContext
from reports.meeting.redact import ReportScope
from reports.parts.counts import percentages_from
from reports.report import Report

DEMONSTRATION = "DEMONSTRATION: made-up figures"
SECTIONS = (
    *(opening.action, opening.headlines_table, opening.at_a_glance, opening.by_measure, opening.by_body),
    *(opening.what_changed, opening.the_trend),
    *(attention_tables.attention, attention_tables.not_reported, attention_tables.due_next),
    *(attention_tables.matters_arising, attention_tables.submitted),
    *(annexes.matrix, annexes.ledger, annexes.proposals, annexes.the_method, annexes.statements),
    *(annexes.corrections, annexes.questions),
)
"""In their order; each returns None where the scope or the audience has no such section."""


def describe(source: ReportSource, *, scope: ReportScope, display: Display, address: str = "") -> Report:
    """Return the report on one scope of a snapshot or draft for one display; `address` is the dashboard's, for links.

    The source must have been read for the same display (models/access/archive.py).
    """
    context = ReportContext(source, scope, display, address)
    return Report(
        head=opening.head(context),
        sections=tuple(filter(None, (section(context) for section in SECTIONS))),
        foot=opening.foot(context),
        records=records.records(context),
        made_at=context.snapshot.known_at,
        display=display,
        demonstration=DEMONSTRATION if context.snapshot.demonstration else "",
        withheld=percentages_from(context.now.early) if context.now.early else "",
    )
