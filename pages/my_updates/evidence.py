"""The evidence of a card: what there is, with who may read it; one field for a link or a document, one for a file."""

from functools import partial

import htpy as h
import streamlit as st

from models.core.office_package import MAX_MEGABYTES
from models.plan.schema import Commitment
from models.progress.drafts import add_evidence, attach_file, remove_evidence, set_public
from models.progress.evidence_files import FileType
from models.progress.evidence_quota import DRAFT_MEGABYTES, PERSON_MEGABYTES, used_text
from models.progress.statement import EvidenceItem
from models.reporting.cards import Card
from pages.my_updates import text
from pages.my_updates.blocks import evidence_item
from pages.my_updates.card_list import change, place_of, redraw
from pages.shared.heading import show
from pages.shared.markup import note
from pages.shared.new_fields import field_key, new_fields, uploaded
from pages.shared.plain_text import as_label
from pages.shared.run import run


def evidence(card: Card, used: int) -> None:
    """Each item, and the two ways to add one, with the room that is left; `used` are the user's bytes so far."""
    show(h.p(".t-label")[text.EVIDENCE])
    for item in card.evidence:
        _item(card, item)
    left, right = st.columns([3, 2])
    place, kinds = place_of(card.commitment), [kind.value for kind in FileType]
    key = f"{place}-evidence"
    args = (card.commitment, key)
    left.text_input(text.ADD_LINK, key=key, placeholder=text.LINK_EXAMPLE, on_change=_typed, args=args)
    key = field_key(place, "file")
    right.file_uploader(
        text.ADD_FILE, kinds, key=key, max_upload_size=MAX_MEGABYTES, on_change=_chosen, args=(card.commitment,)
    )
    on_draft, by_user = used_text(card.size, DRAFT_MEGABYTES), used_text(used, PERSON_MEGABYTES)
    with right:
        show(note(text.ROOM.format(on_draft, by_user)))


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
        reach, label = text.RESTRICT if item.public else text.PUBLISH, f"Remove {name[:24]}"
        turn = partial(set_public, commitment=commitment, item=number, public=not item.public)
        st.button(as_label(reach), key=f"{stem}-reach", type="tertiary", on_click=change, args=(commitment, turn))
        remove = partial(remove_evidence, commitment=commitment, item=number)
        st.button(as_label(label), key=f"{stem}-remove", type="tertiary", on_click=change, args=(commitment, remove))


def _typed(commitment: Commitment, key: str) -> None:
    typed = st.session_state[key] or ""
    if typed.strip() and run(lambda context: add_evidence(context, commitment, typed), place=place_of(commitment)):
        st.session_state[key] = ""
    redraw(commitment)


def _chosen(commitment: Commitment) -> None:
    file = uploaded(place_of(commitment))
    if file is not None:
        name, content = file
        run(lambda context: attach_file(context, commitment, name, content), place=place_of(commitment))
        # A new uploader: the old one would go on showing the file, which is the card's now.
        new_fields(place_of(commitment))
    redraw(commitment)
