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

with asking() as context:
    plan, summary = context.plan, review(context)
query = latest(plan, summary.today, Basis.REPORTED)

page_title(text.title(summary))
show_message()
show(blocks.contents(summary))
draw_record_form(plan, summary.today)
draw_form_part(summary)
draw_queue(summary, query)
show(
    blocks.section_at(blocks.FIGURES, blocks.side_by_side(summary)),
    blocks.section_at(blocks.SILENT, blocks.not_reported(summary, query)),
)
draw_reminders()
show(blocks.section_at(blocks.QUESTIONS, questions()))
