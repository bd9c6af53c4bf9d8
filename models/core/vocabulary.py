"""The vocabulary: every closed list of words, with the label of each on screens and in documents.

Value and label are defined together, so that a page and a report cannot differ.
"""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A word of a closed list: its stored value and its label."""

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
    """The origin of an initiative's title."""

    OFFICIAL = "official", "official text"
    PARAPHRASE = "paraphrase", "paraphrase"
    WORKING = "working", "working title"


class Kind(Word):
    """The kind of a row of the progress log."""

    UPDATE = "update", "Update"
    NIL = "nil", "Nothing to report"
    REMARK = "remark", "Remark"


class Status(Word):
    """The status of a commitment, reported by its party. No report is not a status."""

    NOT_STARTED = "not_started", "Not started"
    ONGOING = "ongoing", "Ongoing"
    COMPLETED = "completed", "Completed"
    SUSPENDED = "suspended", "Suspended"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class Health(Word):
    """The health from dates and statements; computed when read, never stored; in the order of method.md."""

    COMPLETED = "completed", "completed"
    SUSPENDED = "suspended", "suspended"
    OVERDUE = "overdue", "overdue"
    NOT_DUE = "not_due", "not yet due to start"
    NO_REPORT = "no_report", "no report"
    AT_RISK = "at_risk", "at risk"
    ON_TRACK = "on_track", "on schedule"


ATTENTION = (Health.OVERDUE, Health.AT_RISK, Health.NO_REPORT)
"""The healths that need attention, the most urgent first."""


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


class ObstacleKind(Word):
    """The kinds of obstacles, a closed list that a mid-term review can count."""

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
    """The step of a cycle: the meeting's paper was circulated, or the meeting took note of it."""

    CIRCULATED = "circulated", "Circulated"
    NOTED = "noted", "Noted"


class VisitorsSee(Word):
    """Which reported information visitors, who are not signed in, can see."""

    NOTHING = "nothing", "Nothing reported"
    NOTED = "noted", "What the Working Group has noted"
    LATEST = "latest", "The latest cleared updates"


class DecisionKind(Word):
    """The outcome of a meeting: a decision, or an action point for somebody."""

    DECISION = "decision", "Decision"
    ACTION_POINT = "action_point", "Action point"


class Grouping(Word):
    """The groups by which figures can be rolled up."""

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
    """The roles of people."""

    SECRETARIAT = "secretariat", "Secretariat"
    CHAIR = "chair", "Chair"
    FOCAL_POINT = "focal_point", "Focal point"
    OBSERVER = "observer", "Observer"


class ExclusionReason(Word):
    """Why a commitment or initiative in force is not counted (method.md, section 2); NO_PARTY only an initiative."""

    NOT_APPLICABLE = "not_applicable", "not applicable"
    NOT_A_MEMBER_YET = "not_a_member_yet", "not a member yet"
    JOINS_LATER = "joins_later", "joins later"
    NO_PARTY = "no_party", "without a party"
