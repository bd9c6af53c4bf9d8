"""The plan after reading and checking: frozen, complete, and the only shape that the rest of the code uses.

One object per edition. Field names are those of the YAML files and of `plan export --format json`
(method.md, section 5); plan/README.md explains each field to editors.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from models.core.vocabulary import ASEAN, Scope, Wording
from models.plan.schema_parts import (
    Body,
    BodyKey,
    Cooperation,
    Dates,
    Day,
    Document,
    ExpectedCounts,
    Flag,
    Frozen,
    In,
    IpRight,
    Key,
    Meeting,
    MeetingKey,
    MemberState,
    Partner,
    PartnerKey,
    Period,
    Platform,
    Settings,
    StateKey,
    Text,
    Theme,
    Url,
    WatchItem,
    Weight,
    WholeNumber,
)

Commitment = tuple[str, str]
"""Who must deliver what: the initiative's key and the party (ASEAN, or a state's key)."""

MeasureKey = Annotated[Key, In("measures")]

Assumable = Literal[
    "title",
    "activity",
    "scope",
    "lead",
    "supporting",
    "champions",
    "states",
    "start",
    "due",
    "weight",
    "rule",
    "grouping",
]
"""The fields whose values may be our assumption instead of ASEAN's text."""


def name_of(commitment: Commitment) -> str:
    """As addresses and tables name it: I08/KH."""
    return "/".join(commitment)


class AtLeast(Frozen):
    """Completion rule: the initiative is completed when this number of its commitments is completed."""

    at_least: Annotated[WholeNumber, Field(ge=1, le=100)]


Rule = Literal["all_applicable"] | AtLeast


class Deliverable(Frozen):
    """A dated product of an initiative, numbered under it."""

    key: Key
    title: Text
    due: Day
    weight: Weight = 1  # type: ignore[assignment]  # becomes a Fraction: Frozen validates defaults


class Exit(Frozen):
    """How and why an initiative went out of force: it is no longer counted from the day `on`; never deleted."""

    on: Day
    reason: Text
    decided_at: MeetingKey


class Merger(Exit):
    """Out of force because another initiative absorbed or replaced it."""

    initiative: Annotated[Key, In("initiatives")]


class Initiative(Frozen):
    """A strategic initiative: what is to be done, who leads it, who must deliver it, and by when (`due` inclusive)."""

    key: Key
    code: Text
    title: Text
    wording: Wording
    measure: MeasureKey
    activity: Annotated[Key, In("activities")]
    scope: Scope
    lead: BodyKey
    supporting: tuple[BodyKey, ...] = ()
    champions: tuple[StateKey, ...] = ()
    states: tuple[StateKey, ...] = ()
    joins: Dates = Field(default_factory=dict)
    partners: tuple[PartnerKey, ...] = ()
    weight: Weight = 1  # type: ignore[assignment]  # as above
    start: Day
    due: Day
    due_by_state: Dates = Field(default_factory=dict)
    rule: Rule = "all_applicable"
    in_force_from: Day
    withdrawn: Exit | None = None
    merged_into: Merger | None = None
    superseded_by: Merger | None = None
    themes: tuple[Annotated[Key, In("themes")], ...] = ()
    ip_rights: tuple[Annotated[Key, In("ip_rights")], ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    assumed: tuple[Assumable, ...] = ()
    source: Url | None = None
    source_quotes: tuple[Text, ...] = ()
    source_note: Text | None = None
    older_text: Flag = False

    @property
    def exit(self) -> Exit | None:
        """How it went out of force, if it did."""
        return self.withdrawn or self.merged_into or self.superseded_by

    @property
    def out_of_force_on(self) -> date | None:
        """The first day it is no longer counted."""
        return self.exit.on if self.exit else None

    @property
    def never_counted(self) -> bool:
        """Whether it was only a placeholder that the official text did not need: out of force from its first day."""
        return self.out_of_force_on == self.in_force_from

    @property
    def parties(self) -> tuple[str, ...]:
        """Who must deliver it: ASEAN as a whole, or each of its states."""
        return (ASEAN,) if self.scope is Scope.REGIONAL else self.states

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """Its commitments, in the plan's order of states."""
        return tuple((self.key, party) for party in self.parties)

    def due_for(self, party: str) -> date:
        """Return the due date of the party if the plan gives one, otherwise the initiative's."""
        return self.due_by_state.get(party, self.due)

    @property
    def due_is_assumed(self) -> bool:
        """Whether the due date is our assumption."""
        return "due" in self.assumed


class Activity(Frozen):
    """One of the fourteen activities, under its strategic measure."""

    key: Key
    code: Text
    measure: MeasureKey
    title: Text
    assumed: tuple[Assumable, ...] = ()


class Measure(Frozen):
    """One of the five strategic measures."""

    key: Key
    code: Text
    title: Text
    short_title: Text
    assumed: tuple[Assumable, ...] = ()


class PlanHead(Frozen):
    """The content of settings.yaml: the plan's name and years, and the settings of its figures."""

    key: Key
    version: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)*$")]
    title: Text
    short_title: Text
    period: Period
    settings: Settings
    expected_counts: ExpectedCounts


class Plan(PlanHead):
    """An edition of the plan, all lists in the plan's order."""

    states: tuple[MemberState, ...]
    bodies: tuple[Body, ...]
    themes: tuple[Theme, ...] = ()
    ip_rights: tuple[IpRight, ...] = ()
    partners: tuple[Partner, ...] = ()
    cooperation: tuple[Cooperation, ...] = ()
    platforms: tuple[Platform, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    watch: tuple[WatchItem, ...] = ()
    documents: tuple[Document, ...] = ()
    measures: tuple[Measure, ...]
    activities: tuple[Activity, ...]
    initiatives: tuple[Initiative, ...]

    @cached_property
    def initiative(self) -> dict[str, Initiative]:
        """Initiatives by key."""
        return {initiative.key: initiative for initiative in self.initiatives}

    @cached_property
    def state(self) -> dict[str, MemberState]:
        """Member states by key."""
        return {state.key: state for state in self.states}

    @cached_property
    def body(self) -> dict[str, Body]:
        """Bodies by key."""
        return {body.key: body for body in self.bodies}

    @cached_property
    def meeting(self) -> dict[str, Meeting]:
        """Meetings by key."""
        return {meeting.key: meeting for meeting in self.meetings}

    @property
    def titled(self) -> tuple[Initiative, ...]:
        """The initiatives without placeholders that were never counted."""
        return tuple(initiative for initiative in self.initiatives if not initiative.never_counted)

    def commitments(self) -> Iterator[Commitment]:
        """Yield every commitment of the edition, in force or not."""
        for initiative in self.initiatives:
            yield from initiative.commitments

    def count(self, wording: Wording) -> int:
        """Return how many initiatives have a title of this wording."""
        return sum(initiative.wording is wording for initiative in self.titled)
