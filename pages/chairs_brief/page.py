"""Questions: what the chair of the working group may wish to ask at the meeting."""

from pages.shared.heading import page_title, show
from pages.shared.questions import questions

page_title("Questions")
show(questions())
