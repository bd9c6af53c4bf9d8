"""Meetings and reports: the report in every format, any two states compared, what is still open, calendar, archive."""

from models.access.archive import archive
from models.meetings.decisions import decisions_for
from models.people.visibility_rules import Display, display_of
from models.plan.cache_key import current_stamp, plan_and_today
from pages.meetings import blocks
from pages.meetings.compare import draw_compare
from pages.meetings.decisions import draw_decisions
from pages.meetings.report import draw_report
from pages.shared.heading import page_title, show
from pages.shared.who import asking

stamp = current_stamp()
plan, today = plan_and_today(stamp)
with asking() as context:
    user, snapshots, decisions = context.user, archive(context), decisions_for(context)
display = display_of(user)

page_title(blocks.title(plan, today, snapshots))
draw_report(plan, snapshots, user)
draw_compare(stamp, plan, snapshots, days=display is not Display.PUBLIC)
if display is Display.SECRETARIAT:
    draw_decisions(plan, decisions)
show(blocks.calendar(plan, today, snapshots), blocks.archive(snapshots, plan))
