"""Editions: adopt the official text, amend the plan, and list who loaded what, when and why."""

from models.amendments.adoption import slots
from models.amendments.adoption_workbook import write_adoption
from models.amendments.proposals import adopt_official_text, amend_plan, propose_adoption, propose_amendment
from models.people.directory import person
from models.people.permissions import Action
from models.plan.editions import list_editions
from models.plan.workbook import plan_workbook
from pages.editions import blocks, text
from pages.editions.workbook import WorkbookPart, workbook_part
from pages.shared.heading import page_title, show
from pages.shared.run import show_message
from pages.shared.who import asking
from reports.parts.wording import wording_title

PLAN_FILE = "plan.xlsx"


ADOPT = WorkbookPart(
    stem="adopt",
    title="Adopt the official text",
    note=text.ADOPT_NOTE,
    download="Download the titles to fill in",
    upload="The workbook with the official text",
    file_name="official-text.xlsx",
    written=write_adoption,
    propose=propose_adoption,
    load=adopt_official_text,
)
AMEND = WorkbookPart(
    stem="amend",
    title="Amend the plan",
    note=text.AMEND_NOTE,
    download="Download the whole plan",
    upload="The workbook of the amended plan",
    file_name=PLAN_FILE,
    written=lambda plan: plan_workbook(plan, PLAN_FILE),
    propose=propose_amendment,
    load=amend_plan,
    guide=blocks.how_to_amend(),
)

with asking() as context:
    context.require(Action.LOAD_EDITION)
    loaded = list_editions(context.session)
    loaders = [person(context.session, edition.loaded_by) for edition in loaded if edition.loaded_by]

page_title(wording_title(context.plan))
show_message()
if slots(context.plan):
    workbook_part(ADOPT)
workbook_part(AMEND)
show(blocks.editions(loaded, context.plan, {loader.id: loader.display_name for loader in loaders if loader}))
