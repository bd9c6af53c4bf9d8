"""Review: what waits to be cleared, the figures with and without it, who is silent and reminded, what to ask."""

from models.access.view_choice import latest
from models.core.vocabulary import Basis
from models.reporting.review_queue import review
from pages.review import blocks
from pages.review.form import draw_form_part
from pages.review.queue import draw_queue
from pages.review.record import draw_record_form
from pages.review.reminders import draw_reminders
from pages.shared.flash import show_told
from pages.shared.heading import page_title, show
from pages.shared.questions import questions
from pages.shared.who import asking

with asking() as now:
    plan, seen = now.plan, review(now)
asked = latest(plan, seen.today, Basis.REPORTED)

page_title(blocks.title(seen))
show_told()
show(blocks.contents(seen))
draw_record_form(plan, seen.today)
draw_form_part(seen)
draw_queue(seen, asked)
show(
    blocks.at(blocks.FIGURES, blocks.side_by_side(seen)),
    blocks.at(blocks.SILENT, blocks.not_reported(seen, asked)),
)
draw_reminders()
show(blocks.at(blocks.QUESTIONS, questions()))
