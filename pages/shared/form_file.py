"""The Excel form on a page: to take away, and to hand back in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from models.core.errors import Refused, TrackerError
from models.people.permissions import Action
from models.people.tokens import Shown
from models.progress.evidence_files import MAX_MEGABYTES
from models.reporting.form import FilledForm
from models.reporting.form_difference import CellKey, Decision, form_changes
from models.reporting.form_read import progress_form
from pages.shared.apology import as_text
from pages.shared.form_difference import choose, conflicts, difference, refused
from pages.shared.heading import show
from pages.shared.markup import note
from pages.shared.who import asking, shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_DIFFERENCE = "Nothing in this file differs from what stands here, so there is nothing to take."


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A form that somebody chose on the page, and what they decided so far."""

    form: FilledForm
    content: bytes
    decided: Mapping[CellKey, Decision]
    open_conflicts: int


def download(speakers: Sequence[str], key: str) -> None:
    """The form of these bodies and states, made when it is asked for."""
    st.download_button(
        "Download the form",
        data=partial(_file, tuple(speakers), shown()),
        file_name=f"progress-form-{'-'.join(speakers)}.xlsx",
        mime=XLSX,
        on_click="ignore",
        key=key,
    )


def _file(speakers: Sequence[str], by: Shown) -> bytes:
    """Made for whoever the browser stands for then."""
    from models.reporting.form_workbook import write_form  # loaded when the first form is asked for

    with asking(by) as one:
        return write_form(progress_form(one, speakers))


def hand_in(stem: str, action: Action) -> HandedIn | None:
    """Choose a filled-in form, see each difference, decide the conflicts; None while there is nothing to take."""
    upload = st.file_uploader(
        "Hand in a form that was filled in", ["xlsx"], key=_key(stem), max_upload_size=MAX_MEGABYTES
    )
    if upload is None:
        return None
    try:
        return _differences(stem, action, upload.name, upload.getvalue())
    except Refused as refusal:
        show(refused(refusal))
    except TrackerError as refusal:
        st.error(as_text(str(refusal)))
    return None


def _differences(stem: str, action: Action, name: str, content: bytes) -> HandedIn | None:
    from models.reporting.form_workbook import read_form  # as above

    with asking() as one:
        form = read_form(content, name, one.plan)
        found = form_changes(one, form, action=action)
        plan = one.plan
    show(difference(found, plan) if found else note(NO_DIFFERENCE))
    decided = choose(found, stem)
    return HandedIn(form, content, decided, len(conflicts(found)) - len(decided)) if found else None


def start_again(stem: str) -> None:
    """Empty the field: what was in the file is taken. Called from a callback."""
    st.session_state[f"{stem}-round"] = _round(stem) + 1


def _key(stem: str) -> str:
    return f"{stem}-file-{_round(stem)}"


def _round(stem: str) -> int:
    return int(st.session_state.get(f"{stem}-round", 0))
