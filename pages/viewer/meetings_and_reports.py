"""Meetings and reports: the report in every format, any two states compared, what is still open, calendar, archive."""

from models.reads.archive import archive
from models.reads.data_version import plan_and_today, present
from models.reads.decisions import decisions
from models.rules.display import Display, display_of
from pages.secretariat.decisions_part import draw_decisions
from pages.shared.heading import page_title, show
from pages.shared.who import asking
from pages.viewer import meetings_blocks as blocks
from pages.viewer.compare_part import draw_compare
from pages.viewer.report_part import draw_report

stamp = present()
plan, today = plan_and_today(stamp)
with asking() as now:
    by, snapshots, left = now.by, archive(now.session, now.by), decisions(now.session, now.plan, known_at=now.now)
display = display_of(by)

page_title(blocks.title(plan, today, snapshots))
draw_report(plan, snapshots, by)
draw_compare(stamp, plan, snapshots, days=display is not Display.PUBLIC)
if display is Display.SECRETARIAT:
    draw_decisions(plan, left)
show(blocks.calendar(plan, today, blocks.steps(snapshots)), blocks.archive(snapshots, plan))
