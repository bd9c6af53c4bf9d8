"""How initiatives and counts are named wherever they are shown."""

from models.core.vocabulary import Wording
from models.figures.health_label import HealthLabel
from models.plan.schema import Initiative, Plan


def wording_tag(initiative: Initiative) -> str:
    """The words that must stand with a title that is not ASEAN's own; empty for official text."""
    return "" if initiative.wording is Wording.OFFICIAL else initiative.wording.label


def sentence(initiative: Initiative, health: HealthLabel) -> str:
    """I13 Patent work-sharing through ASPEC: on schedule, working title."""
    told = ", ".join(filter(None, (health.legend, wording_tag(initiative))))
    return f"{initiative.key} {initiative.title}: {told}"


def party_name(plan: Plan, party: str) -> str:
    """A state's name, a body's key, or ASEAN."""
    return plan.state[party].name if party in plan.state else party


def meeting_name(plan: Plan, key: str) -> str:
    """AWGIPC 84; the key of a meeting that this edition does not have."""
    return plan.meeting[key].name if key in plan.meeting else key


def on_dates(assumed: int, of: int) -> str:
    """What stands beside an expected figure that rests on dates that are not ASEAN's."""
    if not assumed:
        return ""
    return "on assumed dates" if assumed == of else "partly on assumed dates"
