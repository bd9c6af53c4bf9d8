"""Writes a plan as the folder of YAML files it could have been read from, laid out for an editor."""

from pathlib import Path
from typing import Any

from models.core.errors import PlanError, Problem
from models.core.vocabulary import Scope
from models.plan.folder import LISTS, MEASURES, REQUIRED, SETTINGS
from models.plan.schema import Activity, Initiative, Measure, Plan, PlanHead
from models.plan.schema_parts import Frozen
from models.plan.yaml_lines import dump_yaml

Written = dict[str, Any]


def write_folder(plan: Plan, folder: Path) -> None:
    """Write the plan's files into a new or empty folder; `read_plan` gives the same plan back."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PlanError([Problem(folder.name, 1, "exists already and is not empty", "name a new folder")])
    (folder / MEASURES).mkdir(parents=True, exist_ok=True)
    for name, content in _files(plan).items():
        (folder / f"{name}.yaml").write_text(dump_yaml(content), encoding="utf-8", newline="\n")


def _files(plan: Plan) -> dict[str, Written]:
    """The content of each file, by its name in the folder without .yaml."""
    files: dict[str, Written] = {SETTINGS: plan.model_dump(include=set(PlanHead.model_fields))}
    for name, kinds in LISTS.items():
        content = {kind: [_written(item) for item in getattr(plan, kind)] for kind in kinds}
        if name in REQUIRED or any(content.values()):
            files[name] = content
    digits = len(str(len(plan.measures)))
    for number, measure in enumerate(plan.measures, start=1):
        files[f"{MEASURES}/{number:0{digits}}-{measure.key}"] = _measure(measure, plan)
    return files


def _written(item: Frozen) -> Written:
    """An item's fields in their order, without those that only say what holds anyway."""
    return item.model_dump(exclude_defaults=True)


def _measure(measure: Measure, plan: Plan) -> Written:
    below = [_activity(activity, plan) for activity in plan.activities if activity.measure == measure.key]
    return {**_written(measure), "activities": below}


def _activity(activity: Activity, plan: Plan) -> Written:
    own = _written(activity)
    del own["measure"]
    below = [_initiative(one, plan) for one in plan.initiatives if one.activity == activity.key]
    return {**own, "initiatives": below}


def _initiative(initiative: Initiative, plan: Plan) -> Written:
    own = _written(initiative)
    del own["measure"], own["activity"]
    if initiative.scope is Scope.NATIONAL and initiative.states == tuple(plan.state):
        del own["states"]
    if initiative.in_force_from == plan.period.start:
        del own["in_force_from"]
    return own
