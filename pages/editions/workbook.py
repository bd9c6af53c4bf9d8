"""Changing the plan with a workbook: downloaded, filled in, uploaded, shown in words, loaded with its reason."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import streamlit as st
from htpy import Node

from models.amendments.proposals import Filled, Proposal, Propose
from models.core.errors import Problem, Refused
from models.core.office_package import MAX_MEGABYTES
from models.core.text import day
from models.people.context import Context
from models.people.permissions import Action
from models.people.tokens import Credentials
from models.plan.calendar import day_of
from models.plan.editions import LoadedEdition
from models.plan.schema import Plan
from pages.editions import blocks, text
from pages.shared.form_file import XLSX
from pages.shared.heading import show
from pages.shared.markup import section
from pages.shared.new_fields import field_key, new_fields, uploaded
from pages.shared.plain_text import as_label
from pages.shared.run import Message, run
from pages.shared.who import asking, credentials

LONGEST_REASON = 2000


class Load(Protocol):
    """Load what a workbook proposes against the edition with this hash; None when that is the plan in force."""

    def __call__(self, context: Context, filled: Filled, *, against: str) -> LoadedEdition | None: ...


@dataclass(frozen=True, slots=True)
class WorkbookPart:
    """What a part is called and says, the workbook it offers, and the acts that read and load it."""

    stem: str
    title: str
    note: str
    download: str
    upload: str
    file_name: str
    written: Callable[[Plan], bytes]
    propose: Propose
    load: Load
    guide: Node = None

    def key(self, name: str) -> str:
        """The key of a widget; after each load the widgets are new, and so empty."""
        return field_key(self.stem, name)

    def filled(self) -> Filled | None:
        """The workbook chosen, with what is typed beside it."""
        typed, file = st.session_state, uploaded(self.stem)
        if file is None:
            return None
        name, content = file
        reason, meeting = typed.get(self.key("reason")) or "", typed.get(self.key("meeting"))
        return Filled(name, content, reason, meeting)


def workbook_part(part: WorkbookPart) -> None:
    """Draw it; the form stays through every error, with what was typed into it."""
    show(section(part.title, part.note, content=part.guide))
    with st.container(key=f"{part.stem}-files"):
        st.download_button(
            as_label(part.download),
            data=partial(_file, part, credentials()),
            file_name=part.file_name,
            mime=XLSX,
            on_click="ignore",
            key=f"{part.stem}-download",
        )
        st.file_uploader(as_label(part.upload), type=["xlsx"], key=part.key("file"), max_upload_size=MAX_MEGABYTES)
    filled = part.filled()
    proposal = _preview(part, filled) if filled else None
    if filled or any(st.session_state.get(part.key(name)) for name in ("reason", "meeting")):
        _form(part, proposal)


def _file(part: WorkbookPart, by: Credentials) -> bytes:
    """Made when it is asked for, for the user of the browser at that moment."""
    with asking(by) as context:
        context.require(Action.LOAD_EDITION)
        return part.written(context.plan)


def _preview(part: WorkbookPart, filled: Filled) -> Proposal | None:
    """Show what the workbook would change; None when it cannot be loaded."""
    try:
        with asking() as context:
            proposal, plan = part.propose(context, filled), context.plan
    except Refused as refusal:
        show(blocks.problems(refusal.problems))
        return None
    refusals = [Problem(filled.name, 0, what, remedy) for what, remedy in proposal.difference.refusals]
    if refusals:
        show(blocks.problems(refusals))
        return None
    show(blocks.preview(proposal, plan))
    return proposal if proposal.difference.changes else None


def _form(part: WorkbookPart, proposal: Proposal | None) -> None:
    # No Streamlit form: what is typed in one is lost with it, and this has to outlast a change of the file.
    names = _meetings()
    st.text_area("Reason", key=part.key("reason"), max_chars=LONGEST_REASON, placeholder=text.WHY)
    st.selectbox(
        "Deciding meeting",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=text.CHOOSE_MEETING,
        key=part.key("meeting"),
    )
    st.button(
        "Load",
        type="primary",
        key=f"{part.stem}-load",
        on_click=_load,
        args=(part, proposal.against if proposal else ""),
        disabled=proposal is None,
    )


def _meetings() -> dict[str, str]:
    """The meetings that can have decided it: those that began, the latest first."""
    with asking() as context:
        today = day_of(context.now, context.plan)
        begun = [meeting for meeting in context.plan.meetings if meeting.start <= today]
    begun.sort(key=lambda meeting: meeting.start, reverse=True)
    return {meeting.key: f"{meeting.name}, {day(meeting.start)}" for meeting in begun}


def _load(part: WorkbookPart, against: str) -> None:
    filled = part.filled()
    if filled and run(lambda context: part.load(context, filled, against=against), done=_loaded):
        new_fields(part.stem)


def _loaded(edition: LoadedEdition | None) -> Message:
    return Message(text.LOADED.format(edition.version) if edition else text.SAME_PLAN)
