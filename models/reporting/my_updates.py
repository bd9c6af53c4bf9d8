"""What one person is to report on, role by role: owed, returned, begun; and the card of each commitment."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from sqlmodel import Session

from models.core.errors import NotFound
from models.core.text import listed
from models.core.vocabulary import ASEAN, Basis, Role
from models.figures.assess import assessment
from models.people.context import Context
from models.people.permissions import RoleAssignment, User, assignment_of, commitments_of
from models.plan.calendar import day_of
from models.plan.schema import Commitment, Plan
from models.progress.cycles import CycleSpan, cycle_at, list_cycles
from models.progress.evidence_quota import used_by_user
from models.progress.latest import View
from models.progress.scope import in_force, takes_part
from models.reporting.cards import Card, Stage, cards
from models.reporting.owed import owed, owed_in


@dataclass(frozen=True, slots=True)
class CardGroup:
    """The commitments that one assignment reports on, in the plan's order; `name` reads after "As": chair of ANIEE."""

    name: str
    cards: tuple[Card, ...]

    @property
    def owed(self) -> int:
        """How many of them are owed."""
        return sum(card.owed for card in self.cards)


@dataclass(frozen=True)
class MyUpdates:
    """One person's list. Without an open cycle it has everything in scope and not completed.

    `uploaded` are the bytes of the person's files in the cycle.
    """

    plan: Plan
    today: date
    cycle: CycleSpan | None
    groups: tuple[CardGroup, ...]
    reported: tuple[Card, ...]
    others: tuple[Commitment, ...]
    uploaded: int

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """Every card of the list, in its order."""
        return tuple(card for group in self.groups for card in group.cards)

    def card(self, commitment: Commitment) -> Card | None:
        """The card of a commitment; None when the list does not have it (or no longer has it)."""
        return next((card for card in self.cards if card.commitment == commitment), None)

    def at_stage(self, stage: Stage) -> tuple[Card, ...]:
        """The cards at one stage."""
        return tuple(card for card in self.cards if card.stage is stage)

    @property
    def owed(self) -> int:
        """How many reports are owed."""
        return sum(card.owed for card in self.cards)

    @property
    def drafted(self) -> tuple[Card, ...]:
        """The cards with something to submit, nil reports among them."""
        return tuple(card for card in self.cards if card.draft)

    @property
    def untouched(self) -> tuple[Card, ...]:
        """What is owed, not begun and not returned: what "no change on the others" is about."""
        return tuple(card for card in self.at_stage(Stage.NOT_BEGUN) if card.owed)


def my_updates(context: Context, *, opened: Collection[Commitment] = ()) -> MyUpdates:
    """The reader's list; `opened` are commitments not owed that the user wants to report on all the same."""
    plan = context.plan
    cycle = cycle_at(list_cycles(context.session, plan), context.now)
    reach = {commitment: name for name, commitment in reach_of(context.user, plan, day_of(context.now, plan))}
    due = set(_due(context.session, cycle, context.now, plan))
    every_card = cards(context, reach)
    listed = {
        commitment: replace(card, owed=commitment in due)
        for commitment, card in every_card.items()
        if commitment in due or commitment in opened or card.draft or card.returned
    }
    rest = {commitment: card for commitment, card in every_card.items() if commitment not in listed}
    reported = tuple(card for card in rest.values() if cycle and card.was_reported_in(cycle))
    return MyUpdates(
        plan=plan,
        today=day_of(context.now, plan),
        cycle=cycle,
        groups=_grouped(reach, listed),
        reported=reported,
        others=tuple(rest),
        uploaded=used_by_user(context),
    )


def _due(session: Session, cycle: CycleSpan | None, now: datetime, plan: Plan) -> tuple[Commitment, ...]:
    if cycle:
        return owed_in(session, cycle, known_at=now)
    return owed(assessment(session, View(day_of(now, plan), now, Basis.REPORTED)), ())


def role_of(speaker: str, plan: Plan) -> RoleAssignment:
    """The role that reports for a body or state; raises NotFound for a key that is neither."""
    if speaker not in plan.body.keys() | plan.state.keys():
        keys = listed([*plan.body, *plan.state])
        raise NotFound(f"{speaker} is neither a body nor a member state; use one of {keys}.")
    return assignment_of(speaker, plan)


def reach_of(user: User, plan: Plan, today: date) -> Iterator[tuple[str, Commitment]]:
    """What the user reports on today, each once, under the first role that reaches it; a state's own first."""
    met: set[Commitment] = set()
    for assignment in user.roles:
        for commitment in sorted(commitments_of(assignment, plan), key=lambda pair: pair[1] == ASEAN):
            if commitment not in met and _is_counted(commitment, plan, today):
                met.add(commitment)
                yield _name(assignment, commitment, user, plan), commitment


def _is_counted(commitment: Commitment, plan: Plan, today: date) -> bool:
    initiative, party = plan.initiative[commitment[0]], commitment[1]
    return in_force(initiative, today) and takes_part(initiative, party, states=plan.state, as_of=today)


def _name(assignment: RoleAssignment, commitment: Commitment, user: User, plan: Plan) -> str:
    """Chair of ANIEE; Thailand; champion, with the state for a person who speaks for several."""
    if assignment.role is Role.CHAIR:
        return f"chair of {assignment.scope}"
    state = plan.state[assignment.scope].name
    if commitment[1] != ASEAN:
        return state
    several = sum(other.role is Role.FOCAL_POINT for other in user.roles) > 1
    return f"champion for {state}" if several else "champion"


def _grouped(reach: Mapping[Commitment, str], listed: Mapping[Commitment, Card]) -> tuple[CardGroup, ...]:
    """Returned statements come first in their group."""
    names = dict.fromkeys(name for commitment, name in reach.items() if commitment in listed)
    grouped = {name: [card for commitment, card in listed.items() if reach[commitment] == name] for name in names}
    return tuple(
        CardGroup(name, tuple(sorted(cards, key=lambda card: card.returned is None))) for name, cards in grouped.items()
    )
