"""What a server does to its database before it serves: load the plan once, and report later differences."""

from pathlib import Path

from sqlalchemy import Engine

from models.amendments.load import LoadReason, difference, load_edition
from models.core.errors import PlanError
from models.core.text import PublicText
from models.plan.editions import list_editions
from models.plan.read import read_plan, summary
from models.store.clock import current_moment, demonstration_today
from models.store.database import reading, writing

FIRST_LOAD = PublicText("First load of the plan files")


def prepare(engine: Engine, plan_folder: Path) -> list[str]:
    """Load the plan files into an empty database; returns messages for the person who starts the server.

    Later differences between files and database are reported, never applied.
    """
    with reading(engine) as session:
        if demonstration_today(session):
            return ["demonstration data: everything in this database is made up"]
    try:
        plan = read_plan(plan_folder)
    except PlanError as error:
        with reading(engine) as session:
            if not list_editions(session):  # with a plan in force the server can do without the files
                raise
        return ["the plan files have problems and were not compared with the plan in force:", str(error)]
    with writing(engine) as session:
        now = current_moment(session)
        diff = difference(session, plan, now=now)
        if diff is None:
            load_edition(session, plan, why=LoadReason(FIRST_LOAD), now=now, file=plan_folder.name)
            return [f"loaded {summary(plan)}"]
    if not diff.changes:
        return [f"plan in force: {summary(plan)}"]
    return [
        f"{len(diff.changes)} differences between {plan_folder.name}/ and the plan in force are not loaded;"
        " see `python manage.py plan diff`"
    ]
