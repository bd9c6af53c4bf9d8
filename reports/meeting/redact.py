"""What of a snapshot a scope is about and a display has: the rest is cut away before anything is described."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from models.core.errors import NotFound
from models.core.vocabulary import ASEAN, Grouping
from models.meetings.snapshot import LedgerRow, Snapshot, Told
from models.people.visibility_rules import Detail, Display, shows
from models.plan.schema import Commitment, Plan


@dataclass(frozen=True, slots=True)
class ReportScope:
    """What a report is about: the whole plan, what a body leads, or what a member state has to deliver."""

    body: str = ""
    state: str = ""

    @classmethod
    def of(cls, text: str, plan: Plan) -> "ReportScope":
        """From `all`, `body:KEY` or `state:KEY`; raises NotFound where the plan knows no such key."""
        kind, _, key = text.partition(":")
        known: dict[str, Iterable[str]] = {"all": [""], "body": plan.body, "state": plan.state}
        if key not in known.get(kind, ()):
            raise NotFound(f"{text} is not a scope; write all, or body: or state: with a key, such as body:TMTF.")
        return cls(**({kind: key} if key else {}))

    @property
    def whole(self) -> bool:
        """Whether it is the whole plan."""
        return not (self.body or self.state)

    @property
    def figures(self) -> tuple[Grouping, str | None]:
        """The grouping whose row gives the figures of the scope, and that row's key; the plan has one row only."""
        if self.body:
            return Grouping.BODY, self.body
        return (Grouping.STATE, self.state) if self.state else (Grouping.PLAN, None)

    def name(self, plan: Plan) -> str:
        """As a subtitle: empty for the whole plan."""
        if self.body:
            return f"Initiatives led by {plan.body[self.body].name}"
        return f"Commitments of {plan.state[self.state].name}" if self.state else ""


def seen(snapshot: Snapshot, scope: ReportScope, display: Display) -> Snapshot:
    """The snapshot with what the scope is about and the display has; its figures stay those of the whole plan."""
    document = snapshot.plan_document if scope.whole else _cut_plan(snapshot.plan_document, scope)
    ours = {(one["key"], party) for one in document["initiatives"] for party in one["states"] or [ASEAN]}
    keys, named = {key for key, _ in ours}, shows(display, Detail.NARRATIVE)
    cut = {
        "plan_document": document,
        "statements": _told(snapshot.statements, ours, display),
        "submitted": _told(snapshot.submitted, ours, display) if shows(display, Detail.NOT_CLEARED) else (),
        "owed": tuple(one for one in snapshot.owed if one in ours),
        "excluded": tuple(one for one in snapshot.excluded if (one.initiative, one.party) in ours),
        "corrections": tuple(one for one in snapshot.corrections if named and (one.initiative, one.party) in ours),
        "paper": snapshot.paper if named else snapshot.paper.model_copy(update={"invited": ()}),
        # Without the names of states the commitments that one act moved are one row.
        "ledger": tuple(dict.fromkeys(_ledger(snapshot, scope, display, keys))),
        "decisions": _decisions(snapshot, scope, display, keys),
        "questions": tuple(
            one
            for one in snapshot.questions
            if shows(display, Detail.QUESTIONS) and (one.initiative, one.party) in ours
        ),
    }
    # Not a copy: it would carry along what was computed from the whole.
    return Snapshot.model_construct(**{name: getattr(snapshot, name) for name in Snapshot.model_fields} | cut)


def _cut_plan(document: dict[str, Any], scope: ReportScope) -> dict[str, Any]:
    if scope.body:
        kept = [one for one in document["initiatives"] if one["lead"] == scope.body]
    else:
        kept = [_of_state(one, scope.state) for one in document["initiatives"] if scope.state in one["states"]]
    used = {one[part] for one in kept for part in ("measure", "activity")}
    used |= {scope.state} if scope.state else {one["key"] for one in document["states"]}
    parts = ("measures", "activities", "states")
    lists = {part: [one for one in document[part] if one["key"] in used] for part in parts}
    return document | lists | {"initiatives": kept}


def _of_state(initiative: dict[str, Any], state: str) -> dict[str, Any]:
    """The initiative as if the state alone had to deliver it: its figures are then those of the commitment."""
    own = {
        name: {key: day for key, day in initiative[name].items() if key == state} for name in ("joins", "due_by_state")
    }
    return initiative | own | {"states": [state], "rule": "all_applicable"}


def _told(statements: tuple[Told, ...], ours: set[Commitment], display: Display) -> tuple[Told, ...]:
    return tuple(_as_seen(one, display) for one in statements if one.commitment in ours)


_HIDDEN: dict[Detail, dict[str, Any]] = {
    Detail.NARRATIVE: dict.fromkeys(("narrative", "next_step", "proposed_due", "requested", "request_reason")),
    Detail.OBSTACLES: dict.fromkeys(("obstacles", "obstacle_kind", "support_needed")),
    Detail.PERSONS: {"author": 0, "cleared_by": None},
}
"""What takes the place of what a display does not have."""


def _as_seen(told: Told, display: Display) -> Told:
    update = {
        name: value for part, fields in _HIDDEN.items() if not shows(display, part) for name, value in fields.items()
    }
    if not shows(display, Detail.RESTRICTED_EVIDENCE):
        update["evidence"] = tuple(one for one in told.evidence if one.public)
    return told.model_copy(update=update)


def _ledger(snapshot: Snapshot, scope: ReportScope, display: Display, keys: set[str]) -> Iterator[LedgerRow]:
    """What changed the count of the scope; which state is none of the public's."""
    named = shows(display, Detail.NARRATIVE)
    for one in snapshot.ledger:
        if (scope.whole or one.initiative in keys) and one.party in {None, scope.state or one.party}:
            yield one if named else one.model_copy(update={"party": None})


def _decisions(snapshot: Snapshot, scope: ReportScope, display: Display, keys: set[str]) -> tuple[Any, ...]:
    """What a meeting left behind is its own: the public is not told."""
    if not shows(display, Detail.NARRATIVE):
        return ()
    owner = scope.body or scope.state
    return tuple(
        one for one in snapshot.decisions if scope.whole or one.owner == owner or keys.intersection(one.initiatives)
    )
