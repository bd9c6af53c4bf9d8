"""Recording what a body or state sent by e-mail or on a sheet, in its name."""

from datetime import date
from typing import Any

import streamlit as st

from models.core.text import public_text
from models.core.vocabulary import ASEAN, ObstacleKind, Status
from models.people.context import Context
from models.plan.schema import Commitment, Plan
from models.progress.draft_fields import LABELS
from models.progress.evidence_files import MAX_MEGABYTES, FileType
from models.progress.on_behalf import Received, Upload, record_on_behalf, spoken_for
from models.progress.statement import REPORTED_PERCENT
from models.progress.steps import STEPS, step_label
from pages.shared.deciding import decide
from pages.shared.flash import Told
from reports.parts.naming import party_name, wording_tag

NOTHING = "nothing"
SAID = {NOTHING: "Nothing to report", **{one.value: one.label for one in Status}}
WORDS = ("narrative", "obstacles", "next_step", "support_needed")
REASON = "record-reason"
LONGEST_REASON = 2_000
TYPED = (*(f"record-{one}" for one in WORDS), "record-came-with", "record-url", REASON)
"""What is emptied once it is recorded, with the kind of obstacle and the file; the rest serves the next line."""
ROUND = "record-round"


def draw_record_form(plan: Plan, today: date) -> None:
    """Whose words, on what; then what they say. What is refused stays as it was typed."""
    with st.expander("Record what came by e-mail", key="record"):
        left, right = st.columns([1, 2])
        speakers = {key: party_name(plan, key) for key in (*plan.body, *plan.state) if spoken_for(key, plan)}
        speaker = left.selectbox(
            "Body or state", list(speakers), format_func=speakers.__getitem__, key="record-speaker"
        )
        ours = {_name(one, plan): one for one in spoken_for(speaker, plan)}
        commitment = ours[right.selectbox("Commitment", list(ours), key="record-commitment")]
        with st.form("record-form", border=False, enter_to_submit=False):
            _fields(plan, commitment, today)
            st.form_submit_button("Record it", key="record-it", on_click=_record, args=(speaker, commitment))


def _name(commitment: Commitment, plan: Plan) -> str:
    key, party = commitment
    initiative = plan.initiative[key]
    wording = wording_tag(initiative)
    told = f"{key} {initiative.title}" + (f" ({wording})" if wording else "")
    return told if party == ASEAN else f"{told}, {party_name(plan, party)}"


def _fields(plan: Plan, commitment: Commitment, today: date) -> None:
    status, far, on = st.columns(3)
    status.selectbox("Status", list(SAID), format_func=SAID.__getitem__, index=None, key="record-status")
    deliverables = {one.key: one.title for one in plan.initiative[commitment[0]].deliverables}
    if deliverables:
        far.multiselect(
            LABELS["deliverables_done"], list(deliverables), format_func=deliverables.__getitem__, key="record-done"
        )
    else:
        far.selectbox("How far, while under way", list(STEPS), format_func=step_label, index=None, key="record-percent")
    on.date_input("True on", today, format="DD/MM/YYYY", max_value=today, key="record-valid-on")
    _words()
    came, file = st.columns(2)
    came.text_input("It came with", placeholder="E-mail of 3 March 2028", key="record-came-with")
    came.text_input("Link to it, if there is one", key="record-url")
    file.file_uploader(
        "The e-mail or sheet itself, 10 MB at most",
        [one.value for one in FileType],
        key=_file_key(),
        max_upload_size=MAX_MEGABYTES,
    )
    st.checkbox("Clear it in the same step; the log shows that one officer did both", key="record-clear")
    st.text_input(
        "Reason for the ledger (public), if clearing it changes what is counted", key=REASON, max_chars=LONGEST_REASON
    )


def _words() -> None:
    """What it says, in the fields of a card."""
    _text("narrative", st, height=90)
    left, right = st.columns(2)
    _text("obstacles", left)
    kinds = {one.value: one.label for one in ObstacleKind}
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


def _file_key() -> str:
    """Another uploader after each record: it is the only way to empty one."""
    return f"record-file-{st.session_state.get(ROUND, 0)}"


def _record(speaker: str, commitment: Commitment) -> None:
    typed = st.session_state
    received = Received(
        speaker=speaker,
        commitment=commitment,
        fields=_said(typed["record-status"]),
        valid_on=typed["record-valid-on"],
        came_with=typed["record-came-with"],
        url=typed["record-url"],
    )
    cleared, upload = bool(typed["record-clear"]), typed[_file_key()]
    file = (upload.name, upload.getvalue()) if upload else None
    told = f"{'/'.join(commitment)} was recorded for {speaker}" + (" and cleared." if cleared else "; it waits below.")
    if decide(_record_with, received, file, cleared=cleared, reason=typed[REASON], done=lambda _: Told(told)):
        typed.update(dict.fromkeys(TYPED, "") | {"record-obstacle_kind": None, ROUND: typed.get(ROUND, 0) + 1})


def _record_with(context: Context, received: Received, file: Upload | None, *, cleared: bool, reason: str) -> None:
    record_on_behalf(context, received, file=file, cleared=cleared, reason=public_text(reason))


def _said(status: str | None) -> dict[str, Any]:
    """The fields of the statement; none where there is nothing to report. An open choice is told as missing."""
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
