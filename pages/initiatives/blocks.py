"""The blocks of an initiative's page: its plan data, progress, commitments, sources, and every statement on it."""

from collections.abc import Iterable, Sequence
from math import floor

import htpy as h
from htpy import Node

from models.access.view_choice import ViewQuery
from models.core.text import counted, day, listed
from models.core.vocabulary import Kind, Scope, Status
from models.figures.dossier import Dossier
from models.figures.explain import CountedStatement, explain, status_text
from models.figures.health_label import health_label
from models.figures.standing import CommitmentStanding, InitiativeStanding
from models.people.visibility_rules import Detail, shows
from models.plan.schema import Initiative, Plan
from models.progress.scope import exclusion_of_all
from models.progress.statement import EvidenceItem
from models.progress.views import StatementView
from pages.initiatives import text
from pages.shared.drawn import progress
from pages.shared.links import address, evidence_link, initiative_address, link, named, outside_link
from pages.shared.markup import facts, flowing, fold, health, lead, note, section, tag
from pages.shared.tables import numbers, table
from pages.shared.text import NO_REPORT, WHY
from reports.parts.counts import exclusion_text, percentages_from
from reports.parts.headlines import NOTHING
from reports.parts.marks import ProgressMark
from reports.parts.naming import party_name, wording_tag
from reports.parts.sums import completion_rule, initiative_sums


def place(dossier: Dossier, query: ViewQuery) -> Node:
    """The measure and activity the initiative belongs to."""
    plan, initiative = dossier.plan, dossier.initiative
    activity = next(activity for activity in plan.activities if activity.key == initiative.activity)
    measure = next(measure for measure in plan.measures if measure.key == initiative.measure)
    trail = f" › {measure.code} {measure.short_title} › {activity.code} {activity.title}"
    return note([link(address("", query), "Overview"), trail])


def facts_of(dossier: Dossier) -> Node:
    """Who, when, how far; what is our assumption says so."""
    initiative, plan = dossier.initiative, dossier.plan
    themes = {theme.key: theme.title for theme in plan.themes} | {right.key: right.title for right in plan.ip_rights}
    return facts(
        (
            ("Wording", tag(wording_tag(initiative)) or "official text"),
            ("Code", [initiative.code, tag("unofficial")]),
            ("Lead", _assumed(initiative, "lead", initiative.lead)),
            ("Supporting", listed(initiative.supporting)),
            ("Champion", _assumed(initiative, "champions", _names(plan, initiative.champions))),
            ("Scope", _assumed(initiative, "scope", _scope(initiative))),
            ("Start", _assumed(initiative, "start", day(initiative.start))),
            ("Due", _assumed(initiative, "due", _due(dossier))),
            ("Completion rule", completion_rule(initiative)),
            ("Themes and IP rights", listed([themes[key] for key in (*initiative.themes, *initiative.ip_rights)])),
        )
    )


def health_and_progress(dossier: Dossier) -> Node:
    """The health and progress on the day, and the sums behind them."""
    standing = dossier.standing
    if standing is None:
        return section("Not counted on this date", _why_not_counted(dossier))
    if not standing.reported:
        meeting = dossier.next_meeting
        remark = f"The next meeting is {meeting.name}, {day(meeting.start)}." if meeting else ""
        return section(NO_REPORT, remark)
    remark = f"{standing.reported} of {counted(len(standing.commitments), 'commitment')} reported."
    label = health(health_label(standing))
    if dossier.early:
        when = percentages_from(dossier.early)
        return section("Status", f"{remark} {when[:1].upper()}{when[1:]}.", content=h.p(".t-stands")[label])
    assumed = int(standing.initiative.due_is_assumed)
    mark = ProgressMark(floor(standing.percent), floor(standing.expected), assumed=assumed, dates=1)
    status = h.p(".t-stands")[label, h.span(".t-progress")[progress(mark)]]
    return section("Status and progress", remark, content=[status, fold(WHY, _sums(standing))])


def commitments(dossier: Dossier, query: ViewQuery) -> Node:
    """Who must deliver it, and the status each reported last."""
    standing = dossier.standing
    if standing is None:
        return None
    due = "Due (assumed)" if dossier.initiative.due_is_assumed else "Due"
    columns = ["Party", "Status", "Health", *numbers(due, "Last statement")]
    rows = [_commitment(commitment, dossier.plan, query) for commitment in standing.commitments]
    others = [f"{party_name(dossier.plan, party)} ({exclusion_text(why)})" for party, why in dossier.excluded.items()]
    remark = f"Not counted: {listed(others)}." if others else ""
    return section(_commitments_title(standing), remark, content=table("Commitments", columns, rows))


def sources(dossier: Dossier) -> Node:
    """What title and place are based on, word for word."""
    initiative = dossier.initiative
    source = initiative.source
    content = [
        *(h.blockquote(".t-quote")[f"“{quote}”"] for quote in initiative.source_quotes),
        note(text.OLDER_TEXT) if initiative.older_text else None,
        note(initiative.source_note) if initiative.source_note else None,
        note(["Source: ", outside_link(source, source)]) if source else None,
    ]
    return section("What the title and its place are based on", content=content) if any(content) else None


def no_such(plan: Plan, key: str, query: ViewQuery) -> Node:
    """An answer to an address that names no initiative, and links to all initiatives."""
    rows = ([named(initiative, query), initiative.code, initiative.lead] for initiative in plan.titled)
    columns = ("Initiative", "Code", "Lead (assumed)")
    return [lead(text.UNKNOWN.format(key=key) if key else text.NO_KEY), table("All initiatives", columns, rows)]


def _assumed(initiative: Initiative, field: str, value: str) -> Node:
    return [value, tag("assumed")] if value and field in initiative.assumed else value


def _names(plan: Plan, parties: Iterable[str]) -> str:
    return listed([party_name(plan, party) for party in parties])


def _scope(initiative: Initiative) -> str:
    regional = initiative.scope is Scope.REGIONAL
    return "Regional: ASEAN together" if regional else f"National: each of {len(initiative.states)} member states"


def _due(dossier: Dossier) -> str:
    standing = dossier.standing
    if standing is None or standing.due == standing.original_due:
        return day(standing.due if standing else dossier.initiative.due)
    return f"{day(standing.due)}, originally {day(standing.original_due)}"


def _why_not_counted(dossier: Dossier) -> str:
    initiative = dossier.initiative
    if initiative.exit and initiative.exit.on <= dossier.as_of:
        return f"Out of force since {day(initiative.exit.on)}: {initiative.exit.reason}"
    if dossier.as_of < initiative.in_force_from:
        return f"In force from {day(initiative.in_force_from)}."
    return f"{exclusion_text(exclusion_of_all(dossier.excluded.values())).capitalize()}."


def _sums(standing: InitiativeStanding) -> Node:
    of_progress, of_expected = map(flowing, initiative_sums(standing))
    assumed = ", which are assumed" if standing.initiative.due_is_assumed else ""
    return h.p(".t-sum")[f"{of_progress}.", h.br, f"{of_expected}, from its dates{assumed}."]


def _commitments_title(standing: InitiativeStanding) -> str:
    rows = standing.commitments
    if len(rows) == 1:
        return "One commitment: ASEAN together"
    silent = sum(row.statement is None for row in rows)
    if silent == len(rows):
        return f"{silent} commitments, none reported yet"
    completed = f"{sum(row.completed for row in rows)} of {len(rows)} commitments completed"
    return completed + (f", {silent} without a report" if silent else "")


def _commitment(commitment: CommitmentStanding, plan: Plan, query: ViewQuery) -> list[Node]:
    statement, party = commitment.statement, commitment.party
    status = status_text(statement.status, statement.percent).capitalize() if statement else "No report"
    return [
        link(initiative_address(commitment.initiative.key, query, party), party_name(plan, party)),
        flowing(status),
        health(health_label(commitment)),
        day(commitment.due),
        day(statement.valid_on) if statement else NOTHING,
    ]


def statements(dossier: Dossier, opened: str) -> Node:
    """One fold for each party with a statement; open for the party in the address, or the only party."""
    parties = [party for party in dossier.initiative.parties if dossier.history.of_party(party)]
    if not parties:
        return None
    folds = [_party(dossier, party, opened=party == opened or len(parties) == 1) for party in parties]
    number, speakers = counted(len(dossier.history.statements), "statement"), counted(len(parties), "party", "parties")
    remark = text.STATEMENTS_NOTE + ("" if shows(dossier.display, Detail.NARRATIVE) else text.VISITORS)
    return section(f"{number} by {speakers}", remark, content=folds)


def _party(dossier: Dossier, party: str, *, opened: bool) -> Node:
    rows = dossier.history.of_party(party)
    name, number, latest = party_name(dossier.plan, party), counted(len(rows), "statement"), day(rows[0].valid_on)
    summary = f"{name}: {number}, the latest dated {latest}"
    explained = lead(flowing(_explained(dossier, party))) if dossier.standing else None
    return fold(summary, [explained, [_statement(row, dossier) for row in rows]], opened=opened)


def _explained(dossier: Dossier, party: str) -> str:
    """Why the figure is what it is; from the statement that counts, and the last different one before it."""
    current = {row.party: row.statement for row in dossier.standing.commitments} if dossier.standing else {}
    latest = current.get(party)
    updates = [row for row in dossier.history.of_party(party) if row.status]
    counting = next((row for row in updates if latest and row.row == latest.row), None)
    if counting is None:
        return _left_out(updates, dossier)
    before = updates[updates.index(counting) + 1 :]
    earlier = next((row for row in before if row.is_in_effect and _differs(row, counting)), None)
    return explain(_as_said(counting, dossier), _as_said(earlier, dossier) if earlier else None, dossier.plan)


def _left_out(updates: Sequence[StatementView], dossier: Dossier) -> str:
    """Why no statement of the party counts."""
    newest = next((row for row in updates if row.is_in_effect), None)
    if newest and newest.status is Status.NOT_APPLICABLE:
        return f"{explain(_as_said(newest, dossier), None, dossier.plan)} It is left out of all figures."
    return "No statement of this party is counted in this view."


def _differs(row: StatementView, other: StatementView) -> bool:
    return (row.status, row.percent) != (other.status, other.percent)


def _as_said(row: StatementView, dossier: Dossier) -> CountedStatement:
    speaker, status = party_name(dossier.plan, row.speaker), row.status or Status.NOT_STARTED
    cleared = dossier.day(row.cleared_at) if row.cleared_at else None
    return CountedStatement(speaker, status, row.percent, row.valid_on, dossier.day(row.submitted_at), cleared)


def _statement(row: StatementView, dossier: Dossier) -> Node:
    lines = (
        ("", row.narrative),
        (f"Obstacle ({row.obstacle_kind.label.lower()}): " if row.obstacle_kind else "Obstacle: ", row.obstacles),
        ("Support needed: ", row.support_needed),
        ("Next step: ", row.next_step),
        ("Proposed due date: ", day(row.proposed_due) if row.proposed_due else None),
    )
    return h.div(class_=["t-statement", not row.is_in_effect and "t-gone"])[
        h.p(".t-head")[f"{day(row.valid_on)}: {flowing(_headline(row))}"],
        note(_life(row, dossier)),
        [h.p[label + words] for label, words in lines if words],
        _evidence(row.evidence),
    ]


def _headline(row: StatementView) -> str:
    if row.kind is Kind.UPDATE and row.status:
        return status_text(row.status, row.percent)
    return row.kind.label.lower()


def _life(row: StatementView, dossier: Dossier) -> str:
    moments = (
        ("submitted", row.submitted_at),
        ("cleared", row.cleared_at),
        ("returned", row.returned_at),
        ("withdrawn", row.withdrawn_at),
    )
    steps = [f"{word} {day(dossier.day(moment))}" for word, moment in moments if moment]
    steps += ["replaced by a later statement"] if row.replaced_by else []
    steps += ["not yet cleared"] if row.is_in_effect and row.cleared_at is None and row.kind is not Kind.NIL else []
    people = (("written by", row.author), ("cleared by", row.cleared_by))
    names = dossier.history.people
    steps += [f"{word} {names[person]}" for word, person in people if person is not None and person in names]
    return f"By {party_name(dossier.plan, row.speaker)}; {', '.join(steps)}"


def _evidence(lines: Sequence[EvidenceItem]) -> Node:
    if not lines:
        return None
    return note(["Evidence: ", [["; " if number else None, evidence_link(line)] for number, line in enumerate(lines)]])
