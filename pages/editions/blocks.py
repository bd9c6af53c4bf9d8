"""The blocks of Editions as HTML: what a workbook would change, what is wrong in it, and the editions so far."""

import re
from collections.abc import Mapping, Sequence

import htpy as h
from htpy import Element, Node

from models.amendments.proposals import Proposal
from models.core.errors import Problem
from models.core.text import counted, day
from models.plan.calendar import day_of
from models.plan.editions import LoadedEdition
from models.plan.schema import Plan
from models.progress.ledger import count_words, event_words
from models.progress.scope import LedgerEvent
from pages.editions import text
from pages.shared.markup import fold, note, section
from pages.shared.tables import numbers, table
from reports.parts.difference_words import describe_changes
from reports.parts.headlines import NOTHING

BACKTICKS = re.compile(r"`([^`]*)`")


def how_to_amend() -> Element:
    """What to write for each kind of amendment, one click away."""
    lines = [[h.dt[term], h.dd[what]] for term, what in text.AMENDMENTS]
    return fold("How to write an amendment", h.dl(".t-amend")[lines])


def problems(errors: Sequence[Problem]) -> Element:
    """Each cell that is wrong, with what to do; nothing of the file is taken."""
    rows = [[_where(error), _quoted(error.what), _quoted(error.remedy)] for error in errors]
    drawn = table("What is wrong in the workbook", text.PROBLEM_COLUMNS, rows)
    return section(f"{counted(len(errors), 'problem')} in {errors[0].file}", text.CORRECT, content=drawn)


def preview(proposal: Proposal, plan: Plan) -> Element:
    """What would change, in words: N first, then the ledger's lines, then part by part."""
    difference = proposal.difference
    parts = describe_changes(difference.changes, plan, proposal.plan)
    rest = [h.h3[text.NOT_TAKEN], h.ul[[h.li[words] for words in proposal.not_taken]]] if proposal.not_taken else None
    if not parts:
        return section("Nothing would change", "The workbook is the same as the plan in force.", content=rest)
    events = [h.li[_event(event, plan)] for event in (*difference.ledger, *difference.coming)]
    # Long ones scroll, by keyboard too.
    framed = h.div(".t-difference", role="region", aria_label="What would change", tabindex="0")[
        note(text.waiting(proposal.waiting)) if proposal.waiting else None,
        rest,
        [h.h3["New entries in the ledger"], h.ul[events]] if events else None,
        h.h3["Part by part"],
        h.dl[[[h.dt[part.name], [h.dd[sentence] for sentence in part.sentences]] for part in parts]],
    ]
    return section(f"This would change: {count_words(*difference.counted)}", content=framed)


def editions(loaded: Sequence[LoadedEdition], plan: Plan, people: Mapping[int, str]) -> Element:
    """Every edition loaded, the newest first."""
    columns = ["Edition", *numbers("Loaded"), "Why", "Decided at", "Loaded by", "SHA-256"]
    rows = [_edition(edition, plan, people) for edition in reversed(loaded)]
    return section(text.EDITIONS, text.EDITIONS_NOTE, content=table(text.EDITIONS, columns, rows))


def _where(error: Problem) -> Node:
    """The cell where the problem names one, else the sheet and row as far as they are known."""
    row = f"row {error.line}" if error.line > 1 else ""
    if error.path.endswith(")") or not (error.path and row):
        return h.b[error.path or row or "the workbook"]
    return [h.b[error.path], h.br, h.small[row]]


def _quoted(sentence: str) -> Element:
    """Content of the file between the quotation marks that readers know."""
    return h.span[BACKTICKS.sub(r"“\1”", sentence)]


def _event(event: LedgerEvent, plan: Plan) -> str:
    name = "" if event.initiative == plan.key else f"{event.name} "
    return f"{name}{event_words(event.event, event.before, event.after)} ({day(event.effective_on)})"


def _edition(edition: LoadedEdition, plan: Plan, people: Mapping[int, str]) -> list[Node]:
    meeting = plan.meeting.get(edition.decided_at or "")
    loader = people.get(edition.loaded_by, "a person who was removed") if edition.loaded_by else "on the server"
    return [
        h.b[edition.version],
        day(day_of(edition.loaded_at, plan)),
        h.span[edition.reason],
        meeting.name if meeting else edition.decided_at or NOTHING,
        loader,
        h.span(title=edition.sha256)[edition.sha256[:8]],
    ]
