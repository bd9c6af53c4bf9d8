"""Names of initiatives, parties and meetings, as every page and document prints them."""

from models.core.vocabulary import ASEAN, Wording
from models.figures.health_label import HealthLabel
from models.plan.schema import Initiative, Plan


def wording_tag(initiative: Initiative) -> str:
    """Return the tag that must accompany a title that is not ASEAN's own; "" for official text."""
    return "" if initiative.wording is Wording.OFFICIAL else initiative.wording.label


def titled(initiative: Initiative) -> str:
    """I13 Patent work-sharing through ASPEC (working title)."""
    wording = wording_tag(initiative)
    return f"{initiative.key} {initiative.title}" + (f" ({wording})" if wording else "")


def sentence(initiative: Initiative, health: HealthLabel) -> str:
    """I13 Patent work-sharing through ASPEC: on schedule, working title."""
    labels = ", ".join(filter(None, (health.legend, wording_tag(initiative))))
    return f"{initiative.key} {initiative.title}: {labels}"


def party_name(plan: Plan, party: str) -> str:
    """Return a state's name, a body's key, or ASEAN."""
    return plan.state[party].name if party in plan.state else party


def of_party(plan: Plan, party: str) -> str:
    """What follows the name of an initiative: ", Cambodia"; "" where ASEAN reports as one."""
    return "" if party == ASEAN else f", {party_name(plan, party)}"


def meeting_name(plan: Plan, key: str) -> str:
    """Return a meeting's name, such as AWGIPC 84, or its key where this edition does not have it."""
    return plan.meeting[key].name if key in plan.meeting else key
