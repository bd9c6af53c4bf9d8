"""The blocks of Member states as HTML: pure, from what was described to what is sent."""

from collections.abc import Sequence

import htpy as h
from htpy import Element, Node

from models.access.view_choice import ViewQuery
from models.core.text import day, listed
from models.figures.participation import Participation
from models.plan.schema_parts import MemberState, Office
from pages.member_states import text
from pages.shared.links import address, link, named, sources
from pages.shared.markup import facts, health, note, section, small_below
from pages.shared.matrix import legend, status_matrix
from pages.shared.tables import numbers, table
from pages.shared.text import WHY
from pages.shared.why import why
from reports.parts.figure_line import FigureLine
from reports.parts.headlines import NOTHING
from reports.parts.member_state import CommitmentLine, StateLines
from reports.parts.next_step import next_step
from reports.parts.participation import participation_matrix, participation_title


def matrix(reports: Participation, query: ViewQuery, chosen: str) -> Element:
    """Every national initiative by every member state."""
    now = reports.now
    title = participation_title(reports) if chosen else "Who has reported what"
    remark = text.MATRIX_NOTE if now.has_reports else f"{next_step(now.plan, now.as_of)} {text.OPEN}"
    drawn = status_matrix(participation_matrix(reports), query, chosen)
    return section(title, remark, content=[drawn, legend()])


def states(lines: Sequence[StateLines], query: ViewQuery) -> Element:
    """The eleven side by side: offices, day of joining, and the two counts."""
    columns = [
        "Member state",
        "IP office",
        *numbers("Joined ASEAN", "As implementer, completed", "As champion, completed"),
    ]
    drawn = table("Member states", columns, [_state(line, query) for line in lines])
    return section(text.states(len(lines)), text.STATES_NOTE, content=drawn)


def facts_of(state: MemberState) -> Element:
    """Who the state is to the plan: its offices and the day it joined."""
    offices = [[h.br if position else None, _office(office)] for position, office in enumerate(state.offices)]
    pairs: list[tuple[str, Node]] = [
        ("Formal name", state.formal_name),
        ("Joined ASEAN", day(state.member_from)),
        ("IP offices" if len(offices) > 1 else "IP office", offices or "not named in the sources"),
    ]
    remark = note(state.note) if state.note else None
    return section(state.name, content=[facts(pairs), remark, sources(state.sources)])


def figures(lines: StateLines, query: ViewQuery) -> Element:
    """Two lines: what it delivers itself, and what it champions."""
    columns = ["Role", *numbers("In scope", "Completed", "Progress", "Expected", "Due by now", "No report")]
    roles = (("implementer", "commitments", lines.implementer), ("champion", "initiatives", lines.champion))
    rows = [_line(f"As {role}", unit, line) for role, unit, line in roles]
    reasons = [
        why(line.group, query, summary=f"{WHY}: as {role}") for role, _unit, line in roles if line.shows_percentages
    ]
    drawn = table(f"Figures of {lines.state.name}", columns, rows)
    return section("As implementer and as champion", text.TWICE, content=[drawn, reasons])


def commitments(lines: Sequence[CommitmentLine], state: MemberState, query: ViewQuery) -> Node:
    """Everything the state must deliver itself, with its last statement."""
    if not lines:
        return None
    all_assumed = all(line.due_is_assumed for line in lines)
    columns = [
        "Initiative",
        "Health",
        "Last statement",
        *numbers("Valid on", "Due (assumed)" if all_assumed else "Due"),
    ]
    rows = [_commitment(line, state, query, mark_assumed=not all_assumed) for line in lines]
    title = text.commitments(len(lines), sum(not line.statement for line in lines))
    return section(title, content=h.div(".t-owed")[table(f"Commitments of {state.name}", columns, rows)])


def _state(lines: StateLines, query: ViewQuery) -> list[Node]:
    state = lines.state
    name = link(address("member-states", query, {"state": state.key}), state.name)
    offices = listed([office.abbreviation or office.name for office in state.offices])
    return [name, offices or NOTHING, day(state.member_from), lines.implementer.completed, lines.champion.completed]


def _office(office: Office) -> Node:
    short = f" ({office.abbreviation})" if office.abbreviation else ""
    return [office.name + short, small_below("; ".join(filter(None, (office.under, office.remit))))]


def _line(role: str, unit: str, line: FigureLine) -> list[Node]:
    withheld = line.group.members and not line.shows_percentages
    reached = line.progress.sentence.capitalize() if withheld else line.reached
    in_scope: Node = [f"{line.in_scope} {unit}", small_below(line.excluded)]
    return [role, in_scope, line.completed, reached, line.expected, line.due, line.without_report]


def _commitment(line: CommitmentLine, state: MemberState, query: ViewQuery, *, mark_assumed: bool) -> list[Node]:
    statement: Node = [line.statement, small_below(line.narrative)] if line.statement else "no report"
    return [
        named(line.initiative, query, state.key),
        health(line.label),
        h.span[statement],
        line.valid_on or NOTHING,
        f"{line.due}{' (assumed)' if mark_assumed and line.due_is_assumed else ''}",
    ]
