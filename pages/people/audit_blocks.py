"""The audit trail as an HTML table."""

from collections.abc import Sequence
from html import escape
from zoneinfo import ZoneInfo

from models.admin.audit_trail import AuditLine
from models.core.text import day
from models.plan.schema import Plan
from pages.shared.tables import Column, table


def trail(lines: Sequence[AuditLine], plan: Plan) -> str:
    """Who did what to what, when and why, in the time of the plan."""
    if not lines:
        return '<p class="t-lead">Nothing was done that all of this fits. Leave one of the filters out.</p>'
    columns = [Column(head) for head in ("When", "Who", "What", "To what", "Before, after and why")]
    drawn = table("Audit trail", columns, (_row(one, ZoneInfo(plan.settings.time_zone)) for one in lines))
    return f'<div class="t-audit">{drawn}</div>'


def _row(one: AuditLine, zone: ZoneInfo) -> list[str]:
    at = one.at.astimezone(zone)
    facts = (("before", one.before), ("after", one.after), ("why", one.reason))
    told = "<br>".join(f"{name}: {escape(text)}" for name, text in facts if text)
    cells = (escape(one.who), escape(one.action), escape(one.subject), told)
    return [f'<span class="t-when">{day(at.date())}, {at:%H:%M}</span>', *(f"<span>{cell}</span>" for cell in cells)]
