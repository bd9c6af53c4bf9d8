"""The evidence of a card: what there is, with who may read it; one field for a link or a document, one for a file."""

from typing import Any

import htpy as h
import streamlit as st

from models.plan.schema import Commitment
from models.progress.draft_evidence import add_evidence, attach_file, remove_evidence, set_public
from models.progress.evidence_files import MAX_MEGABYTES, FileType
from models.progress.statement import EvidenceItem
from models.reporting.cards import Card
from pages.my_updates import text
from pages.my_updates.blocks import evidence_item
from pages.my_updates.card_list import attempt, place_of, redraw, refusal
from pages.shared.heading import show


def evidence(card: Card) -> None:
    """Each item, and the two ways to add one."""
    show(h.p(".t-label")[text.EVIDENCE])
    for item in card.evidence:
        _item(card, item)
    left, right = st.columns([3, 2])
    with left:
        key = f"{place_of(card.commitment)}-evidence"
        st.text_input(
            text.ADD_LINK, key=key, placeholder=text.LINK_EXAMPLE, on_change=_typed, args=(card.commitment, key)
        )
    with right:
        key = f"{place_of(card.commitment)}-file-{_round(card.commitment)}"
        st.file_uploader(
            text.ADD_FILE,
            [kind.value for kind in FileType],
            key=key,
            max_upload_size=MAX_MEGABYTES,
            on_change=_chosen,
            args=(card.commitment, key),
        )


def _item(card: Card, item: EvidenceItem) -> None:
    """The evidence of a returned statement is only listed; it can be changed once the draft is begun."""
    if card.draft is None:
        show(evidence_item(item))
        return
    stem = f"{place_of(card.commitment)}-item-{item.id}"
    name = item.title or item.document or item.url or ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{stem}-row"):
        show(evidence_item(item), width="content")
        public, change = item.public, text.RESTRICT if item.public else text.PUBLISH
        st.button(
            change, key=f"{stem}-reach", type="tertiary", on_click=_turned, args=(card.commitment, item.id, not public)
        )
        st.button(
            f"Remove {name[:24]}",
            key=f"{stem}-remove",
            type="tertiary",
            on_click=_taken,
            args=(card.commitment, item.id),
        )


def _typed(commitment: Commitment, key: str) -> None:
    typed = st.session_state[key] or ""
    if typed.strip() and _done(commitment, add_evidence, typed):
        st.session_state[key] = ""
    redraw(commitment)


def _chosen(commitment: Commitment, key: str) -> None:
    upload = st.session_state[key]
    if upload is not None:
        _done(commitment, attach_file, upload.name, upload.getvalue())
        # A new uploader: the old one would go on showing the file, which is the card's now.
        st.session_state[_round_key(commitment)] = _round(commitment) + 1
    redraw(commitment)


def _turned(commitment: Commitment, item: int, public: bool) -> None:  # noqa: FBT001  # Streamlit passes it on
    _done(commitment, set_public, item, public=public)
    redraw(commitment)


def _taken(commitment: Commitment, item: int) -> None:
    _done(commitment, remove_evidence, item)
    redraw(commitment)


def _done(commitment: Commitment, act: Any, *arguments: Any, **named: Any) -> bool:
    """Run an act that gives nothing back; whether it was not refused."""
    place = place_of(commitment)
    attempt(place, act, commitment, *arguments, **named)
    return refusal(place) is None


def _round_key(commitment: Commitment) -> str:
    return f"{place_of(commitment)}-files"


def _round(commitment: Commitment) -> int:
    return int(st.session_state.get(_round_key(commitment), 0))
