"""Reads a plan folder or workbook to a checked `Plan`, or raises all its problems at once."""

from pathlib import Path

from models.core.errors import PlanError, Problem
from models.core.vocabulary import Wording
from models.plan.checks import check
from models.plan.folder import read_folder
from models.plan.parse import parse, to_plan
from models.plan.schema import Plan
from models.plan.source import RawPlan


def read_plan(path: Path) -> Plan:
    """Return the plan in a folder of YAML files or in an .xlsx workbook.

    Raises PlanError with all problems of the plan, each with its file, line and remedy.
    """
    return _checked(_read(path))


def read_plan_workbook(content: bytes, name: str) -> Plan:
    """Return the plan in the content of an .xlsx workbook, as `read_plan` reads it."""
    from models.plan.workbook import read_workbook

    return _checked(read_workbook(content, name))


def _checked(raw: RawPlan) -> Plan:
    draft = parse(raw)
    problems = {*draft.problems, *check(draft)}
    if problems:
        raise PlanError(problems)
    return to_plan(draft)


def summary(plan: Plan) -> str:
    """Return a sentence with the number of measures, activities and initiatives, and the wording of these."""
    words = ", ".join(f"{plan.count(wording)} {wording}" for wording in Wording)
    return (
        f"{len(plan.measures)} strategic measures, {len(plan.activities)} activities, "
        f"{len(plan.titled)} initiatives ({words})"
    )


def _read(path: Path) -> RawPlan:
    # A relative path such as `.` has no name; problems need the name of the folder.
    path = path.absolute() if path.name else path.resolve()
    if path.is_dir():
        return read_folder(path)
    if path.is_file() and path.suffix.lower() not in {".yaml", ".yml"}:
        # Only a workbook needs the spreadsheet library, whose import is slow.
        from models.plan.workbook import read_workbook

        return read_workbook(path, path.name)
    what = "is neither a folder nor an .xlsx workbook" if path.exists() else "does not exist"
    raise PlanError([Problem(path.name, 1, what, "give the path of a plan folder or of a plan workbook")])
