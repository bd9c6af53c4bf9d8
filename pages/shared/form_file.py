"""The Excel form on a page: download and upload."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from models.core.errors import Refused, TrackerError
from models.core.text import counted
from models.people.permissions import Action
from models.people.tokens import Credentials
from models.progress.evidence_files import MAX_MEGABYTES
from models.reporting.form import Form
from models.reporting.form_read import progress_form
from models.reporting.form_take import CellKey, ConflictDecision, check_form
from pages.shared import text
from pages.shared.form_difference import choose, conflicts, difference, missing, not_taken, refused
from pages.shared.heading import show
from pages.shared.markup import note
from pages.shared.new_fields import field_key
from pages.shared.plain_text import as_label, as_text
from pages.shared.who import asking, credentials

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class UploadedForm:
    """A form that somebody uploaded, and what they decided so far."""

    form: Form
    content: bytes
    decided: Mapping[CellKey, ConflictDecision]
    open_conflicts: int


def download(speakers: Sequence[str], key: str) -> None:
    """The form of these bodies and states, made when it is asked for."""
    st.download_button(
        text.DOWNLOAD_FORM,
        data=partial(_file, tuple(speakers), credentials()),
        file_name=f"progress-form-{'-'.join(speakers)}.xlsx",
        mime=XLSX,
        on_click="ignore",
        key=key,
    )


def _file(speakers: Sequence[str], by: Credentials) -> bytes:
    """Made with the rights its user has when the button is pressed."""
    from models.reporting.form_workbook import write_form  # loaded when the first form is asked for

    with asking(by) as context:
        return write_form(progress_form(context, speakers))


def upload_form(stem: str, action: Action) -> UploadedForm | None:
    """Upload a completed form, read each difference, decide the conflicts; None while there is nothing to take."""
    file = st.file_uploader(text.UPLOAD_FORM, ["xlsx"], key=field_key(stem, "file"), max_upload_size=MAX_MEGABYTES)
    if file is None:
        return None
    try:
        return _differences(stem, action, file.name, file.getvalue())
    except Refused as refusal:
        show(refused(refusal.problems, whole=True))
    except TrackerError as refusal:
        st.error(as_text(str(refusal)))
    return None


def _differences(stem: str, action: Action, name: str, content: bytes) -> UploadedForm | None:
    from models.reporting.form_received import read_form  # as above

    with asking() as context:
        plan = context.plan
        form = read_form(content, name, plan)
        check = check_form(context, form, action=action)
    changes = check.changes
    if check.problems:
        show(refused(check.problems, whole=not changes))
    show(not_taken(form.not_taken))
    show(difference(changes, plan) if changes else note("This file contains no changes that can be taken."))
    show(missing(check.missing))
    decided = choose(changes, stem)
    return UploadedForm(form, content, decided, len(conflicts(changes)) - len(decided)) if changes else None


def take_button(upload: UploadedForm, label: str, key: str, take: Callable[[UploadedForm], None]) -> None:
    """The button that takes the form, once all its conflicts are decided."""
    left = upload.open_conflicts
    label = f"Decide {counted(left, 'conflict')} first" if left else label
    st.button(as_label(label), type="primary", key=key, disabled=left > 0, on_click=take, args=(upload,))
