"""The import of a progress file: one JSON object a line, all lines or none (method.md, section 5)."""

import gc
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlmodel import Session

from models.core.errors import ImportRefused, Problem
from models.plan.editions import InitiativeAt, initiatives_as_known
from models.plan.error_messages import problems_of
from models.plan.schema import Plan
from models.plan.source import RawItem, SourceLocation
from models.progress.entry import Entry, errors_of
from models.progress.ledger import IMPORT, IMPORTED, scope_changes
from models.progress.log import add_rows, rows_by_ref, rows_in_log, wrong_replacement
from models.progress.statement import ABOUT
from models.store.audit import record_act


def import_progress(session: Session, lines: Iterable[bytes], *, file: str, plan: Plan, now: datetime) -> int:
    """Add every line as a row of the log; returns how many. Raises ImportRefused with every problem, by line."""
    with _uncollected():
        entries, problems = _read(lines, file)
        problems += _against(entries, file, plan=plan, now=now, initiative_at=initiatives_as_known(session))
        problems += _against_refs(session, entries, file)
        problems += _against_repeats(session, entries, file)
        if problems:
            raise ImportRefused(problems)
        if entries:
            with scope_changes(session, now, reason=IMPORTED):
                ids = add_rows(session, list(entries.values()))
            after = {"rows": len(ids), "first": ids.start}
            record_act(session, action=IMPORT, subject=file, now=now, after=after)
        return len(entries)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the garbage collector, which would examine a hundred thousand rows many times and free none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(lines: Iterable[bytes], file: str) -> tuple[dict[int, Entry], list[Problem]]:
    """The entries by line number, and the problems of the other lines."""
    entries: dict[int, Entry] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values = _JSON.decode(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            problems.append(Problem(file, number, f"is not JSON: {error}", "write one JSON object a line"))
            continue
        item = RawItem(values, SourceLocation(file, {(): number}))
        unknown = problems_of(list(_not_imported(values)), Entry, item)
        try:
            entries[number] = _opened(Entry.model_validate(values))
        except ValidationError as error:
            problems += problems_of(error.errors(include_url=False), Entry, item)
        problems += unknown
    return entries, problems


_ONLY_ON_PAGES = {name for name, about in ABOUT.items() if not about.imported}
_ONLY_IN_THE_DATABASE = {"file_id", "public", "id", "size"}


def _not_imported(values: Any) -> Iterator[ErrorDetails]:
    """The fields that only a page fills in, as pydantic names a field it does not know."""
    if not isinstance(values, dict):
        return
    items = values.get("evidence")
    refused: list[tuple[tuple[int | str, ...], Any]] = [
        ((name,), values) for name in sorted(values.keys() & _ONLY_ON_PAGES)
    ]
    for number, item in enumerate(items if isinstance(items, list) else ()):
        names = sorted(item.keys() & _ONLY_IN_THE_DATABASE) if isinstance(item, dict) else ()
        refused += [(("evidence", number, name), item) for name in names]
    for loc, given in refused:
        yield ErrorDetails(type="extra_forbidden", loc=loc, msg="", input=given[loc[-1]])


def _opened(entry: Entry) -> Entry:
    """The entry with its evidence made public: an import contains only links and references that anybody may read."""
    items = tuple(item.model_copy(update={"public": True}) for item in entry.evidence)
    return entry.model_copy(update={"evidence": items}) if items else entry


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        twice = next(name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1)
        message = f"{twice} is given twice"
        raise ValueError(message)
    return {name: value for name, value in values.items() if value is not None}


def _no_constant(name: str) -> None:
    message = f"{name} is not a number"
    raise ValueError(message)


_JSON = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)


def _against(
    entries: dict[int, Entry], file: str, *, plan: Plan, now: datetime, initiative_at: InitiativeAt
) -> Iterator[Problem]:
    for number, entry in entries.items():
        for field, what, remedy in errors_of(entry, plan, now=now, initiative_at=initiative_at):
            yield Problem(file, number, what, remedy, path=field)
        if entry.submitted_at is None:
            remedy = "add it: what was never submitted is no history"
            yield Problem(file, number, "`submitted_at` is missing", remedy)


def _against_refs(session: Session, entries: dict[int, Entry], file: str) -> Iterator[Problem]:
    """Each ref belongs to one row, and only an earlier row of the same commitment can be replaced."""
    earlier = rows_by_ref(session, (ref for entry in entries.values() for ref in (entry.replaces, entry.ref)))
    for number, entry in entries.items():
        for what in wrong_replacement(entry, earlier):
            yield Problem(file, number, what, "name an earlier row of this commitment", path="replaces")
        if entry.ref in earlier:
            what = f"{entry.ref} is the ref of another row"
            yield Problem(file, number, what, "give each row a ref of its own", path="ref")
        elif entry.ref:
            earlier[entry.ref] = (number, entry.commitment)


def _against_repeats(session: Session, entries: dict[int, Entry], file: str) -> Iterator[Problem]:
    """A row that is in the log already is not added again, so that the same file twice changes nothing."""
    for number, row in rows_in_log(session, entries).items():
        yield Problem(file, number, f"is in the log already, as row {row}", "leave it out")
    lines: dict[Entry, int] = {}
    for number, entry in entries.items():
        first = lines.setdefault(entry.model_copy(update={"ref": None}), number)
        if first != number and not (entry.ref and entries[first].ref):  # two refs are two rows on purpose
            yield Problem(file, number, f"says the same as line {first}", "leave it out, or give each a ref of its own")
