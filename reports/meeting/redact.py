"""What of a snapshot a scope is about and an audience sees: the rest is cut away before anything is described."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from models.core.errors import NotFound
from models.core.vocabulary import ASEAN, Grouping
from models.meetings.snapshot import Decided, Snapshot
from models.people.visibility_rules import Detail, Display, redact, redact_all, shows
from models.plan.schema import Commitment, Plan
from models.progress.ledger import LedgerLine


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


def redacted(snapshot: Snapshot, scope: ReportScope, display: Display) -> Snapshot:
    """The snapshot with what the scope is about and the audience sees; its figures stay those of the whole plan."""
    document = snapshot.plan_document if scope.whole else _cut_plan(snapshot.plan_document, scope)
    ours = {(item["key"], party) for item in document["initiatives"] for party in item["states"] or [ASEAN]}
    keys = {key for key, _ in ours}
    parts: dict[str, tuple[Any, Detail | None]] = {
        "statements": (_ours(snapshot.statements, ours), None),
        "submitted": (_ours(snapshot.submitted, ours), Detail.NOT_CLEARED),
        "excluded": (_ours(snapshot.excluded, ours), None),
        "corrections": (_ours(snapshot.corrections, ours), Detail.CORRECTIONS),
        "questions": (_ours(snapshot.questions, ours), Detail.QUESTIONS),
        "ledger": (_ledger(snapshot, scope, keys), None),
        "decisions": (_decisions(snapshot, scope, keys), Detail.DECISIONS),
    }
    cut: dict[str, Any] = {
        name: redact_all(items, display) if detail is None or shows(display, detail) else ()
        for name, (items, detail) in parts.items()
    }
    # Without the names of states the commitments that one act moved are one row.
    cut["ledger"] = tuple(dict.fromkeys(cut["ledger"]))
    cut |= {
        "plan_document": document,
        "owed": tuple(commitment for commitment in snapshot.owed if commitment in ours),
        "paper": redact(snapshot.paper, display),
    }
    # Not a copy: it would carry along what was computed from the whole.
    return Snapshot.model_construct(**{name: getattr(snapshot, name) for name in Snapshot.model_fields} | cut)


def _ours(items: Iterable[Any], ours: set[Commitment]) -> tuple[Any, ...]:
    """Those that are about the scope's commitments."""
    return tuple(item for item in items if (item.initiative, item.party) in ours)


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


def _ledger(snapshot: Snapshot, scope: ReportScope, keys: set[str]) -> Iterator[LedgerLine]:
    """What changed the count of the scope."""
    for row in snapshot.ledger:
        if (scope.whole or row.initiative in keys) and row.party in {None, scope.state or row.party}:
            yield row


def _decisions(snapshot: Snapshot, scope: ReportScope, keys: set[str]) -> tuple[Decided, ...]:
    owner = scope.body or scope.state
    return tuple(
        decision
        for decision in snapshot.decisions
        if scope.whole or decision.owner == owner or keys.intersection(decision.initiatives)
    )
