"""The queue with its boxes and buttons: one form, so that ticking and writing cost no round trip.

A form sends what was typed only when one of its buttons is pressed. So the choice of what is shown stands in it too,
and what was typed on statements that are not shown at the moment is kept for when they are again.
"""

from collections.abc import Callable, Collection, Sequence
from itertools import groupby

import streamlit as st

from models.access.view_choice import Asked
from models.core.text import counted, public_text
from models.people.context import Context
from models.progress.clearing import clear, clear_many
from models.reporting.review_queue import Review, Waiting
from pages.review import blocks
from pages.shared.choice import Choice
from pages.shared.deciding import decide, return_with_note
from pages.shared.flash import KEY, Told
from pages.shared.heading import show
from reports.parts.naming import party_name

AT_ONCE = 40
"""How many statements are drawn; more would make the page slow to come on a slow line."""

EVERYBODY = "all"
DRAWN = "queue-drawn"
"""The statements that the last run drew."""
TYPED = ("tick", "reason", "note")
"""The fields of a statement."""


def draw_queue(seen: Review, asked: Asked) -> None:
    """What waits, body by body and state by state, to tick, clear and return."""
    if not seen.queue:
        return
    speakers = _speakers(seen)
    speaker = speakers.read()
    found = [one for one in seen.queue if speaker in {EVERYBODY, one.speaker}]
    parts = _parts(len(found))
    part = _part(parts)
    shown = found[(int(part) - 1) * AT_ONCE : int(part) * AT_ONCE]
    rows = {one.row for one in shown}
    _keep_typed({one.row for one in seen.queue} - (rows & st.session_state.get(DRAWN, set())))
    tickable = tuple(one.row for one in shown if _may_tick(one))
    with st.form("queue", border=False, enter_to_submit=False):
        _choices(speakers, speaker, parts, part, tickable)
        for key, group in groupby(shown, key=lambda one: one.speaker):
            _speaker(list(group), key, seen, asked)
        with st.container(key="clear-bar"):
            st.form_submit_button(
                "Clear what is ticked", type="primary", key="clear-ticked", on_click=_clear_ticked, args=(tickable,)
            )
    st.session_state[DRAWN] = rows


def _speakers(seen: Review) -> Choice:
    names = {key: f"{party_name(seen.plan, key)} ({number})" for key, number in seen.speakers.items()}
    return Choice("from", "From", {EVERYBODY: f"From everybody ({len(seen.queue)})"} | names)


def _parts(number: int) -> Choice:
    """The queue in parts that can be drawn at once."""
    starts = range(0, max(number, 1), AT_ONCE)
    names = {str(place): _span(start, number) for place, start in enumerate(starts, 1)}
    return Choice("part", "Part", names)


def _span(start: int, number: int) -> str:
    return f"{start + 1}–{min(start + AT_ONCE, number)} of {number}"


def _part(parts: Choice) -> str:
    """The part that the address asks for; the last one where the queue has become shorter since."""
    asked = st.query_params.get(parts.name, "")
    return str(min(max(int(asked), 1), len(parts.options))) if asked.isdecimal() else parts.read()


def _choices(speakers: Choice, speaker: str, parts: Choice, part: str, tickable: Sequence[int]) -> None:
    """What of the queue is shown, where there is more than one body or state, or more than fits."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="choices"):
        offered = [(speakers, speaker)] if len(speakers.options) > 2 else []
        offered += [(parts, part)] if len(parts.options) > 1 else []
        for choice, chosen in offered:
            choice.field(chosen)
        if offered:
            taken = [choice for choice, _ in offered]
            st.form_submit_button("Show", key="show", on_click=_show, args=(taken, speaker))
        st.form_submit_button("Tick all shown", key="tick-all", on_click=_tick, args=(tickable,), disabled=not tickable)


def _show(choices: Sequence[Choice], speaker: str) -> None:
    """Of another body or state the first part is shown."""
    for choice in choices:
        choice.take()
    if st.query_params.get("from", EVERYBODY) != speaker:
        st.query_params.pop("part", None)


def _keep_typed(rows: Collection[int]) -> None:
    """Streamlit forgets a field that it does not draw, and draws one anew as empty, unless its value is set.

    What stays on the screen is left alone: setting it would wipe out what was typed there and not sent yet.
    """
    for key in (f"{name}-{row}" for row in rows for name in TYPED):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def _speaker(ones: Sequence[Waiting], key: str, seen: Review, asked: Asked) -> None:
    show(blocks.speaker(seen.plan, key, len(ones)))
    for one in ones:
        with st.container(key=f"waiting-{one.row}"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.checkbox(
                    f"Clear {one.name}", key=_tick_key(one.row), disabled=not _may_tick(one), help=one.why_not or None
                )
                st.html(blocks.name_of(one, seen.plan, asked))
            show(blocks.statement(one))
            _more(one)


def _more(one: Waiting) -> None:
    reasoned = one.effect and not one.why_not
    label = "Clear with a reason, or return" if reasoned else "Return with a note"
    opened = bool(st.session_state.get(f"note-{one.row}"))
    with st.expander(label, key=f"more-{one.row}", type="compact", expanded=opened):
        if reasoned:
            st.text_input(f"Why {one.name} changes what is counted (public)", key=f"reason-{one.row}")
            _button(one, "Clear with this reason", "clear", _clear_one)
        st.text_area(f"What is missing in {one.name}", key=f"note-{one.row}", height=80)
        _button(one, f"Return to {one.author}", "return", _return_one)


def _button(one: Waiting, label: str, name: str, act: Callable[[int, str], None]) -> None:
    st.form_submit_button(label, key=f"{name}-{one.row}", on_click=act, args=(one.row, one.name))


def _may_tick(one: Waiting) -> bool:
    return not one.effect and not one.why_not


def _tick_key(row: int) -> str:
    return f"tick-{row}"


def _tick(rows: Sequence[int]) -> None:
    st.session_state.update({_tick_key(row): True for row in rows})


def _clear_ticked(rows: Sequence[int]) -> None:
    ticked = [row for row in rows if st.session_state.get(_tick_key(row))]
    if not ticked:
        st.session_state[KEY] = Told("Select at least one statement to clear.", refused=True)
        return
    decide(clear_many, ticked, done=lambda number: Told(f"{_statements(number)} cleared, and counted from now on."))


def _statements(number: int) -> str:
    return counted(number, "statement was", "statements were")


def _clear_one(row: int, name: str) -> None:
    reason = st.session_state.get(f"reason-{row}", "")
    told = Told(f"{name} was cleared; the reason is in the ledger.")
    decide(_clear_with, row, reason, typed=reason, done=lambda _: told)


def _clear_with(context: Context, row: int, typed: str) -> None:
    clear(context, row, reason=public_text(typed))


def _return_one(row: int, name: str) -> None:
    return_with_note(row, name, st.session_state.get(f"note-{row}", ""))
