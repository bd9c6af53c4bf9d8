"""The queue with its boxes and buttons: one form, so that selecting and writing cost no round trip.

A form sends what was typed only when one of its buttons is pressed. So the choice of what to show is part of it,
and what was typed on statements that are not shown at the moment is kept until they are shown again.
"""

from collections.abc import Callable, Collection, Sequence
from itertools import groupby

import streamlit as st

from models.access.view_choice import ViewQuery
from models.core.errors import TrackerError
from models.core.notice import Notice
from models.core.settings import server_settings
from models.core.text import public_text
from models.people.mail import send
from models.progress.clearing import clear, clear_many, return_to_author
from models.progress.notices import notice_of_return
from models.reporting.review_queue import PendingReview, Review
from pages.review import blocks, text
from pages.shared.choice import Choice
from pages.shared.heading import show
from pages.shared.plain_text import as_label
from pages.shared.run import Message, leave, run
from pages.shared.who import asking
from reports.parts.naming import party_name

AT_ONCE = 40
"""How many statements are drawn; more would load slowly over a slow connection."""

EVERYBODY = "all"
DRAWN = "queue-drawn"
"""The statements that the last run drew."""
TYPED = ("tick", "reason", "note")
"""The fields of a statement."""


def draw_queue(review: Review, query: ViewQuery) -> None:
    """What is waiting, body by body and state by state, to select, clear and return."""
    if not review.queue:
        return
    speakers = _speakers(review)
    speaker = speakers.read()
    chosen = [statement for statement in review.queue if speaker in {EVERYBODY, statement.speaker}]
    parts = _parts(len(chosen))
    part = _part(parts)
    drawn = chosen[(int(part) - 1) * AT_ONCE : int(part) * AT_ONCE]
    rows = {statement.row for statement in drawn}
    _keep_typed({statement.row for statement in review.queue} - (rows & st.session_state.get(DRAWN, set())))
    tickable = tuple(statement.row for statement in drawn if _may_tick(statement))
    with st.form("queue", border=False, enter_to_submit=False):
        _choices(speakers, speaker, parts, part, tickable)
        for key, group in groupby(drawn, key=lambda statement: statement.speaker):
            _speaker(list(group), key, review, query)
        with st.container(key="clear-bar"):
            st.form_submit_button(
                text.CLEAR_SELECTED, type="primary", key="clear-ticked", on_click=_clear_ticked, args=(tickable,)
            )
    st.session_state[DRAWN] = rows


def _speakers(review: Review) -> Choice:
    names = {key: f"{party_name(review.plan, key)} ({number})" for key, number in review.speakers.items()}
    return Choice("from", "From", {EVERYBODY: f"{text.EVERYBODY} ({len(review.queue)})"} | names)


def _parts(number: int) -> Choice:
    """The queue in parts that can be drawn at once."""
    starts = range(0, max(number, 1), AT_ONCE)
    spans = [f"{start + 1}–{min(start + AT_ONCE, number)} of {number}" for start in starts]
    return Choice("part", "Part", {str(place): span for place, span in enumerate(spans, 1)})


def _part(parts: Choice) -> str:
    """The part that the address asks for; the last one where the queue has become shorter."""
    part = st.query_params.get(parts.name, "")
    return str(min(max(int(part), 1), len(parts.options))) if part.isdecimal() else parts.read()


def _choices(speakers: Choice, speaker: str, parts: Choice, part: str, tickable: Sequence[int]) -> None:
    """Which part of the queue to show, where there is more than one body or state, or more than fits."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="choices"):
        offered = [(speakers, speaker)] if len(speakers.options) > 2 else []
        offered += [(parts, part)] if len(parts.options) > 1 else []
        for choice, chosen in offered:
            choice.box(chosen, in_form=True)
        if offered:
            taken = [choice for choice, _ in offered]
            st.form_submit_button(text.SHOW, key="show", on_click=_show, args=(taken, speaker))
        st.form_submit_button(text.SELECT_ALL, key="tick-all", on_click=_tick, args=(tickable,), disabled=not tickable)


def _show(choices: Sequence[Choice], speaker: str) -> None:
    """Put the choices into the address; another body or state begins with its first part."""
    for choice in choices:
        choice.take()
    if st.query_params.get("from", EVERYBODY) != speaker:
        st.query_params.pop("part", None)


def _keep_typed(rows: Collection[int]) -> None:
    """Streamlit forgets a field that it does not draw, and draws it empty the next time, unless its value is set.

    What stays on the screen is left alone: setting it would wipe out what was typed there and not sent yet.
    """
    for key in (f"{name}-{row}" for row in rows for name in TYPED):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def _speaker(statements: Sequence[PendingReview], key: str, review: Review, query: ViewQuery) -> None:
    show(blocks.speaker(review.plan, key, len(statements)))
    for statement in statements:
        with st.container(key=f"waiting-{statement.row}"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.checkbox(
                    as_label(f"Clear {statement.name}"),
                    key=f"tick-{statement.row}",
                    disabled=not _may_tick(statement),
                    help=as_label(statement.why_not) or None,
                )
                show(blocks.name_of(statement, review.plan, query))
            show(blocks.statement(statement))
            _more(statement)


def _more(statement: PendingReview) -> None:
    with_reason = statement.effect and not statement.why_not
    label = "Clear with a reason, or return" if with_reason else "Return with a note"
    opened = bool(st.session_state.get(f"note-{statement.row}"))
    with st.expander(as_label(label), key=f"more-{statement.row}", type="compact", expanded=opened):
        if with_reason:
            st.text_input(
                as_label(f"Why {statement.name} changes what is counted (public)"), key=f"reason-{statement.row}"
            )
            _button(statement, "Clear with this reason", "clear", _clear_one)
        st.text_area(as_label(f"What is missing in {statement.name}"), key=f"note-{statement.row}", height=80)
        _button(statement, f"Return to {statement.author}", "return", _return_one)


def _button(statement: PendingReview, label: str, name: str, act: Callable[[int, str], None]) -> None:
    key = f"{name}-{statement.row}"
    st.form_submit_button(as_label(label), key=key, on_click=act, args=(statement.row, statement.name))


def _may_tick(statement: PendingReview) -> bool:
    return not statement.effect and not statement.why_not


def _tick(rows: Sequence[int]) -> None:
    st.session_state.update({f"tick-{row}": True for row in rows})


def _clear_ticked(rows: Sequence[int]) -> None:
    ticked = [row for row in rows if st.session_state.get(f"tick-{row}")]
    if not ticked:
        leave(Message("Select at least one statement to clear.", refused=True))
        return
    run(lambda context: clear_many(context, ticked), done=lambda number: Message(text.cleared(number)))


def _clear_one(row: int, name: str) -> None:
    reason = st.session_state.get(f"reason-{row}", "")
    done = Message(f"{name} was cleared. The reason is in the ledger.")
    run(lambda context: clear(context, row, reason=public_text(reason)), done=lambda _: done, typed=reason)


def _return_one(row: int, name: str) -> None:
    """Return a statement, and send its author the one notice that goes with it."""
    note = st.session_state.get(f"note-{row}", "")
    run(lambda context: return_to_author(context, row, note=note), done=lambda _: _noticed(row, name), typed=note)


def _noticed(row: int, name: str) -> Message:
    with asking() as context:
        page = f"{server_settings().address()}/my-updates"
        notice = notice_of_return(context.session, row, plan=context.plan, page=page)
    return _sent(name, notice) if notice else Message(f"{name} was returned. Its author has no address.")


def _sent(name: str, notice: Notice) -> Message:
    server = server_settings().mail
    if server is None:
        return Message(
            f"{name} was returned. No mail server is configured. Please forward this notice:", notice.as_mail
        )
    try:
        send(server, to=notice.to, subject=notice.subject, text=notice.text)
    except TrackerError as refusal:
        return Message(f"{name} was returned. {refusal} You can also forward this notice yourself:", notice.as_mail)
    return Message(f"{name} was returned, and {notice.to} was notified.")
