"""Restricted content is read by people who are named: what hands it out without a user is listed here, and why."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel
from sqlmodel import Session

import models
from models.core.notice import Notice
from models.meetings.questions import Question
from models.meetings.snapshot import Decided
from models.people.context import Context
from models.people.directory import Account
from models.people.permissions import User
from models.people.visibility_rules import _rules  # what the policy itself goes by
from models.plan.schema import Commitment
from models.progress.statement import EvidenceItem
from models.store.base import Base

RESTRICTED = (Base, Decided, EvidenceItem, Account, Notice, Question)
"""Beside the models whose fields say which detail they are: rows of tables, and what is restricted as a whole."""

PART = "a part of queries that ask for the user, or that are given what the user may see"
SNAPSHOT = "whole, for whoever freezes and checks it; models/access/archive.py opens it to a user"
SIGN_IN = "asked before there is a user, or told to the person alone"
KEYS = "keys of the plan or of the log, and nobody's words"
SERVER = "for whoever runs the server"

WITHOUT_USER = {
    "admin.seal_check.file_faults": SERVER,
    "admin.seal_check.seal_faults": SERVER,
    "admin.verify.checked": SERVER,
    "admin.verify.copy_faults": SERVER,
    "admin.verify.faults": SERVER,
    "meetings.compose.compose": SNAPSHOT,
    "meetings.cycles.cycle_steps": KEYS,
    "meetings.decisions.decisions": PART,
    "meetings.past.past_of": "for the snapshots that models/access/archive.py opens to a user",
    "meetings.questions.questions_in": PART,
    "meetings.snapshot_check.fact_faults": SERVER,
    "meetings.snapshot_check.integrity_faults": SERVER,
    "meetings.snapshots.snapshot": SNAPSHOT,
    "meetings.snapshots.snapshot_document": SNAPSHOT,
    "people.directory.find_person": SIGN_IN,
    "people.directory.names_of": PART,
    "people.directory.person": SIGN_IN,
    "people.sign_in.ask_for_link": SIGN_IN,
    "people.sign_in.person_of_link": SIGN_IN,
    "people.sign_in.person_row": PART,
    "progress.drafts.draft_evidence": PART,
    "progress.drafts.newest_row": PART,
    "progress.drafts.last_statement": PART,
    "progress.drafts.statement_evidence": PART,
    "progress.latest.logged_initiatives": KEYS,
    "progress.ledger.ledger": "which party entered or left the count, which is for everybody",
    "progress.ledger.recorded_lines": "as the whole ledger",
    "progress.log.rows_by_ref": KEYS,
    "progress.notices.notice_of_return": "the mail to the author, made once the return was allowed",
    "progress.views.views_of": PART,
    "progress.views.views_of_latest": PART,
    "reporting.form_take.database_mark": KEYS,
}
"""Every query of models/ that returns restricted content or bare text and takes neither Context nor user, and why."""


def public_functions() -> Iterator[tuple[str, Any]]:
    """Every public function of models/, by module and name."""
    for found in pkgutil.walk_packages(models.__path__, "models."):
        if "migrations" in found.name:
            continue
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == found.name and not name.startswith("_"):
                yield f"{found.name.removeprefix('models.')}.{name}", function


def is_without_user(function: Any) -> bool:
    """Whether it reads the database for nobody in particular."""
    taken = {kind for name, kind in get_type_hints(function).items() if name != "return"}
    return Session in taken and not taken & {Context, User}


def is_restricted(kind: Any, *, known: frozenset[Any] = frozenset()) -> bool:
    """Whether a value of the type may hold what not everybody sees: a restricted model, or text outside of any."""
    if kind == Commitment or kind in known:
        return False
    if kind is str:
        return not known
    if not isinstance(kind, type) or get_args(kind):
        # What a function takes, it does not hand out.
        return any(is_restricted(part, known=known) for part in get_args(kind) if not isinstance(part, list))
    if issubclass(kind, RESTRICTED) or (issubclass(kind, BaseModel) and list(_rules(kind))):
        return True
    if not (is_dataclass(kind) or issubclass(kind, BaseModel)):
        return False
    return any(is_restricted(one, known=known | {kind}) for one in get_type_hints(kind).values())


def test_every_query_that_hands_out_restricted_content_without_a_user_is_listed_on_purpose():
    found = {
        name
        for name, function in public_functions()
        if is_without_user(function) and is_restricted(get_type_hints(function)["return"])
    }

    assert found == WITHOUT_USER.keys()
