"""The same report as rows of data, with a dictionary: for Excel, CSV and JSON."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import floor
from typing import Any

from models.core.vocabulary import ExclusionReason, Grouping, Word
from models.figures.health_label import health_label
from models.figures.rollup import count_late, figures_of, groups
from models.figures.standing import CommitmentStanding, needed
from models.people.visibility_rules import Detail, Display, shows
from models.plan.schema import Commitment, Initiative, Plan
from models.progress.statement import ABOUT
from reports.meeting.annexes import evidence_text, marked
from reports.meeting.context import ReportContext
from reports.parts.counts import excluded_text, on_dates, percentages_from
from reports.parts.naming import wording_tag
from reports.report import Field, Records, Value

NO_REPORT, EXCLUDED = "no report", "excluded"
PERCENTS = ("completed_percent", "progress_percent", "expected_percent")
"""The figures of a group that are withheld early in the first cycle."""


def _fields(*triples: tuple[str, str, str]) -> tuple[Field, ...]:
    return tuple(Field(*triple) for triple in triples)


REPORT = _fields(("name", "What", "what the line says"), ("value", "Value", "its value"))

FIGURES = _fields(
    ("by", "Grouping", "what the figures are rolled up by, as in rollup --by"),
    ("key", "Key", "the group"),
    ("name", "Name", "the group in words"),
    ("in_scope", "N", "initiatives in scope; for states, commitments"),
    ("completed", "Completed", "of them completed"),
    ("completed_percent", "Completed %", "floor of 100 n / N; empty for an empty group"),
    (
        "progress_percent",
        "Progress %",
        "floor of the weighted mean; empty for an empty group; 0 where none is reported",
    ),
    ("expected_percent", "Expected %", "floor of the weighted mean of what the dates expect; empty for an empty group"),
    ("due", "Due by now", "due on or before the day of the report"),
    ("due_completed", "Due, completed", "of them completed"),
    ("due_moved", "Dates moved", "whose due date is not the original one"),
    ("commitments", "Commitments", "commitments in scope"),
    ("commitments_reported", "Reported", "of them with a cleared statement"),
    ("without_report", "No report", "of which no commitment has a cleared statement"),
    ("stale", "No word", "not reported of in the last closed cycle"),
    ("excluded", "Excluded", "in force and not in scope"),
    ("assumed_due", "Assumed dates", "whose due date is assumed, not official"),
    ("late", "Late", "due before the day of the report and not completed"),
    ("why_excluded", "Why excluded", "how many are not in scope for each reason"),
    ("on_dates", "Dates", "whether what is expected and late rests on assumed dates"),
)

INITIATIVES = _fields(
    ("key", "Key", "permanent key of the initiative"),
    ("code", "Code", "printed code; unofficial until published"),
    ("title", "Title", "title of the initiative"),
    ("wording", "Wording", "whose words the title is"),
    ("measure", "Measure", "key of the strategic measure"),
    ("activity", "Activity", "key of the activity"),
    ("scope", "Scope", "regional or national"),
    ("lead", "Lead", "lead body"),
    ("champions", "Champions", "member states that champion it"),
    ("themes", "Themes", "keys of its themes"),
    ("weight", "Weight", "weight in every mean"),
    ("start", "Start", "first day"),
    ("due", "Due", "latest due date of its commitments in scope"),
    ("original_due", "First due", "the due date as first stated"),
    ("assumed", "Assumed", "fields that are an assumption, not ASEAN's word"),
    ("health", "Health", "its health in words"),
    ("completed", "Completed", "1 when its completion rule holds, else 0"),
    ("progress_percent", "Progress %", "floor of its progress; empty while nothing is reported"),
    ("expected_percent", "Expected %", "floor of what its dates expect; empty while nothing is reported"),
    ("commitments", "Commitments", "commitments in scope"),
    ("reported", "Reported", "of them with a cleared statement"),
    ("counted", "Counted", "1 when it is in scope; 0 when it is in force and excluded"),
    ("needed", "Needed", "how many commitments must be completed for it to count as completed"),
    ("progress", "Progress, exact", "100 when completed, else the mean of the percents; what means are made of"),
    ("expected", "Expected, exact", "the mean of what the dates of its commitments expect; what means are made of"),
    ("stale", "No word", "1 when none of its commitments was reported of in the last closed cycle"),
    ("due_assumed", "Date assumed", "1 when its due date is assumed, not official"),
)

COMMITMENTS = _fields(
    ("key", "Key", "initiative and party"),
    ("initiative", "Initiative", "key of the initiative"),
    ("party", "Party", "ASEAN, or the member state"),
    ("title", "Title", "title of the initiative"),
    ("wording", "Wording", "whose words the title is"),
    ("lead", "Lead", "lead body"),
    ("due", "Due", "its own due date"),
    ("status", "Status", "as reported; “no report” where nothing was cleared; “not applicable” is not counted"),
    ("percent", "Percent", "0 to 100 as reported; empty without a report"),
    ("health", "Health", "its health in words; empty where it is not counted"),
    ("valid_on", "Valid on", "the day the statement is true of"),
    ("cleared_on", "Cleared on", "the day the secretariat cleared it"),
)

EVIDENCE = _fields(("evidence", "Evidence", "what the statement rests on"))

COUNTED = _fields(
    ("counted", "Counted", "1 when it is in scope; 0 when it is not, and counts nowhere"),
    ("excluded", "Excluded", "why it is not counted though its initiative is in force"),
    ("weight", "Weight", "the weight of its initiative"),
    ("expected", "Expected, exact", "what its dates expect of it, 0 to 100"),
    ("original_due", "First due", "the due date as first stated"),
    ("stale", "No word", "1 when it was not reported of in the last closed cycle"),
    ("due_assumed", "Date assumed", "1 when the due date is assumed, not official"),
)

LEDGER = _fields(
    ("initiative", "Initiative", "what changed"),
    ("party", "Party", "which party, where only one"),
    ("event", "Event", "what happened"),
    ("before", "Before", "the value before"),
    ("after", "After", "the value now"),
    ("effective_on", "From", "the day from which it counts"),
    ("reason", "Reason", "why"),
    ("decided_at", "Decided at", "the meeting that decided"),
)

DECISIONS = _fields(
    ("meeting", "Meeting", "the meeting that decided"),
    ("kind", "Kind", "decision or action point"),
    ("text", "Text", "its words"),
    ("initiatives", "Initiatives", "what it is about"),
    ("owner", "Owner", "who is to do it"),
    ("due_meeting", "Due", "the meeting by which it is due"),
    ("closed_on", "Closed on", "the day it was closed; empty while open"),
    ("closing", "Closed with", "evidence or reason"),
)

CORRECTIONS = _fields(
    ("initiative", "Initiative", "key of the initiative"),
    ("party", "Party", "ASEAN, or the member state"),
    ("before", "In the paper", "status and percent as circulated"),
    ("after", "As noted", "status and percent as noted"),
)

WORDS = {
    name: Field(name, ABOUT[name].column, ABOUT[name].meaning)
    for name in sorted(ABOUT, key=lambda name: list(Detail).index(ABOUT[name].detail or Detail.NARRATIVE))
    if ABOUT[name].column
}
"""The words of a statement as columns: what was done and proposed, then the obstacles."""


def records(context: ReportContext) -> tuple[Records, ...]:
    """Return every kind of record, in the order of an analyst's questions."""
    snapshot, commitments = context.snapshot, _commitment_fields(context.display)
    ledger = (_row(LEDGER, {"event": line.happened, "after": line.became}, line) for line in snapshot.ledger)
    decisions = (
        _row(DECISIONS, {"closing": decision.closing_evidence or decision.closing_reason}, decision)
        for decision in snapshot.decisions
    )
    corrections = (
        _row(CORRECTIONS, {"before": marked(correction.before), "after": marked(correction.after)}, correction)
        for correction in snapshot.corrections
    )
    return (
        Records("about", "About", REPORT, tuple(_properties(context).items())),
        Records("figures", "Figures", FIGURES, tuple(_figures(context))),
        Records("initiatives", "Initiatives", INITIATIVES, tuple(_initiatives(context))),
        Records("commitments", "Log", commitments, tuple(_commitments(context, commitments))),
        Records("ledger", "Ledger", LEDGER, tuple(ledger)),
        Records("decisions", "Decisions", DECISIONS, tuple(decisions)),
        Records("corrections", "Corrections", CORRECTIONS, tuple(corrections)),
    )


def _row(fields: Iterable[Field], facts: Mapping[str, Any], *sources: object) -> tuple[Value, ...]:
    """Return for each field the fact of that name, else that attribute of the first source that has it."""
    values = (
        facts[field.name]
        if field.name in facts
        else next((getattr(source, field.name) for source in sources if hasattr(source, field.name)), None)
        for field in fields
    )
    return tuple(map(_value, values))


def _value(value: Any) -> Value:
    """A value as data: words by their label, lists with commas, exact numbers whole or to fifteen digits."""
    if isinstance(value, Word):
        return value.label
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    plain: Value = int(value) if isinstance(value, bool) else value
    return plain


def _properties(context: ReportContext) -> Mapping[str, Value]:
    snapshot = context.snapshot
    return {
        "plan": context.plan.title,
        "scope": context.scope.name(context.plan) or "the whole plan",
        "display": context.display.label,
        "meeting": snapshot.meeting,
        "step": snapshot.step.label if snapshot.step else "draft",
        "revision": snapshot.revision,
        "as_of": snapshot.as_of,
        "known_at": snapshot.known_at.isoformat(),
        "edition": snapshot.edition.version,
        "edition_sha256": snapshot.edition.sha256,
        "snapshot_sha256": context.sha256,
        "method": snapshot.method,
        "percentages": percentages_from(context.now.early) if context.now.early else "shown",
        "demonstration": "made-up figures" if snapshot.demonstration else "no",
    }


def _figures(context: ReportContext) -> Iterator[tuple[Value, ...]]:
    """The figures by every grouping; the public has none by party, and a report on one state none by champion."""
    hidden = set() if shows(context.display, Detail.PARTIES) else {Grouping.STATE, Grouping.CHAMPION}
    hidden |= {Grouping.CHAMPION} if context.scope.state else set()
    for by, names in _names(context.plan).items():
        for group in groups(context.now, by) if by not in hidden else ():
            figures = figures_of(group, context.now.as_of)
            facts: dict[str, Any] = {"by": by.value, "name": names[group.key]}
            facts |= {"late": count_late(group.members, context.now.as_of).number}
            facts |= {"why_excluded": excluded_text(group.excluded) or None}
            facts |= {"on_dates": on_dates(figures.assumed_due, figures.in_scope) or None}
            yield _row(FIGURES, facts | dict.fromkeys(PERCENTS if context.now.early else ()), figures)


def _names(plan: Plan) -> Mapping[Grouping, Mapping[str, str]]:
    """What each group is called."""
    states = {state.key: state.name for state in plan.states}
    return {
        Grouping.PLAN: {plan.key: plan.title},
        Grouping.MEASURE: {measure.key: f"{measure.code} {measure.short_title}" for measure in plan.measures},
        Grouping.ACTIVITY: {activity.key: f"{activity.code} {activity.title}" for activity in plan.activities},
        Grouping.INITIATIVE: {initiative.key: _titled(initiative) for initiative in plan.initiatives},
        Grouping.BODY: {body.key: body.name for body in plan.bodies},
        Grouping.CHAMPION: states,
        Grouping.STATE: states,
        Grouping.THEME: {theme.key: theme.title for theme in plan.themes},
    }


def _titled(initiative: Initiative) -> str:
    tag = wording_tag(initiative)
    return f"{initiative.code} {initiative.title}{f' ({tag})' if tag else ''}"


def _initiatives(context: ReportContext) -> Iterator[tuple[Value, ...]]:
    """Every initiative in force; an excluded one is marked and not counted."""
    for initiative in context.now.in_force():
        facts: dict[str, Any] = {"health": EXCLUDED, "counted": 0, "commitments": None}
        standing = context.now.by_key.get(initiative.key)
        if standing:
            number = len(standing.commitments)
            facts |= {"health": health_label(standing).legend, "counted": 1, "progress": standing.percent}
            facts |= {"commitments": number, "needed": needed(initiative, number)}
            percents = {"progress_percent": standing.percent, "expected_percent": standing.expected}
            if context.now.early:
                facts |= {"progress": None, "expected": None}
            else:
                facts |= {name: floor(exact) for name, exact in percents.items() if standing.reported}
        facts["due_assumed"] = initiative.due_is_assumed
        yield _row(INITIATIVES, facts, standing, initiative)


def _commitment_fields(display: Display) -> tuple[Field, ...]:
    """The columns of the log; those of a statement's words as far as the audience may read them."""
    if not shows(display, Detail.PARTIES):
        return COMMITMENTS
    details = {name: ABOUT[name].detail for name in WORDS}
    words = (WORDS[name] for name, detail in details.items() if detail is None or shows(display, detail))
    return (*COMMITMENTS, *words, *EVIDENCE, *COUNTED)


def _commitments(context: ReportContext, fields: tuple[Field, ...]) -> Iterator[tuple[Value, ...]]:
    """A row for each commitment in scope, excluded or reported on; none without the right to read them."""
    standings = (part for standing in context.now.standings for part in standing.commitments)
    counted = {(standing.initiative.key, standing.party): standing for standing in standings}
    excluded = {(entry.initiative, entry.party): entry.reason for entry in context.snapshot.excluded}
    statements = context.snapshot.by_commitment
    for key in context.plan.commitments() if shows(context.display, Detail.PARTIES) else ():
        if key in counted or key in excluded or key in statements:
            yield _row(fields, _commitment(context, key, counted.get(key), excluded.get(key)), statements.get(key))


def _commitment(
    context: ReportContext, key: Commitment, standing: CommitmentStanding | None, exclusion: ExclusionReason | None
) -> dict[str, Any]:
    statement, initiative = context.snapshot.by_commitment.get(key), context.plan.initiative[key[0]]
    cleared = statement.cleared_at if statement else None
    return {
        "key": "/".join(key),
        "initiative": key[0],
        "party": key[1],
        "title": initiative.title,
        "wording": initiative.wording,
        "lead": initiative.lead,
        "due": initiative.due_for(key[1]),
        "status": statement.status.label.lower() if statement and statement.status else NO_REPORT,
        "health": health_label(standing).legend if standing else None,
        "cleared_on": context.day(cleared) if cleared else None,
        "evidence": evidence_text(statement.evidence) if statement else None,
        "counted": standing is not None,
        "excluded": exclusion,
        "weight": initiative.weight,
        "expected": standing.expected if standing and not context.now.early else None,
        "original_due": standing.original_due if standing else None,
        "stale": standing.stale if standing else None,
        "due_assumed": initiative.due_is_assumed,
    }
