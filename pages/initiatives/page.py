"""One initiative: its plan data, its progress and why, and every statement on it. `?initiative=I08&state=KH`."""

import streamlit as st

from models.access.view_choice import ViewQuery
from models.figures.dossier import dossier
from models.people.permissions import User
from models.people.visibility_rules import Display, display_of
from models.plan.cache_key import Stamp
from models.plan.editions import plan_as_known
from pages.initiatives import blocks
from pages.initiatives.withdraw import draw_withdraw
from pages.shared.heading import page_title, show
from pages.shared.view import ask
from pages.shared.who import current_user


@st.cache_data(max_entries=256, show_spinner=False)
def draw(stamp: Stamp, query: ViewQuery, key: str, party: str, user: User) -> None:
    """The initiative of this key, opened at one party's statements, with the details the user may see."""
    with stamp.reading() as session:
        record = dossier(session, query.view, key, user=user)
        plan = plan_as_known(session, query.view.known_at).plan
    if record is None:
        page_title("Initiatives")
        show(blocks.no_such(plan, key, query))
        return
    show(blocks.place(record, query))
    page_title(f"{key} {record.initiative.title}")
    show(
        blocks.facts_of(record),
        blocks.health_and_progress(record),
        blocks.commitments(record, query),
        blocks.statements(record, party),
        blocks.sources(record),
    )


stamp, query = ask()
key, party = (st.query_params.get(name, "") for name in ("initiative", "state"))
user = current_user()
draw(stamp, query, key, party, user)
if display_of(user) is Display.SECRETARIAT:
    draw_withdraw(key)
