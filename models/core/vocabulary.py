"""The vocabulary: every closed list of words, with what screens and documents print for each.

A member carries its label, symbol and meaning together, so that a page and a report cannot disagree.
"""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A word of a closed list: its stored value and the label people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word


class Scope(Word):
    """Who must deliver an initiative: ASEAN together, or each member state."""

    REGIONAL = "regional", "Regional"
    NATIONAL = "national", "National"


class Wording(Word):
    """Whose words an initiative's title is."""

    OFFICIAL = "official", "official text"
    PARAPHRASE = "paraphrase", "paraphrase"
    WORKING = "working", "working title"


class Kind(Word):
    """What a row of the progress log is."""

    UPDATE = "update", "Update"
    NIL = "nil", "Nothing to report"
    REMARK = "remark", "Remark"


class Status(Word):
    """What a party says of its commitment. Having no report is not a status."""

    NOT_STARTED = "not_started", "Not started"
    ONGOING = "ongoing", "Ongoing"
    COMPLETED = "completed", "Completed"
    SUSPENDED = "suspended", "Suspended"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class Health(Word):
    """What the dates and statements together say, computed when read, never stored; in the order of method.md."""

    COMPLETED = "completed", "completed"
    SUSPENDED = "suspended", "suspended"
    OVERDUE = "overdue", "overdue"
    NOT_DUE = "not_due", "not yet due to start"
    NO_REPORT = "no_report", "no report"
    AT_RISK = "at_risk", "at risk"
    ON_TRACK = "on_track", "on schedule"


ATTENTION = (Health.OVERDUE, Health.AT_RISK, Health.NO_REPORT)
"""What a meeting should look at, the most pressing first."""


class Basis(Word):
    """Which statements are counted."""

    CLEARED = "cleared", "Cleared"
    REPORTED = "reported", "Including submitted"


class LedgerEventKind(Word):
    """What became of a commitment that entered or left the count, or of the plan where its official text was adopted.

    Those that end in `_changed` were written by earlier releases: changes of an initiative's fields.
    """

    ADDED = "added", "added"
    IN_FORCE = "in_force", "came into force"
    REINSTATED = "reinstated", "reinstated"
    PARTY_ADDED = "party_added", "added as a party"
    JOINED = "joined", "joined"
    APPLICABLE_AGAIN = "applicable_again", "applicable again"
    WITHDRAWN = "withdrawn", "withdrawn"
    MERGED = "merged", "merged"
    SUPERSEDED = "superseded", "superseded"
    NOT_IN_FORCE = "not_in_force", "comes into force later"
    PARTY_REMOVED = "party_removed", "no longer a party"
    JOINS_LATER = "joins_later", "joins later"
    NOT_APPLICABLE = "not_applicable", "not applicable"
    ADOPTED = "adopted", "official text adopted"
    SCOPE_CHANGED = "scope_changed", "scope changed"
    STATES_CHANGED = "states_changed", "states changed"
    JOINS_CHANGED = "joins_changed", "joins changed"
    WEIGHT_CHANGED = "weight_changed", "weight changed"
    RULE_CHANGED = "rule_changed", "rule changed"
    IN_FORCE_FROM_CHANGED = "in_force_from_changed", "in_force_from changed"
    DELIVERABLES_CHANGED = "deliverables_changed", "deliverables changed"


ENTERS = frozenset(
    {
        LedgerEventKind.ADDED,
        LedgerEventKind.IN_FORCE,
        LedgerEventKind.REINSTATED,
        LedgerEventKind.PARTY_ADDED,
        LedgerEventKind.JOINED,
        LedgerEventKind.APPLICABLE_AGAIN,
    }
)
"""The events by which a commitment enters the count; by the others it leaves, save for the plan's own."""


class ObstacleKind(Word):
    """What stands in the way, as a closed list that a mid-term review can count."""

    LAW = "law", "Law"
    STAFF = "staff", "Staff"
    MONEY = "money", "Money"
    SYSTEMS = "systems", "Systems"
    COORDINATION = "coordination", "Coordination"
    PARTNER = "partner", "Partner"
    OTHER = "other", "Other"


class Request(Word):
    """What a party may ask the meeting to decide about its commitment."""

    NOT_APPLICABLE = "not_applicable", "that it not apply"
    SUSPENSION = "suspension", "that it be suspended"


class Step(Word):
    """What a snapshot of a cycle is: the meeting's paper, or what the meeting took note of."""

    CIRCULATED = "circulated", "Circulated"
    NOTED = "noted", "Noted"


class VisitorsSee(Word):
    """Up to when visitors, who are not signed in, see what was reported."""

    NOTHING = "nothing", "Nothing that was reported"
    NOTED = "noted", "What the Working Group has noted"
    LATEST = "latest", "The latest that was cleared"


class DecisionKind(Word):
    """What a meeting leaves behind: a decision it took, or something somebody is to do."""

    DECISION = "decision", "Decision"
    ACTION_POINT = "action_point", "Action point"


class Grouping(Word):
    """What figures can be rolled up by."""

    PLAN = "plan", "Plan"
    MEASURE = "measure", "Strategic measure"
    ACTIVITY = "activity", "Activity"
    INITIATIVE = "initiative", "Initiative"
    BODY = "body", "Lead body"
    CHAMPION = "champion", "Champion"
    STATE = "state", "Member state"
    THEME = "theme", "Theme"


ASEAN = "ASEAN"
"""The party of a regional initiative's one commitment."""


class Role(Word):
    """The hats people wear."""

    SECRETARIAT = "secretariat", "Secretariat"
    CHAIR = "chair", "Chair"
    FOCAL_POINT = "focal_point", "Focal point"
    OBSERVER = "observer", "Observer"
