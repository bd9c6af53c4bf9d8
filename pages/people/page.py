"""People and audit: who may do what, how they sign in, and what everybody did."""

import streamlit as st

from pages.people.accounts import people_part
from pages.people.audit import audit_part
from pages.people.backup import backup_banner, backup_part
from pages.shared.choice import Choice

PARTS = {"people": people_part, "audit": audit_part}

choice = Choice("part", "Part", {"people": "People", "audit": "Audit trail"})
chosen = choice.read()
with st.container(key="choice"):
    choice.segments(chosen)
backup_banner()
PARTS[chosen]()
backup_part()
