"""The blocks of Member states as HTML: pure, from what was described to what is sent."""

from collections.abc import Sequence
from html import escape

from models.access.view_choice import Asked
from models.core.text import counted, day, listed
from models.figures.participation import Participation
from models.plan.schema_parts import MemberState, Office
from pages.shared.links import address, link
from pages.shared.markup import facts, health, note, section
from pages.shared.matrix import legend, status_matrix
from pages.shared.named import named
from pages.shared.sources import sources
from pages.shared.tables import Column, table
from pages.shared.why import why
from reports.parts.figure_line import FigureLine
from reports.parts.headlines import NOTHING
from reports.parts.member_state import CommitmentLine, StateLines
from reports.parts.next_step import next_step
from reports.parts.participation import participation_matrix, participation_title

TWICE = (
    "An initiative with two champions counts once in each champion's row, so these rows may add up to more than the"
    " number of initiatives."
)
ORDER = "A row leads to its initiative, a column to its state."
MATRIX = f"Status as reported, small figures: percent. Dashed frame: submitted, not yet cleared. {ORDER}"


def matrix(seen: Participation, asked: Asked, chosen: str) -> str:
    """Every national initiative by every member state."""
    drawn = status_matrix(participation_matrix(seen), asked, chosen=chosen)
    title = participation_title(seen) if chosen else "Who has reported what"
    told = MATRIX if seen.now.has_reports else f"{next_step(seen.now.plan, seen.now.as_of)} {ORDER}"
    return section(title, told, content=drawn + legend())


def states(lines: Sequence[StateLines], asked: Asked) -> str:
    """The eleven side by side: offices, day of joining, and the two counts."""
    columns = [
        Column("Member state"),
        Column("IP office"),
        Column("Joined ASEAN", numeric=True),
        Column("As implementer, completed", numeric=True),
        Column("As champion, completed", numeric=True),
    ]
    drawn = table("Member states", columns, (_state(one, asked) for one in lines))
    told = f"As implementer: commitments of the state's own. As champion: initiatives it champions. {TWICE}"
    return section(f"{counted(len(lines), 'member state')}, each as implementer and as champion", told, content=drawn)


def facts_of(one: StateLines) -> str:
    """Who the state is to the plan: its offices and the day it joined."""
    state = one.state
    offices = "<br>".join(map(_office, state.offices)) or "not named in the sources"
    heading = "IP offices" if len(state.offices) > 1 else "IP office"
    told = facts(
        (("Formal name", escape(state.formal_name)), ("Joined ASEAN", day(state.member_from)), (heading, offices))
    )
    return section(state.name, content=told + (note(state.note) if state.note else "") + sources(state.sources))


def figures(one: StateLines, asked: Asked) -> str:
    """Two lines: what it delivers itself, and what it champions."""
    columns = [
        Column("Role"),
        *(
            Column(name, numeric=True)
            for name in ("In scope", "Completed", "Progress", "Expected", "Due by now", "No report")
        ),
    ]
    rows = [_line("As implementer", "commitments", one.implementer), _line("As champion", "initiatives", one.champion)]
    drawn = table(f"Figures of {one.state.name}", columns, rows)
    reasons = "".join(
        why(line.group, asked, summary=f"Why these figures: {role}")
        for role, line in (("as implementer", one.implementer), ("as champion", one.champion))
        if line.has_reports
    )
    return section("As implementer and as champion", TWICE, content=drawn + reasons)


def commitments(lines: Sequence[CommitmentLine], one: StateLines, asked: Asked) -> str:
    """Everything the state must deliver itself, with what it said last."""
    silent = sum(not line.said for line in lines)
    told = f", {silent} without a report" if silent else ""
    all_assumed = all(line.due_is_assumed for line in lines)
    columns = [
        Column("Initiative"),
        Column("Health"),
        Column("Last statement"),
        Column("Valid on", numeric=True),
        Column("Due (assumed)" if all_assumed else "Due", numeric=True),
    ]
    rows = (_commitment(line, one.state, asked, mark_assumed=not all_assumed) for line in lines)
    drawn = f'<div class="t-owed">{table(f"Commitments of {one.state.name}", columns, rows)}</div>'
    return section(f"{counted(len(lines), 'commitment')} of its own{told}", content=drawn) if lines else ""


def _state(one: StateLines, asked: Asked) -> list[str]:
    state = one.state
    name = link(address("member-states", asked, {"state": state.key}), escape(state.name))
    offices = listed([office.abbreviation or office.name for office in state.offices])
    return [name, escape(offices) or NOTHING, day(state.member_from), one.implementer.completed, one.champion.completed]


def _office(office: Office) -> str:
    short = f" ({office.abbreviation})" if office.abbreviation else ""
    more = "; ".join(filter(None, (office.under, office.remit)))
    return f"{escape(office.name + short)}{f'<br><small>{escape(more)}</small>' if more else ''}"


def _line(role: str, unit: str, line: FigureLine) -> list[str]:
    in_scope = f"{line.in_scope} {unit}"
    reached = "No report yet" if line.group.members and not line.has_reports else line.reached
    return [
        role,
        in_scope + (f"<br><small>{escape(line.excluded)}</small>" if line.excluded else ""),
        line.completed,
        reached,
        escape(line.expected),
        line.due,
        line.without_report,
    ]


def _commitment(line: CommitmentLine, state: MemberState, asked: Asked, *, mark_assumed: bool) -> list[str]:
    words = f"<br><small>{escape(line.narrative)}</small>" if line.narrative else ""
    said = f"{escape(line.said)}{words}" if line.said else "no report"
    return [
        named(line.initiative, asked, state.key),
        health(line.shown),
        f"<span>{said}</span>",
        line.valid_on or NOTHING,
        f"{line.due}{' (assumed)' if mark_assumed and line.due_is_assumed else ''}",
    ]
