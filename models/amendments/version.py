"""How one edition follows another: its version, and the plan in force taken apart again to be changed and checked."""

from models.plan.canonical import digest
from models.plan.parse import KINDS
from models.plan.schema import Plan, PlanHead
from models.plan.source import RawItem, RawPlan, SourceLocation


def next_version(version: str) -> str:
    """1.0 is followed by 1.1, and 2 by 3."""
    *first, last = version.split(".")
    return ".".join([*first, str(int(last) + 1)])


def following(plan: Plan, current: Plan) -> Plan:
    """The plan as the edition after the current one: with a later version, or the current one if nothing else differs.

    A workbook taken out of an edition carries that edition's version, which people seldom think of.
    """
    if digest(plan.model_copy(update={"version": current.version})) == digest(current):
        return current
    if _parts(plan.version) > _parts(current.version):
        return plan
    return plan.model_copy(update={"version": next_version(current.version)})


def raw_of(plan: Plan, file: str) -> RawPlan:
    """The plan as if just read from a file, so that it can be changed and checked as any edition is."""
    raw = RawPlan(file)
    raw.head = RawItem(plan.model_dump(include=set(PlanHead.model_fields)), SourceLocation(file))
    for kind in KINDS:
        raw.items[kind] = [
            RawItem(one.model_dump(exclude_defaults=True), SourceLocation(file, {}, (one.key,)))
            for one in getattr(plan, kind)
        ]
    return raw


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
