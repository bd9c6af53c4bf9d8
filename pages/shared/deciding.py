"""What the buttons of Review and Cycles do: who pressed is read from the database at that moment."""

from collections.abc import Callable
from typing import Any, TypeVar

from models.core.errors import TrackerError
from models.core.notice import Notice
from models.core.settings import server_settings
from models.people.mail import send
from models.progress.clearing import return_to_author
from models.progress.notices import notice_of_return
from pages.shared.flash import Message, attempt
from pages.shared.who import acting, asking

T = TypeVar("T")
Done = Callable[[T], Message]

MY_UPDATES = "my-updates"


def decide(act: Callable[..., T], *arguments: Any, done: Done[T], typed: str = "", **named: Any) -> bool:
    """Run one act in a transaction of its own and keep its message; a refusal is shown with what was typed."""

    def do() -> Message:
        with acting() as context:
            result = act(context, *arguments, **named)
        return done(result)

    return attempt(do, typed=typed)


def return_with_note(row: int, name: str, note: str) -> None:
    """Return a statement, and send its author the one notice that goes with it."""
    decide(return_to_author, row, note=note, typed=note, done=lambda _: _noticed(row, name))


def _noticed(row: int, name: str) -> Message:
    with asking() as context:
        page = f"{server_settings().address()}/{MY_UPDATES}"
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
