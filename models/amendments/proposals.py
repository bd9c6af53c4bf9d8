"""What a workbook proposes for the plan, and loading it: the official text adopted, or the plan amended.

Shown and loaded by the same steps, so that what was shown is what is loaded.
"""

from collections.abc import Callable
from dataclasses import dataclass

from models.amendments.adoption import AdoptionDecision, adopt, next_version
from models.amendments.diff import EditionDifference
from models.amendments.load import LoadReason, difference, load_edition
from models.core.errors import LoadRefused, NotFound, Problem
from models.core.text import public_text
from models.people.context import Context
from models.people.permissions import Action
from models.plan.canonical import digest
from models.plan.editions import LoadedEdition
from models.plan.read import read_plan_workbook
from models.plan.schema import Plan
from models.progress.latest import logged_initiatives


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook that came back, and the reason and deciding meeting of the change, as far as they are filled in."""

    name: str
    content: bytes
    reason: str = ""
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The plan that would follow `against`, the edition in force; what that changes; how many slots still wait.

    `not_taken` names the words in the workbook that belong to no cell that is read.
    """

    plan: Plan
    against: str
    difference: EditionDifference
    waiting: int = 0
    not_taken: tuple[str, ...] = ()


Propose = Callable[[Context, Filled], Proposal]


def propose_adoption(context: Context, filled: Filled) -> Proposal:
    """What the filled adoption workbook would make of the plan; a `PlanError` names every cell that is wrong."""
    context.require(Action.LOAD_EDITION)
    # The spreadsheet library is slow to import, and nothing else here waits for it.
    from models.amendments.adoption_workbook import read_adoption

    # Until a meeting is chosen any will do: what a placeholder leaves by is not shown.
    decision = AdoptionDecision(filled.reason.strip() or "-", filled.meeting or context.plan.meetings[-1].key)
    sheet = read_adoption(filled.content, filled.name, context.plan)
    adoption = adopt(context.plan, sheet, logged=logged_initiatives(context.session), decision=decision)
    return _proposal(context, adoption.plan, waiting=adoption.waiting, not_taken=tuple(sheet.not_taken))


def propose_amendment(context: Context, filled: Filled) -> Proposal:
    """What the whole plan as a workbook would change; a `PlanError` names every cell that is wrong."""
    context.require(Action.LOAD_EDITION)
    written = read_plan_workbook(filled.content, filled.name)
    return _proposal(context, following(written.plan, context.plan), not_taken=written.not_taken)


def following(plan: Plan, current: Plan) -> Plan:
    """The plan as the edition after the current one: with a later version, or the current one if nothing else differs.

    A workbook taken out of an edition carries that edition's version, which people seldom think of.
    """
    if digest(plan.model_copy(update={"version": current.version})) == digest(current):
        return current
    if _parts(plan.version) > _parts(current.version):
        return plan
    return plan.model_copy(update={"version": next_version(current.version)})


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def adopt_official_text(context: Context, filled: Filled, *, against: str) -> LoadedEdition | None:
    """Load what the adoption workbook proposes; there is always a meeting that adopted the text."""
    missing = [] if filled.meeting else [("no deciding meeting is chosen", "choose the meeting that adopted the text")]
    _refuse(filled, missing)
    return _load(context, propose_adoption, filled, against=against)


def amend_plan(context: Context, filled: Filled, *, against: str) -> LoadedEdition | None:
    """Load what the plan workbook proposes; None when it is the plan in force."""
    _refuse(filled, [])
    return _load(context, propose_amendment, filled, against=against)


def _proposal(context: Context, proposed: Plan, *, waiting: int = 0, not_taken: tuple[str, ...] = ()) -> Proposal:
    diff = difference(context.session, proposed, now=context.now)
    if diff is None:
        raise NotFound("No plan is loaded yet; start the server once, which loads the plan files.")
    return Proposal(proposed, digest(context.plan), diff, waiting, not_taken)


def _refuse(filled: Filled, missing: list[tuple[str, str]]) -> None:
    if not filled.reason.strip():
        missing = [("the reason is empty", "say in a sentence why the plan changes"), *missing]
    if missing:
        raise LoadRefused(Problem(filled.name, 0, what, remedy) for what, remedy in missing)


def _load(context: Context, propose: Propose, filled: Filled, *, against: str) -> LoadedEdition | None:
    if digest(context.plan) != against:
        what, remedy = "another edition was loaded meanwhile", "look at the difference again, then load"
        raise LoadRefused([Problem(filled.name, 0, what, remedy)])
    proposal = propose(context, filled)
    why = LoadReason(public_text(filled.reason), filled.meeting, context.user.person_id)
    return load_edition(context.session, proposal.plan, why=why, now=context.now, file=filled.name)
