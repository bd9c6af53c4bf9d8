"""The part of a snapshot that a scope covers and an audience may read; all else is removed before it is described."""

from collections.abc import Container, Iterable, Iterator
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
    def parse(cls, text: str, plan: Plan) -> "ReportScope":
        """From `all`, `body:KEY` or `state:KEY`; raises NotFound where the plan knows no such key."""
        kind, _, key = text.partition(":")
        keys_by_kind: dict[str, Iterable[str]] = {"all": [""], "body": plan.body, "state": plan.state}
        if key not in keys_by_kind.get(kind, ()):
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
    """The snapshot with what the scope covers and the audience may read; its figures stay those of the whole plan."""
    document = snapshot.plan_document if scope.whole else _cut_plan(snapshot.plan_document, scope)
    parties = {initiative["key"]: initiative["states"] or [ASEAN] for initiative in document["initiatives"]}
    commitments = {(key, party) for key in parties for party in parties[key]}

    def visible(items: Iterable[Any], detail: Detail | None = None) -> tuple[Any, ...]:
        return redact_all(items, display) if detail is None or shows(display, detail) else ()

    cut = {
        "statements": visible(_in_scope(snapshot.statements, commitments)),
        "submitted": visible(_in_scope(snapshot.submitted, commitments), Detail.NOT_CLEARED),
        "excluded": visible(_in_scope(snapshot.excluded, commitments)),
        "corrections": visible(_in_scope(snapshot.corrections, commitments), Detail.CORRECTIONS),
        "questions": visible(_in_scope(snapshot.questions, commitments), Detail.QUESTIONS),
        # Without the names of states the commitments that one act moved are one row.
        "ledger": tuple(dict.fromkeys(visible(_ledger(snapshot, scope, parties)))),
        "decisions": visible(_decisions(snapshot, scope, parties), Detail.DECISIONS),
        "plan_document": document,
        "owed": tuple(owed for owed in snapshot.owed if owed in commitments),
        "paper": redact(snapshot.paper, display),
    }
    # Not a copy: it would carry along what was computed from the whole.
    return Snapshot.model_construct(**{name: getattr(snapshot, name) for name in Snapshot.model_fields} | cut)


def _in_scope(items: Iterable[Any], commitments: set[Commitment]) -> tuple[Any, ...]:
    """The items about the commitments of the scope."""
    return tuple(item for item in items if (item.initiative, item.party) in commitments)


def _cut_plan(document: dict[str, Any], scope: ReportScope) -> dict[str, Any]:
    initiatives = [
        entry for entry in document["initiatives"] if entry["lead"] == scope.body or scope.state in entry["states"]
    ]
    if scope.state:
        initiatives = [_cut_to_state(initiative, scope.state) for initiative in initiatives]
    used = {initiative[part] for initiative in initiatives for part in ("measure", "activity")}
    used |= {scope.state} if scope.state else {state["key"] for state in document["states"]}
    parts = ("measures", "activities", "states")
    lists = {part: [entry for entry in document[part] if entry["key"] in used] for part in parts}
    return document | lists | {"initiatives": initiatives}


def _cut_to_state(initiative: dict[str, Any], state: str) -> dict[str, Any]:
    """The initiative as if the state alone had to deliver it: its figures are then those of the commitment."""
    own_dates = {
        name: {key: day for key, day in initiative[name].items() if key == state} for name in ("joins", "due_by_state")
    }
    return initiative | own_dates | {"states": [state], "rule": "all_applicable"}


def _ledger(snapshot: Snapshot, scope: ReportScope, keys: Container[str]) -> Iterator[LedgerLine]:
    """The lines that changed what the scope counts."""
    for row in snapshot.ledger:
        if (scope.whole or row.initiative in keys) and row.party in {None, scope.state or row.party}:
            yield row


def _decisions(snapshot: Snapshot, scope: ReportScope, keys: Container[str]) -> tuple[Decided, ...]:
    owner = scope.body or scope.state
    return tuple(
        decision
        for decision in snapshot.decisions
        if scope.whole or decision.owner == owner or any(key in keys for key in decision.initiatives)
    )
