"""The blocks of Editions as HTML: what a workbook would change, what is wrong in it, and the editions so far."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from models.amendments.proposals import Proposal
from models.core.errors import Problem
from models.core.text import counted, day
from models.plan.calendar import day_of
from models.plan.editions import LoadedEdition
from models.plan.schema import Plan
from models.progress.ledger_words import count_words, event_words
from models.progress.scope import LedgerEvent
from pages.shared.markup import fold, note, section
from pages.shared.tables import Column, table
from reports.parts.difference_words import ToldChanges, told_changes
from reports.parts.headlines import NOTHING

ON_THE_SERVER = "on the server"
BACKTICKS = re.compile(r"`([^`]*)`")

HOW_TO_AMEND = (
    ("Move a date", "write the new one into the column start or due of the sheet Initiatives."),
    (
        "Add",
        "a row with the next free key, such as I44, and one more under expected_counts on the sheet Settings.",
    ),
    ("Withdraw", 'column withdrawn: {on: 2028-03-16, reason: "One sentence", decided_at: AWGIPC-84}'),
    ("Merge", 'column merged_into: {on: 2028-03-16, reason: "One sentence", decided_at: AWGIPC-84, initiative: I33}'),
    ("Supersede", "the same in the column superseded_by; the initiative named takes its place."),
)
"""How the commonest amendments are written in the plan workbook."""


def how_to_amend() -> str:
    """What to write for each kind of amendment, one click away."""
    lines = "".join(f"<dt>{escape(term)}</dt><dd>{escape(told)}</dd>" for term, told in HOW_TO_AMEND)
    return fold("How to write an amendment", f'<dl class="t-amend">{lines}</dl>')


def problems(found: Sequence[Problem]) -> str:
    """Each cell that is wrong, with what to do; nothing of the file is taken."""
    columns = [Column("Where"), Column("What is wrong"), Column("What to do")]
    rows = ([_where(one), _quoted(one.what), _quoted(one.remedy)] for one in found)
    told = "Mend the file and choose it again; what you wrote below stays. Nothing was changed."
    drawn = table("What is wrong in the workbook", columns, rows)
    return section(f"{counted(len(found), 'problem')} in {found[0].file}", told, content=drawn)


def refusals(found: Sequence[tuple[str, str]], file: str) -> str:
    """What speaks against the edition as a whole."""
    return problems([Problem(file, 0, what, remedy) for what, remedy in found])


def preview(proposal: Proposal, plan: Plan) -> str:
    """What would change, in words: N first, then the ledger's lines, then part by part."""
    found = proposal.difference
    told = told_changes(found.changes, plan, proposal.plan)
    if not told:
        return section("Nothing would change", "The workbook holds what is in force.")
    ledger = "".join(f"<li>{escape(_event(one, plan))}</li>" for one in (*found.ledger, *found.coming))
    kept = f"<h3>The ledger will say</h3><ul>{ledger}</ul>" if ledger else ""
    drawn = f"{_waiting(proposal)}{kept}<h3>Part by part</h3>{_parts(told)}"
    # Long ones scroll, by keyboard too.
    framed = f'<div class="t-difference" role="region" aria-label="What would change" tabindex="0">{drawn}</div>'
    return section(f"This would change: {count_words(*found.counted)}", content=framed)


def editions(found: Sequence[LoadedEdition], plan: Plan, people: Mapping[int, str]) -> str:
    """Every edition loaded, the newest first."""
    heads = ("Why", "Decided at", "Loaded by", "SHA-256")
    columns = [Column("Edition"), Column("Loaded", numeric=True), *map(Column, heads)]
    drawn = table("Editions so far", columns, (_edition(one, plan, people) for one in reversed(found)))
    return section("Editions so far", "What each one changed stands on the page Plan.", content=drawn)


def _where(one: Problem) -> str:
    """The cell where the problem names one, else the sheet and row as far as they are known."""
    row = f"row {one.line}" if one.line > 1 else ""
    if one.path.endswith(")") or not (one.path and row):
        return f"<b>{escape(one.path or row or 'the workbook')}</b>"
    return f"<b>{escape(one.path)}</b><br><small>{row}</small>"


def _quoted(text: str) -> str:
    """What stands in the file between the quotation marks that readers know."""
    told = BACKTICKS.sub(r"“\1”", escape(text))
    return f"<span>{told}</span>"


def _waiting(proposal: Proposal) -> str:
    if not proposal.waiting:
        return ""
    verbs = "is still empty and stays as it is" if proposal.waiting == 1 else "are still empty and stay as they are"
    return note(f"{counted(proposal.waiting, 'row')} {verbs}: not official text. You can adopt the rest later.")


def _parts(told: Iterable[ToldChanges]) -> str:
    lines = (f"<dt>{escape(one.name)}</dt>{_sentences(one.sentences)}" for one in told)
    return f"<dl>{''.join(lines)}</dl>"


def _sentences(sentences: Iterable[str]) -> str:
    return "".join(f"<dd>{escape(one)}</dd>" for one in sentences)


def _event(one: LedgerEvent, plan: Plan) -> str:
    name = "" if one.initiative == plan.key else f"{one.name} "
    return f"{name}{event_words(one.event, one.before, one.after)} ({day(one.effective_on)})"


def _edition(one: LoadedEdition, plan: Plan, people: Mapping[int, str]) -> list[str]:
    meeting = plan.meeting.get(one.decided_at or "")
    by = people.get(one.loaded_by or 0, "a person removed since") if one.loaded_by else ON_THE_SERVER
    return [
        f"<b>{escape(one.version)}</b>",
        day(day_of(one.loaded_at, plan)),
        f"<span>{escape(one.reason)}</span>",
        escape(meeting.name if meeting else one.decided_at or NOTHING),
        escape(by),
        f'<span title="{one.sha256}">{one.sha256[:8]}</span>',
    ]
