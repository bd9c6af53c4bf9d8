"""The fields of a card. Each is stored as soon as the user leaves it, and redraws its card only.

A field is set from the store when it is first drawn, and when somebody else has changed the draft. Otherwise it is
left alone: a user who types faster than the server answers must not find an older text in the field.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import htpy as h
import streamlit as st

from models.core.vocabulary import ObstacleKind, Request, Word
from models.plan.schema import Commitment
from models.progress.drafts import save_field
from models.progress.statement import LABELS, OFFERED, REPORTED_PERCENT, choices, step_label
from models.reporting.cards import Card
from pages.my_updates.card_list import place_of, turn_to
from pages.shared.heading import show
from pages.shared.plain_text import as_label, as_labels
from pages.shared.run import run


def status(card: Card) -> None:
    """The status, side by side; choosing one opens the card."""
    chosen = card.written.status
    offered = OFFERED if chosen is None or chosen in OFFERED else (*OFFERED, chosen)
    _segments(card, "status", {word.value: word.label for word in offered})


def steps(card: Card) -> None:
    """How far something under way is: by its deliverables where the plan has any, else by the anchored steps."""
    if card.written.status not in REPORTED_PERCENT:
        return
    if card.initiative.deliverables:
        _deliverables(card)
        return
    _segments(card, "percent", {step: step_label(step) for step in choices(card.written.percent)})


def words(card: Card) -> None:
    """What happened, what hinders it, what comes next, what would help."""
    _text(card, "narrative", height=90)
    left, right = st.columns(2)
    with left:
        _text(card, "obstacles")
        _choice(card, "obstacle_kind", ObstacleKind, "None")
    with right:
        _text(card, "next_step")
        _text(card, "support_needed")


def proposals(card: Card) -> None:
    """What the meeting should decide: another date, or that the commitment be suspended or not apply."""
    written = card.written
    used = bool(written.proposed_due or written.requested or written.request_reason)
    with st.expander("Propose another due date, or ask the meeting to decide", expanded=used):
        key, args = _mirror(card, "proposed_due", written.proposed_due), (card.commitment, "proposed_due")
        st.date_input(LABELS["proposed_due"], None, key=key, format="DD/MM/YYYY", on_change=_saved, args=args)
        _choice(card, "requested", Request, "No request")
        _text(card, "request_reason")


def _text(card: Card, field: str, height: int = 68) -> None:
    key, args = _mirror(card, field, getattr(card.written, field)), (card.commitment, field)
    st.text_area(LABELS[field], None, key=key, height=height, max_chars=20_000, on_change=_saved, args=args)


def _segments(card: Card, field: str, names: Mapping[Any, str]) -> None:
    st.segmented_control(
        as_label(f"{LABELS[field]}, {card.initiative.key}"),  # for screen readers: each card has such a control
        list(names),
        format_func=as_labels(names).__getitem__,
        key=_mirror(card, field, getattr(card.written, field)),
        label_visibility="collapsed",
        wrap=True,
        on_change=_saved,
        args=(card.commitment, field),
    )


def _choice(card: Card, field: str, words: type[Word], nothing: str) -> None:
    names = {word.value: word.label for word in words}
    st.selectbox(
        LABELS[field],
        list(names),
        None,
        format_func=names.__getitem__,
        placeholder=nothing,
        key=_mirror(card, field, getattr(card.written, field)),
        on_change=_saved,
        args=(card.commitment, field),
    )


def _deliverables(card: Card) -> None:
    done = card.written.deliverables_done or ()
    keys = tuple(deliverable.key for deliverable in card.initiative.deliverables)
    show(h.p(".t-label")["Deliverables done"])
    for deliverable in card.initiative.deliverables:
        key = _mirror(card, f"deliverable-{deliverable.key}", deliverable.key in done)
        st.checkbox(as_label(deliverable.title), key=key, on_change=_deliverables_saved, args=(card.commitment, keys))


def _mirror(card: Card, field: str, stored: Any) -> str:
    """Set the field from the store where it has not been yet, or where the store has changed since; gives its key."""
    key, drawn = _key(card.commitment, field), _drawn(stored)
    if key not in st.session_state or st.session_state.get(f"{key}-stored", drawn) != drawn:
        st.session_state[key] = drawn
    st.session_state[f"{key}-stored"] = drawn
    return key


def _drawn(stored: Any) -> Any:
    """A stored value as a field holds it: plain, so that a session can keep it."""
    return stored.value if isinstance(stored, Word) else stored


def _key(commitment: Commitment, field: str) -> str:
    return f"{place_of(commitment)}-{field}"


def _saved(commitment: Commitment, field: str) -> None:
    _store(commitment, field, st.session_state[_key(commitment, field)])


def _deliverables_saved(commitment: Commitment, keys: Sequence[str]) -> None:
    done = tuple(key for key in keys if st.session_state[_key(commitment, f"deliverable-{key}")])
    _store(commitment, "deliverables_done", done)


def _store(commitment: Commitment, field: str, value: Any) -> None:
    saved = run(lambda context: save_field(context, commitment, field, value), place=place_of(commitment))
    if saved:
        st.session_state[f"{_key(commitment, field)}-stored"] = _drawn(getattr(saved.result, field))
    turn_to(commitment)
