"""The evidence of a card: what there is, with who may read it; one field for a link or a document, one for a file."""

import htpy as h
import streamlit as st

from models.people.context import Command
from models.plan.schema import Commitment
from models.progress.draft_evidence import add_evidence, attach_file, remove_evidence, set_public
from models.progress.evidence_files import MAX_MEGABYTES, FileType
from models.progress.statement import EvidenceItem
from models.reporting.cards import Card
from pages.my_updates import text
from pages.my_updates.blocks import evidence_item
from pages.my_updates.card_list import change, place_of, redraw
from pages.shared.heading import show
from pages.shared.new_fields import field_key, new_fields
from pages.shared.run import run


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
        key = field_key(place_of(card.commitment), "file")
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
    commitment, number = card.commitment, item.id
    if card.draft is None or number is None:
        show(evidence_item(item))
        return
    stem = f"{place_of(commitment)}-item-{number}"
    name = item.title or item.document or item.url or ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{stem}-row"):
        show(evidence_item(item), width="content")
        _button(
            text.RESTRICT if item.public else text.PUBLISH,
            f"{stem}-reach",
            commitment,
            lambda context: set_public(context, commitment, number, public=not item.public),
        )
        _button(
            f"Remove {name[:24]}",
            f"{stem}-remove",
            commitment,
            lambda context: remove_evidence(context, commitment, number),
        )


def _button(label: str, key: str, commitment: Commitment, command: Command[None]) -> None:
    st.button(label, key=key, type="tertiary", on_click=change, args=(commitment, command))


def _typed(commitment: Commitment, key: str) -> None:
    typed = st.session_state[key] or ""
    if typed.strip() and run(lambda context: add_evidence(context, commitment, typed), place=place_of(commitment)):
        st.session_state[key] = ""
    redraw(commitment)


def _chosen(commitment: Commitment, key: str) -> None:
    upload = st.session_state[key]
    if upload is not None:
        name, content = upload.name, upload.getvalue()
        run(lambda context: attach_file(context, commitment, name, content), place=place_of(commitment))
        # A new uploader: the old one would go on showing the file, which is the card's now.
        new_fields(place_of(commitment))
    redraw(commitment)
