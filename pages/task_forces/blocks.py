"""The blocks of Task forces as HTML: pure, from what was described to what is sent."""

from collections.abc import Sequence
from html import escape

from models.access.view_choice import Asked
from models.core.text import counted, day
from models.figures.health_label import ShownHealth, shown
from models.figures.rollup import Assessment
from models.plan.schema import Plan
from models.plan.schema_parts import Body, Officer
from pages.shared.drawn import progress, unit_squares
from pages.shared.markup import fold, note, section, symbol, tone
from pages.shared.sources import sources
from pages.shared.tables import Column, table
from pages.shared.why import why
from reports.parts.bodies import BodyLine, without_task_force
from reports.parts.next_step import next_step
from reports.parts.symbols import words_of

ROLES = {"chair": "Chair", "vice_chair": "Vice-chair"}


def bodies(lines: Sequence[BodyLine], now: Assessment, asked: Asked) -> str:
    """One row per body, the working group first."""
    assumed = any("lead" in one.initiative.assumed for one in now.standings)
    columns = [
        Column("Body"),
        Column(f"Leads{' (assumed)' if assumed else ''}"),
        Column("Completed", numeric=True),
        Column("Progress"),
        Column("Due by now", numeric=True),
        Column("No report", numeric=True),
        Column("Supports", numeric=True),
        Column("Last report", numeric=True),
        Column("Next meeting"),
    ]
    drawn = table("Bodies and the initiatives they lead", columns, (_line(line, now.plan, asked) for line in lines))
    told = without_task_force(lines)
    below = f'<p class="t-lead">{escape(told)}</p>' if told else ""
    return f'<div class="t-bodies">{drawn}</div>{below}{_legend(now)}'


def about(lines: Sequence[BodyLine], plan: Plan, asked: Asked) -> str:
    """What each body is for and where that stands written; the rows behind its figures."""
    told = "Officers are member states, each as of a day and on the word of a source."
    return section(
        "Each body: remit, officers, sources and the rows behind its figures",
        told,
        content="".join(_about(line, plan, asked) for line in lines),
    )


def historical(found: Sequence[Body]) -> str:
    """Bodies of an earlier plan, folded away."""
    if not found:
        return ""
    told = "".join(f"<p><b>{escape(body.name)}</b>. {_told(body)}</p>" for body in found)
    return fold(f"{counted(len(found), 'historical body', 'historical bodies')}, leading nothing now", told)


def _line(line: BodyLine, plan: Plan, asked: Asked) -> list[str]:
    figures = line.line
    number = f'<span class="t-leads">{figures.in_scope}</span>' if figures.group.members else "nothing"
    squares = f'<span class="t-lead-squares">{number}{unit_squares(line.squares, asked)}</span>'
    bar = f'<span class="t-progress">{progress(figures.progress)}</span>' if figures.group.members else "–"
    return [
        _name(line, plan),
        squares,
        figures.completed,
        bar,
        figures.due,
        figures.without_report,
        str(line.supports),
        line.last_report,
        escape(line.next_meeting),
    ]


def _name(line: BodyLine, plan: Plan) -> str:
    name = f"<b>{escape(line.body.key)}</b><br>{escape(line.body.name)}"
    chair = f"Chair: {_officer(line.chair, plan)}" if line.chair else "Chair not found"
    return f"{name}<br><small>{escape(chair)}</small>"


def _officer(officer: Officer, plan: Plan) -> str:
    return f"{plan.state[officer.state].name}, as of {day(officer.as_of)}"


def _about(line: BodyLine, plan: Plan, asked: Asked) -> str:
    body = line.body
    founded = f", founded {body.founded}" if body.founded else ""
    officers = "".join(_held(officer, plan) for officer in body.officers)
    rows = why(line.line.group, asked) if line.line.has_reports else ""
    return fold(f"{body.key}: {body.name}{founded}", f"<div>{officers}<p>{_told(body)}</p>{rows}</div>")


def _held(officer: Officer, plan: Plan) -> str:
    more = f" {officer.note}" if officer.note else ""
    told = f"{ROLES[officer.role]}: {_officer(officer, plan)}.{more} "
    return f"<p>{escape(told)}{sources([officer.source])}</p>"


def _told(body: Body) -> str:
    return f"{escape(' '.join(filter(None, (body.remit, body.note))))} {sources(body.sources)}"


def _legend(now: Assessment) -> str:
    marks = "".join(map(_mark, words_of(shown(one) for one in now.standings)))
    hollow = "Hollow: on an assumed date." if now.has_reports else next_step(now.plan, now.as_of)
    told = note(f"One square is one initiative. {hollow}")
    return f'{told}<ul class="t-legend" role="list">{marks}</ul>'


def _mark(one: ShownHealth) -> str:
    return f'<li><span class="t-square {tone(one)}">{symbol(one.health)}</span>{escape(one.word)}</li>'
