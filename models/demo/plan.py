"""The made-up amendments of the demonstration plan: dates set, then some moved, each at a meeting and with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.core.text import PublicText
from models.plan.schema import Initiative, Plan


@dataclass(frozen=True, slots=True)
class Amendment:
    """One made-up edition: its version, when and why it was loaded, and the due dates it gives."""

    version: str
    loaded_on: date
    decided_at: str
    reason: PublicText
    due: Mapping[str, date]


AMENDMENTS = (
    Amendment(
        version="1.1",
        loaded_on=date(2026, 11, 20),
        decided_at="AWGIPC-80",
        reason=PublicText("Demonstration: first due dates agreed"),
        due={
            "I10": date(2027, 6, 30),
            "I13": date(2027, 6, 30),
            "I17": date(2027, 10, 31),
            "I23": date(2027, 9, 30),
            "I29": date(2027, 3, 31),
            "I32": date(2027, 6, 30),
            "I35": date(2027, 10, 31),
            "I38": date(2027, 9, 30),
        },
    ),
    Amendment(
        version="1.2",
        loaded_on=date(2027, 7, 23),
        decided_at="AWGIPC-82",
        reason=PublicText("Demonstration: more time for consultation among the member states"),
        due={"I17": date(2028, 6, 30), "I38": date(2028, 3, 31)},
    ),
)


def amended(plan: Plan, amendment: Amendment) -> Plan:
    """The plan with the dates an amendment gives, which are no longer assumed."""
    initiatives = tuple(_with_due(one, amendment.due.get(one.key)) for one in plan.initiatives)
    return plan.model_copy(update={"version": amendment.version, "initiatives": initiatives})


def _with_due(initiative: Initiative, due: date | None) -> Initiative:
    if due is None:
        return initiative
    assumed = tuple(field for field in initiative.assumed if field != "due")
    return initiative.model_copy(update={"due": due, "assumed": assumed})
