"""The same report as rows of data, with a dictionary: for Excel, CSV and JSON."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import floor

from models.core.vocabulary import ExclusionReason, Grouping
from models.figures.health_label import health_label
from models.figures.rollup import Figures, roll_up
from models.figures.standing import CommitmentStanding, InitiativeStanding, needed
from models.people.visibility_rules import Detail, Display, shows
from models.plan.schema import Initiative
from models.progress.statement import ABOUT
from reports.meeting.annexes import evidence_told, marked
from reports.meeting.context import ReportContext
from reports.meeting.record_fields import (
    COMMITMENTS,
    CORRECTIONS,
    COUNTED,
    DECISIONS,
    EVIDENCE,
    FIGURES,
    INITIATIVES,
    LEDGER,
    REPORT,
)
from reports.parts.naming import wording_tag
from reports.report import Field, Records, Value

NO_REPORT, EXCLUDED = "no report", "excluded"


def records(of: ReportContext) -> tuple[Records, ...]:
    """Every kind of record, in the order of an analyst's questions."""
    return (_about(of), _figures(of), _initiatives(of), _commitments(of), _ledger(of), _decisions(of), _corrections(of))


def _about(of: ReportContext) -> Records:
    taken = of.snapshot
    lines: tuple[tuple[str, Value], ...] = (
        ("plan", of.plan.title),
        ("scope", of.scope.name(of.plan) or "the whole plan"),
        ("display", of.display.label),
        ("meeting", taken.meeting),
        ("step", taken.step.label if taken.step else "draft"),
        ("revision", taken.revision),
        ("as_of", taken.as_of),
        ("known_at", taken.known_at.isoformat()),
        ("edition", taken.edition.version),
        ("edition_sha256", taken.edition.sha256),
        ("snapshot_sha256", of.sha256),
        ("method", taken.method),
        ("demonstration", "made-up figures" if taken.demonstration else "no"),
    )
    return Records("about", "About", REPORT, lines)


def _figures(of: ReportContext) -> Records:
    """Of every grouping; those by member state are the meeting's, and one state's part says nothing of champions."""
    hidden = set() if shows(of.display, Detail.PARTIES) else {Grouping.STATE, Grouping.CHAMPION}
    hidden |= {Grouping.CHAMPION} if of.scope.state else set()
    rows = [_figure(by, one, _names(of, by)) for by in Grouping if by not in hidden for one in roll_up(of.now, by)]
    return Records("figures", "Figures", FIGURES, tuple(rows))


def _figure(by: Grouping, figures: Figures, names: dict[str, str]) -> tuple[Value, ...]:
    return (by.value, figures.key, names[figures.key], *(getattr(figures, field.name) for field in FIGURES[3:]))


def _names(of: ReportContext, by: Grouping) -> dict[str, str]:
    """What each group of a kind is called."""
    plan = of.plan
    if by is Grouping.PLAN:
        return {plan.key: plan.title}
    if by is Grouping.MEASURE:
        return {one.key: f"{one.code} {one.short_title}" for one in plan.measures}
    if by is Grouping.ACTIVITY:
        return {one.key: f"{one.code} {one.title}" for one in plan.activities}
    if by is Grouping.INITIATIVE:
        return {one.key: _titled(one) for one in plan.initiatives}
    if by is Grouping.THEME:
        return {one.key: one.title for one in plan.themes}
    return {one.key: one.name for one in (plan.bodies if by is Grouping.BODY else plan.states)}


def _titled(one: Initiative) -> str:
    tag = wording_tag(one)
    return f"{one.code} {one.title}{f' ({tag})' if tag else ''}"


def _initiatives(of: ReportContext) -> Records:
    """Every initiative in force; what is excluded says so and counts nowhere."""
    rows = (_initiative(one, of.now.by_key.get(one.key)) for one in of.now.in_force())
    return Records("initiatives", "Initiatives", INITIATIVES, tuple(rows))


def _initiative(what: Initiative, one: InitiativeStanding | None) -> tuple[Value, ...]:
    facts: dict[str, Value] = {
        "key": what.key,
        "code": what.code,
        "title": what.title,
        "wording": what.wording.label,
        "measure": what.measure,
        "activity": what.activity,
        "scope": what.scope.label,
        "lead": what.lead,
        "champions": ", ".join(what.champions),
        "themes": ", ".join(what.themes),
        "weight": number(what.weight),
        "start": what.start,
        "due": what.due,
        "assumed": ", ".join(what.assumed),
        "health": EXCLUDED,
        "counted": 0,
        "due_assumed": int(what.due_is_assumed),
    }
    facts |= _stands(one) if one else {}
    return tuple(facts.get(field.name) for field in INITIATIVES)


def _stands(one: InitiativeStanding) -> dict[str, Value]:
    return {
        "due": one.due,
        "original_due": one.original_due,
        "health": health_label(one).legend,
        "completed": int(one.completed),
        "progress_percent": floor(one.percent) if one.reported else None,
        "expected_percent": floor(one.expected) if one.reported else None,
        "commitments": len(one.commitments),
        "reported": one.reported,
        "counted": 1,
        "needed": needed(one.initiative, len(one.commitments)),
        "progress": number(one.percent),
        "expected": number(one.expected),
        "stale": int(one.stale),
    }


def number(exact: Fraction) -> int | float:
    """An exact value as data: whole where it is whole, else to fifteen digits."""
    return exact.numerator if exact.denominator == 1 else float(exact)


def _commitments(of: ReportContext) -> Records:
    """One row for each that is in scope or could be, and each on which something was said."""
    if not shows(of.display, Detail.PARTIES):
        return Records("commitments", "Log", COMMITMENTS, ())
    fields = (*COMMITMENTS, *_words(of.display), *EVIDENCE, *COUNTED)
    return Records("commitments", "Log", fields, tuple(_commitment_rows(of, fields)))


_COLUMNS = {
    name: Field(name, about.column, about.meaning)
    for name, about in sorted(ABOUT.items(), key=lambda item: list(Detail).index(item[1].detail or Detail.NARRATIVE))
    if about.column
}
"""The words of a statement as columns: what was done and proposed, then what stands in the way."""


def _words(display: Display) -> Iterator[Field]:
    """The columns of the words that the audience sees."""
    for name, field in _COLUMNS.items():
        detail = ABOUT[name].detail
        if detail is None or shows(display, detail):
            yield field


def _commitment_rows(of: ReportContext, fields: Iterable[Field]) -> Iterator[tuple[Value, ...]]:
    counted = {(one.initiative.key, one.party): one for each in of.now.standings for one in each.commitments}
    excluded = {(one.initiative, one.party): one.reason for one in of.snapshot.excluded}
    for key in of.plan.commitments():
        if key in counted or key in excluded or key in of.snapshot.by_commitment:
            facts = _commitment(of, key, counted.get(key)) | _counting(of, key, counted.get(key), excluded.get(key))
            yield tuple(facts[field.name] for field in fields)


def _commitment(of: ReportContext, key: tuple[str, str], standing: CommitmentStanding | None) -> dict[str, Value]:
    told, initiative = of.snapshot.by_commitment.get(key), of.plan.initiative[key[0]]
    said = told.content if told else dict.fromkeys(ABOUT)
    return {name: getattr(value, "label", value) for name, value in said.items() if name in _COLUMNS} | {
        "key": "/".join(key),
        "initiative": key[0],
        "party": key[1],
        "title": initiative.title,
        "wording": initiative.wording.label,
        "lead": initiative.lead,
        "due": initiative.due_for(key[1]),
        "status": told.status.label.lower() if told and told.status else NO_REPORT,
        "percent": told.percent if told else None,
        "health": health_label(standing).legend if standing else None,
        "valid_on": told.valid_on if told else None,
        "cleared_on": of.day(told.cleared_at) if told and told.cleared_at else None,
        "evidence": "; ".join(map(evidence_told, told.evidence)) if told else None,
    }


def _counting(
    of: ReportContext, key: tuple[str, str], standing: CommitmentStanding | None, why: ExclusionReason | None
) -> dict[str, Value]:
    """What the sums take from a commitment."""
    initiative = of.plan.initiative[key[0]]
    return {
        "counted": int(standing is not None),
        "excluded": why.label if why else None,
        "weight": number(initiative.weight),
        "expected": number(standing.expected) if standing else None,
        "original_due": standing.original_due if standing else None,
        "stale": int(standing.stale) if standing else None,
        "due_assumed": int(initiative.due_is_assumed),
    }


def _ledger(of: ReportContext) -> Records:
    facts = [{"event": line.happened, "after": line.became} for line in of.snapshot.ledger]
    rows = tuple(
        tuple(known.get(field.name, getattr(line, field.name)) for field in LEDGER)
        for line, known in zip(of.snapshot.ledger, facts, strict=True)
    )
    return Records("ledger", "Ledger", LEDGER, rows)


def _decisions(of: ReportContext) -> Records:
    rows = tuple(
        (
            *(one.meeting, one.kind.label, one.text, ", ".join(one.initiatives), one.owner, one.due_meeting),
            one.closed_on,
            one.closing_evidence or one.closing_reason,
        )
        for one in of.snapshot.decisions
    )
    return Records("decisions", "Decisions", DECISIONS, rows)


def _corrections(of: ReportContext) -> Records:
    rows = tuple((one.initiative, one.party, marked(one.before), marked(one.after)) for one in of.snapshot.corrections)
    return Records("corrections", "Corrections", CORRECTIONS, rows)
