"""Reads a plan folder or workbook to a checked `Plan`, or raises all its problems at once."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from models.core.errors import PlanError, Problem, WorkbookRefused
from models.core.vocabulary import Wording
from models.plan.checks import check
from models.plan.folder import read_folder
from models.plan.parse import parse, to_plan
from models.plan.schema import Plan
from models.plan.source import WAYS_IN, RawPlan


class WrittenPlan(NamedTuple):
    """A checked plan, and the words in its file that belong to no item: comments on cells, further sheets, remarks."""

    plan: Plan
    not_taken: tuple[str, ...] = ()


def read_plan(path: Path) -> Plan:
    """Return the plan in a folder of YAML files or in an .xlsx workbook.

    Raises PlanError with all problems of the plan, each with its file, line and remedy.
    """
    return read_plan_file(path).plan


def read_plan_file(path: Path) -> WrittenPlan:
    """Return the same plan, with what of its file was not taken."""
    return _checked(_read(path))


def read_plan_workbook(content: bytes, name: str) -> WrittenPlan:
    """Return the plan in the content of an .xlsx workbook, as `read_plan_file` reads it."""
    from models.plan.workbook import read_workbook

    return _checked(read_workbook(content, name))


def _checked(raw: RawPlan) -> WrittenPlan:
    draft = parse(raw)
    problems = {*draft.problems, *check(draft)}
    if problems:
        raise PlanError(problems)
    return WrittenPlan(to_plan(draft), tuple(raw.not_taken))


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

        try:
            return read_workbook(path, path.name)
        except WorkbookRefused as refused:
            problems = [replace(problem, remedy=f"{problem.remedy}, or {WAYS_IN}") for problem in refused.problems]
            raise PlanError(problems) from refused
    if path.exists():
        raise PlanError([Problem(path.name, 1, "is neither a folder nor an .xlsx workbook", WAYS_IN)])
    raise PlanError([Problem(path.name, 1, "does not exist", "give the path of a plan folder or of a plan workbook")])
