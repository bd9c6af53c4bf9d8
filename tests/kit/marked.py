"""A database in which every restricted field holds a word of its own, written through every act that can write it.

A word says by which act and in which field it was written: zqTypedNarrative9. Whoever looks for `MARKER` in what a
person can open finds out what that person sees.
"""

import json
import re
from datetime import date
from typing import Any

from models.access.visibility import let_visitors_see
from models.core.text import RestrictedText, public_text
from models.core.vocabulary import DecisionKind, VisitorsSee
from models.meetings.cycles import circulate, note, open_cycle
from models.meetings.decisions import Agreed, close_decision, record_decision
from models.meetings.snapshot import Paper
from models.people.context import Context
from models.plan.schema import Commitment
from models.progress.clearing import return_to_author, withdraw
from models.progress.drafts import add_evidence, attach_file, commitment_id, draft_evidence, set_public
from models.progress.import_jsonl import import_progress
from models.progress.on_behalf import Received, record_on_behalf
from models.reporting.form_read import progress_form
from models.reporting.form_take import take_drafts
from models.reporting.form_workbook import write_form
from tests.kit.forms import filled, read
from tests.kit.states import World

MARKER = re.compile(
    r"zq[A-Z][A-Za-z]+9|2035-03-03|3 Mar 2035|(?:Focal point|Secretariat) by name|focal\.point@example\.org"
)
WORDS = ("narrative", "obstacles", "next_step", "support_needed")
OFFICER, CAMBODIA = "secretariat", "focal point"

TYPED, FORM, BEHALF = ("I01", "KH"), ("I02", "KH"), ("I01", "BN")
IMPORTED, ABSENT = ("I04", "KH"), ("I08", "BN")
NOT_APPLICABLE, WAITING, RETURNED = ("I26", "BN"), ("I07", "KH"), ("I20", "KH")
WITHDRAWN, DRAFT, LATER = ("I21", "KH"), ("I27", "KH"), ("I30", "KH")
EVERYTHING = (TYPED, FORM, IMPORTED, ABSENT, BEHALF, NOT_APPLICABLE, WAITING, RETURNED, WITHDRAWN, DRAFT, LATER)
"""The commitments, each written by one act or left in one step of its life."""


def word(act: str, field: str) -> str:
    """The marker of a field written by an act."""
    return f"zq{act}{field.title().replace('_', '')}9"


def words(act: str) -> dict[str, str]:
    """The restricted text fields of a statement, each with its marker."""
    return {field: word(act, field) for field in WORDS}


def write_markers(world: World) -> None:
    """Everything that is restricted, on State.EMPTY: a meeting that took note, and an open cycle after it."""
    world.on(1, 27)
    world.run(OFFICER, let_visitors_see, VisitorsSee.LATEST)
    world.run(OFFICER, open_cycle, "AWGIPC-78")
    world.on(2, 10)
    _typed(world)
    _by_form(world)
    _imported(world)
    _on_behalf(world)
    _meeting(world)
    world.on(6, 1)
    world.run(OFFICER, open_cycle, "AWGIPC-79")
    _not_cleared(world)
    world.on(7, 1)
    world.run(OFFICER, circulate, "AWGIPC-79", paper=Paper())


def _statement(world: World, commitment: Commitment, act: str, **fields: Any) -> int:
    said = {"status": "ongoing", "percent": 25, **words(act), **fields}
    _evidence(world, commitment, act)
    return world.submit(CAMBODIA, commitment, **said)


def _evidence(world: World, commitment: Commitment, act: str) -> None:
    """A document for everybody, one for few, and a file for few."""
    world.run(CAMBODIA, add_evidence, commitment, word(act, "opened"))
    world.run(CAMBODIA, add_evidence, commitment, word(act, "document"))
    world.run(CAMBODIA, attach_file, commitment, f"{word(act, 'file')}.txt", word(act, "content").encode())

    def restrict(context: Context) -> None:
        row = commitment_id(context.session, commitment)
        _, document, _ = draft_evidence(context.session, [row])[row]
        set_public(context, commitment, document.id or 0, public=False)

    world.run(CAMBODIA, restrict)


def _typed(world: World) -> None:
    asks = {"proposed_due": date(2035, 3, 3), "requested": "suspension", "request_reason": word("Typed", "reason")}
    world.clear(_statement(world, TYPED, "Typed", **asks))


def _by_form(world: World) -> None:
    """The Excel form, filled in and taken back."""
    form = write_form(world.run(CAMBODIA, progress_form, ("KH",)))
    cells = {"status": "Ongoing", "percent": "25 %", **words("Form"), "documents": word("Form", "opened")}
    filled_in = filled(form, {(FORM, field): value for field, value in cells.items()})
    world.run(CAMBODIA, take_drafts, read(filled_in, world.plan()), decided={})
    world.clear(world.submit(CAMBODIA, FORM, percent=25))


def _imported(world: World) -> None:
    moment = world.now.isoformat()
    line: dict[str, object] = {
        "ref": "imported",
        "initiative": IMPORTED[0],
        "party": IMPORTED[1],
        "status": "ongoing",
        "percent": 25,
    }
    line |= {"valid_on": "2026-02-01", "author": "focal.point@example.org", "cleared_by": "secretariat@example.org"}
    line |= dict.fromkeys(("entered_at", "submitted_at", "cleared_at"), moment) | words("Imported")
    other = {"ref": "absent", "initiative": ABSENT[0], "party": ABSENT[1], "status": "not_applicable"}
    absent: dict[str, object] = line | other | words("Absent")
    del absent["percent"]

    def take(context: Context) -> None:
        content = [json.dumps(one).encode() for one in (line, absent)]
        import_progress(context.session, content, file="lines.jsonl", plan=context.plan, now=context.now)

    world.run(OFFICER, take)


def _on_behalf(world: World) -> None:
    """What came by e-mail, cleared in the same step; one says that a commitment does not apply."""
    for commitment, act, said in (
        (BEHALF, "Behalf", {"status": "ongoing", "percent": 25}),
        (NOT_APPLICABLE, "Outside", {"status": "not_applicable"}),
    ):
        fields = said | words(act)
        received = Received("BN", commitment, fields, world.now.date(), word(act, "document"))
        file = (f"{word(act, 'file')}.txt", word(act, "content").encode())
        world.run(OFFICER, record_on_behalf, received, file=file, cleared=True, reason=public_text("Agreed"))


def _meeting(world: World) -> None:
    """A paper with all its lines; a statement cleared after it; decisions, open and closed."""
    world.on(2, 27)
    lines = {name: word("Paper", name) for name in ("agenda_item", "document_number", "classification")}
    world.run(OFFICER, circulate, "AWGIPC-78", paper=Paper(**lines, invited=(word("Paper", "invited"),)))
    world.clear(_statement(world, LATER, "Later"))
    world.on(3, 12)
    world.run(OFFICER, note, "AWGIPC-78")
    agreed = Agreed(
        "AWGIPC-78", DecisionKind.ACTION_POINT, RestrictedText(word("Decision", "open")), ("I01",), "KH", "AWGIPC-79"
    )
    world.run(OFFICER, record_decision, agreed)
    closed = Agreed("AWGIPC-78", DecisionKind.DECISION, RestrictedText(word("Decision", "closed")), ("I01",), "KH")
    number = world.run(OFFICER, record_decision, closed)
    evidence, reason = (RestrictedText(word("Decision", field)) for field in ("evidence", "reason"))
    world.run(OFFICER, close_decision, number, evidence=evidence, reason=reason)


def _not_cleared(world: World) -> None:
    """Submitted, returned, withdrawn after clearing, and a draft."""
    _statement(world, WAITING, "Waiting")
    returned = _statement(world, RETURNED, "Returned")
    world.run(OFFICER, return_to_author, returned, note=word("Returned", "note"))
    mistaken = _statement(world, WITHDRAWN, "Withdrawn")
    world.clear(mistaken)
    world.run(OFFICER, withdraw, mistaken, reason=public_text(word("Withdrawn", "why")))
    _evidence(world, DRAFT, "Draft")
    world.write(CAMBODIA, DRAFT, status="ongoing", **words("Draft"))
