"""Recording, in its name, what a body or state sent: typed from an e-mail or a sheet, or taken from the Excel form."""

from datetime import date
from typing import Any

import streamlit as st

from models.core.office_package import MAX_MEGABYTES
from models.core.text import public_text
from models.core.vocabulary import ObstacleKind, Status
from models.people.permissions import Action
from models.plan.calendar import day_window
from models.plan.schema import Commitment, Plan, name_of
from models.progress.evidence_files import FileType
from models.progress.evidence_quota import PERSON_MEGABYTES, used_by_user, used_text
from models.progress.on_behalf import Received, record_on_behalf, spoken_for
from models.progress.statement import LABELS, REPORTED_PERCENT, STEPS, step_label
from models.reporting.form_take import record_form
from models.reporting.review_queue import Review
from pages.review import text
from pages.shared.form_file import UploadedForm, download, take_button, upload_form
from pages.shared.heading import show
from pages.shared.markup import note
from pages.shared.new_fields import field_key, new_fields, uploaded
from pages.shared.run import Message, run
from pages.shared.who import asking
from reports.parts.naming import of_party, party_name, titled

NOTHING = "nothing"
STATUSES = {NOTHING: "Nothing to report", **{status.value: status.label for status in Status}}
WORDS = ("narrative", "obstacles", "next_step", "support_needed")
REASON, LONGEST_REASON = "record-reason", 2_000
TYPED = (*(f"record-{word}" for word in WORDS), "record-came-with", "record-url", REASON)
"""What is emptied once it is recorded, with the kind of obstacle and the file; the rest is kept for the next record."""
FORM = "record-form-file"
FORM_DAY = f"{FORM}-valid-on"


def draw_record_form(plan: Plan, today: date) -> None:
    """Whose words, on what; then what they say. What is refused stays as typed."""
    with st.expander("Record a report received by e-mail", key="record"):
        left, right = st.columns([1, 2])
        speakers = {key: party_name(plan, key) for key in (*plan.body, *plan.state) if spoken_for(key, plan)}
        speaker = left.selectbox(
            text.BODY_OR_STATE, list(speakers), format_func=speakers.__getitem__, key="record-speaker"
        )
        commitments = {_name(commitment, plan): commitment for commitment in spoken_for(speaker, plan)}
        commitment = commitments[right.selectbox(text.COMMITMENT, list(commitments), key="record-commitment")]
        with st.form("record-form", border=False, enter_to_submit=False):
            _fields(plan, commitment, today)
            st.form_submit_button("Record it", key="record-it", on_click=_record, args=(speaker, commitment))


def _name(commitment: Commitment, plan: Plan) -> str:
    key, party = commitment
    return titled(plan.initiative[key]) + of_party(plan, party)


def _fields(plan: Plan, commitment: Commitment, today: date) -> None:
    status, progress, valid_on = st.columns(3)
    status.selectbox(text.STATUS, list(STATUSES), format_func=STATUSES.__getitem__, index=None, key="record-status")
    deliverables = {deliverable.key: deliverable.title for deliverable in plan.initiative[commitment[0]].deliverables}
    if deliverables:
        progress.multiselect(
            LABELS["deliverables_done"], list(deliverables), format_func=deliverables.__getitem__, key="record-done"
        )
    else:
        progress.selectbox(text.PROGRESS, list(STEPS), format_func=step_label, index=None, key="record-percent")
    first = day_window(plan.period).first
    valid_on.date_input(text.VALID_ON, today, first, today, format="DD/MM/YYYY", key="record-valid-on")
    _words()
    received, file = st.columns(2)
    received.text_input("Received with", placeholder="E-mail of 3 March 2028", key="record-came-with")
    received.text_input("Link to it, if there is one", key="record-url")
    kinds, key = [kind.value for kind in FileType], field_key("record", "file")
    file.file_uploader("The e-mail or sheet as a file, 10 MB at most", kinds, key=key, max_upload_size=MAX_MEGABYTES)
    with file, asking() as context:
        show(note(text.ROOM.format(used_text(used_by_user(context), PERSON_MEGABYTES))))
    st.checkbox("Clear it in the same step. The log shows that one officer did both.", key="record-clear")
    st.text_input(text.LEDGER_REASON, key=REASON, max_chars=LONGEST_REASON)


def _words() -> None:
    """The narrative fields, as on a card."""
    _text("narrative", st, height=90)
    left, right = st.columns(2)
    _text("obstacles", left)
    kinds = {kind.value: kind.label for kind in ObstacleKind}
    left.selectbox(
        LABELS["obstacle_kind"],
        list(kinds),
        None,
        format_func=kinds.__getitem__,
        placeholder="None",
        key="record-obstacle_kind",
    )
    _text("next_step", right)
    _text("support_needed", right)


def _text(field: str, place: Any, *, height: int = 68) -> None:
    place.text_area(LABELS[field], key=f"record-{field}", height=height, max_chars=20_000)


def _record(speaker: str, commitment: Commitment) -> None:
    typed = st.session_state
    received = Received(
        speaker=speaker,
        commitment=commitment,
        fields=_fields_of(typed["record-status"]),
        valid_on=typed["record-valid-on"],
        came_with=typed["record-came-with"],
        url=typed["record-url"],
    )
    cleared, file = bool(typed["record-clear"]), uploaded("record")
    result = "{} was recorded for {} and cleared." if cleared else "{} was recorded for {}. It is listed below."
    done = Message(result.format(name_of(commitment), speaker))
    reason = typed[REASON]
    if run(
        lambda context: record_on_behalf(context, received, file=file, cleared=cleared, reason=public_text(reason)),
        done=lambda _: done,
    ):
        typed.update(dict.fromkeys(TYPED, "") | {"record-obstacle_kind": None})
        new_fields("record")


def _fields_of(status: str | None) -> dict[str, Any]:
    """The fields of the statement; none where there is nothing to report. An open choice is reported as missing."""
    if status == NOTHING:
        return {}
    typed = st.session_state
    words = {name: typed[f"record-{name}"] for name in (*WORDS, "obstacle_kind") if typed[f"record-{name}"]}
    fields: dict[str, Any] = {"status": status} | words
    if status in REPORTED_PERCENT and "record-done" in typed:
        fields["deliverables_done"] = tuple(typed["record-done"])
    elif status in REPORTED_PERCENT:
        fields["percent"] = typed.get("record-percent")
    return fields


def draw_form_part(review: Review) -> None:
    """A form for each who owes a report, and the upload of a completed one."""
    with st.expander(text.FORM, key=FORM):
        if review.owed:
            _form_for(review)
        show(note(text.FORM_NOTE))
        upload = upload_form(FORM, Action.RECORD_ON_BEHALF)
        if upload:
            with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
                today = review.today
                first = day_window(review.plan.period).first
                st.date_input(text.VALID_ON, today, first, today, format="DD/MM/YYYY", key=FORM_DAY, width=160)
                take_button(upload, f"Record it for {', '.join(upload.form.speakers)}", f"{FORM}-record", _record_form)


def _form_for(review: Review) -> None:
    names = {key: party_name(review.plan, key) for key in review.owed}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        key = f"{FORM}-speaker"
        speaker = st.selectbox(text.FORM_FOR, list(names), format_func=names.__getitem__, key=key, width=240)
        download((speaker,), f"{FORM}-download")


def _record_form(upload: UploadedForm) -> None:
    day = st.session_state[FORM_DAY]
    form, content, decided = upload.form, upload.content, upload.decided
    if run(
        lambda context: record_form(context, form, content, decided=decided, valid_on=day),
        done=lambda result: Message(f"{result.sentence}. Its updates are listed below, to be cleared."),
    ):
        new_fields(FORM)
