"""Reads and writes a plan folder: which files it may contain, and which list of the plan each one fills.

Measures nest their activities, and these their initiatives; everything else is one flat list under one key.
"""

from pathlib import Path
from typing import Any

from models.core.errors import Problem
from models.core.text import suggestion
from models.core.vocabulary import Scope
from models.plan.schema import Initiative, Measure, Plan, PlanHead
from models.plan.schema_parts import Frozen
from models.plan.source import UNREADABLE, Located, RawItem, RawPlan, SourceLocation
from models.plan.yaml_lines import dump_yaml, read_yaml

SETTINGS = "settings"
MEASURES = "measures"

FLAT = ("bodies", "states", "themes", "partners", "cooperation", "platforms", "meetings", "watch", "documents")
LISTS = {name: ("themes", "ip_rights") if name == "themes" else (name,) for name in FLAT}
"""The files of flat lists, by name without .yaml, and the fields of the plan each one fills."""

REQUIRED = (SETTINGS, "bodies", "states")


NEST = {"measures": "measure", "activities": "activity", "initiatives": "initiative"}
"""The lists in a measure's file, one inside the other, and what the items of the next call the one above."""


def read_folder(folder: Path) -> RawPlan:
    """Return the content of a plan folder as far as it can be read, with its problems."""
    raw = RawPlan(file=folder.name)
    _note_unknown_files(folder, raw)
    for name, kinds in LISTS.items():
        if document := _document(folder, name, raw, kinds):
            _take_lists(document, kinds, raw)
    if settings := _document(folder, SETTINGS, raw, ()):
        raw.head = RawItem(settings.data, settings.place)
    _take_measures(folder, raw)
    return raw


def _note_unknown_files(folder: Path, raw: RawPlan) -> None:
    names = [f"{name}.yaml" for name in (SETTINGS, *LISTS)]
    for path in sorted([*folder.glob("*.y*ml"), *folder.glob("*/*.y*ml")]):
        inside = path.relative_to(folder)
        is_measure = inside.parent == Path(MEASURES) and inside.suffix == ".yaml"
        if path.suffix in {".yaml", ".yml"} and not (inside.as_posix() in names or is_measure):
            remedy = suggestion(inside.as_posix(), [*names, "measures/*.yaml"])
            raw.problems.append(Problem(f"{folder.name}/{inside.as_posix()}", 1, "is not a plan file", remedy))


def _document(folder: Path, name: str, raw: RawPlan, kinds: tuple[str, ...]) -> Located | None:
    """A file's content; a required one that is missing or cannot be read leaves its lists incomplete."""
    path, place = folder / f"{name}.yaml", f"{folder.name}/{name}.yaml"
    if not (path.exists() or path.is_symlink()):  # a link that leads nowhere is a file that cannot be read
        if name in REQUIRED:
            raw.incomplete.update(kinds)
            raw.problems.append(Problem(place, 1, "is missing", "add this file"))
        return None
    document = read_yaml(path, place)
    raw.problems.extend(document.problems)
    if isinstance(document.data, dict):
        return document
    raw.incomplete.update(kinds)
    if document.data is not UNREADABLE:
        raw.problems.append(document.place.problem((), "is not a mapping", "start it with `key: value` lines"))
    return None


def _take_lists(document: Located, kinds: tuple[str, ...], raw: RawPlan) -> None:
    place = document.place
    for name in document.data:
        if name not in kinds:
            remedy = suggestion(name, list(kinds))
            raw.problems.append(Problem(place.file, place.line((name,)), f"unknown key `{name}`", remedy))
    for kind in kinds:
        for index, values in _list(document.data, kind, place, raw, (kind,)):
            raw.items_of(kind).append(RawItem(values, place.inside(kind, index)))


def _list(
    values: dict[str, Any], name: str, place: SourceLocation, raw: RawPlan, kinds: tuple[str, ...]
) -> list[tuple[int, Any]]:
    """The numbered items of a list that must be there; without it, `kinds` are incomplete."""
    items = values.get(name, [])
    if name in values and isinstance(items, list):
        return list(enumerate(items))
    raw.incomplete.update(kinds)
    if name not in values:
        raw.problems.append(place.problem((), f"`{name}` is missing", "add it"))
    elif items is not UNREADABLE:
        raw.problems.append(place.problem((name,), "is not a list", "write each item after `- `, or [] for none"))
    return []


def _take_measures(folder: Path, raw: RawPlan) -> None:
    names = sorted(path.name for path in (folder / MEASURES).glob("*.yaml"))
    kinds = tuple(NEST)
    if not names:
        raw.incomplete.update(kinds)
        place = f"{folder.name}/{MEASURES}"
        raw.problems.append(Problem(place, 1, "contains no *.yaml file", "add one for each measure"))
    for name in names:
        if document := _document(folder, f"{MEASURES}/{name.removesuffix('.yaml')}", raw, kinds):
            _take_nest(RawItem(document.data, document.place), 0, raw)


def _take_nest(item: RawItem, depth: int, raw: RawPlan) -> None:
    """Add an item of a measure's file, then the items in it."""
    kind, *below = [*NEST][depth:]
    if not isinstance(item.values, dict):
        raw.items_of(kind).append(item)
        raw.incomplete.update(below)
        return
    for name in item.inherited.keys() & item.values.keys():
        remedy = "delete it, or move the item to change it"
        raw.problems.append(item.place.problem((name,), f"`{name}` is set by the position of the item", remedy))
    holds = below[0] if below else ""
    own = {name: value for name, value in item.values.items() if name != holds and name not in item.inherited}
    raw.items_of(kind).append(RawItem(own, item.place, item.inherited, holds))
    inherited = {**item.inherited, NEST[kind]: item.values.get("key", UNREADABLE)}
    if holds:
        for index, values in _list(item.values, holds, item.place, raw, tuple(below)):
            _take_nest(RawItem(values, item.place.inside(holds, index), inherited), depth + 1, raw)


Fields = dict[str, Any]


def plan_files(plan: Plan) -> dict[str, bytes]:
    """The plan's files by their names in its folder; `read_plan` of such a folder returns the same plan."""
    return {f"{name}.yaml": dump_yaml(content).encode() for name, content in _files(plan).items()}


def _files(plan: Plan) -> dict[str, Fields]:
    """The content of each file, by its name in the folder without .yaml."""
    files: dict[str, Fields] = {SETTINGS: plan.model_dump(include=set(PlanHead.model_fields))}
    for name, kinds in LISTS.items():
        content = {kind: [_written(item) for item in getattr(plan, kind)] for kind in kinds}
        if name in REQUIRED or any(content.values()):
            files[name] = content
    digits = len(str(len(plan.measures)))
    for number, measure in enumerate(plan.measures, start=1):
        files[f"{MEASURES}/{number:0{digits}}-{measure.key}"] = _measure(measure, plan)
    return files


def _written(item: Frozen, *implied: str) -> Fields:
    """An item's fields in their order, without those that have the default value or are implied."""
    return item.model_dump(exclude_defaults=True, exclude=set(implied))


def _measure(measure: Measure, plan: Plan) -> Fields:
    """A measure with its activities, and these with their initiatives; what the position says is left out."""
    activities = []
    for activity in (activity for activity in plan.activities if activity.measure == measure.key):
        below = [_initiative(item, plan) for item in plan.initiatives if item.activity == activity.key]
        activities.append({**_written(activity, "measure"), "initiatives": below})
    return {**_written(measure), "activities": activities}


def _initiative(initiative: Initiative, plan: Plan) -> Fields:
    implied = ["measure", "activity"]
    if initiative.scope is Scope.NATIONAL and initiative.states == tuple(plan.state):
        implied.append("states")
    if initiative.in_force_from == plan.period.start:
        implied.append("in_force_from")
    return _written(initiative, *implied)
