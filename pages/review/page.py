"""Review: what is waiting to be cleared, the figures with and without it, who has not reported, what to ask."""

from models.access.view_choice import latest
from models.core.vocabulary import Basis
from models.reporting.review_queue import review
from pages.review import blocks, text
from pages.review.queue import draw_queue
from pages.review.record import draw_form_part, draw_record_form
from pages.review.reminders import draw_reminders
from pages.shared.heading import page_title, show
from pages.shared.questions import questions
from pages.shared.run import show_message
from pages.shared.who import asking

with asking() as now:
    plan, read = now.plan, review(now)
query = latest(plan, read.today, Basis.REPORTED)

page_title(text.title(read))
show_message()
show(blocks.contents(read))
draw_record_form(plan, read.today)
draw_form_part(read)
draw_queue(read, query)
show(
    blocks.section_at(blocks.FIGURES, blocks.side_by_side(read)),
    blocks.section_at(blocks.SILENT, blocks.not_reported(read, query)),
)
draw_reminders()
show(blocks.section_at(blocks.QUESTIONS, questions()))
