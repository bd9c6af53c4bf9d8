"""One initiative: its words, how it stands and why, and everything said on it. `?initiative=I08&state=KH`."""

import streamlit as st

from models.access.view_choice import Asked
from models.figures.dossier import dossier
from models.people.visibility_rules import Display, display_of
from models.plan.cache_key import Stamp
from models.plan.editions import plan_as_known
from pages.initiatives import blocks
from pages.initiatives.statements import everything_said
from pages.initiatives.withdraw import draw_withdraw
from pages.shared.heading import page_title, show
from pages.shared.view import ask
from pages.shared.who import reader


@st.cache_data(max_entries=256, show_spinner=False)
def draw(stamp: Stamp, asked: Asked, key: str, party: str, display: Display) -> None:
    """The initiative under the key, opened at what one party said, with what the reader may see of it."""
    with stamp.reading() as session:
        found = dossier(session, asked.view, key, display=display)
        plan = plan_as_known(session, asked.view.known_at).plan
    if found is None:
        page_title("Initiatives")
        show(blocks.no_such(plan, key, asked))
        return
    show(blocks.place(found, asked))
    page_title(f"{found.initiative.key} {found.initiative.title}")
    show(
        blocks.facts_of(found),
        blocks.standing(found),
        blocks.commitments(found, asked),
        everything_said(found, party),
        blocks.sources(found),
    )


stamp, asked = ask()
initiative, party = (st.query_params.get(name, "") for name in ("initiative", "state"))
display = display_of(reader())
draw(stamp, asked, initiative, party, display)
if display is Display.SECRETARIAT:
    draw_withdraw(initiative)
