"""What the buttons of Review and Cycles set off: who presses one is asked at that moment."""

from collections.abc import Callable
from typing import Any, TypeVar

from models.core.errors import TrackerError
from models.core.notice import Notice
from models.core.settings import server_settings
from models.people.mail import send
from models.progress.clearing import return_to_author
from models.progress.notices import notice_of_return
from pages.shared.flash import Told, attempt
from pages.shared.who import acting, asking

T = TypeVar("T")
Done = Callable[[T], Told]

MY_UPDATES = "my-updates"


def decide(act: Callable[..., T], *arguments: Any, done: Done[T], typed: str = "", **named: Any) -> bool:
    """Run one act in a transaction of its own and keep what came of it; what was typed is told with a refusal."""

    def do() -> Told:
        with acting() as asked:
            result = act(asked, *arguments, **named)
        return done(result)

    return attempt(do, typed=typed)


def return_with_note(row: int, name: str, note: str) -> None:
    """Return a statement, and send its author the one notice that goes with it."""
    decide(return_to_author, row, note=note, typed=note, done=lambda _: _noticed(row, name))


def _noticed(row: int, name: str) -> Told:
    with asking() as asked:
        page = f"{server_settings().address()}/{MY_UPDATES}"
        notice = notice_of_return(asked.session, row, plan=asked.plan, page=page)
    return _sent(name, notice) if notice else Told(f"{name} was returned. Its author has no address any more.")


def _sent(name: str, notice: Notice) -> Told:
    server = server_settings().mail
    if server is None:
        return Told(f"{name} was returned. No mail server is set, so hand this notice on:", notice.as_mail)
    try:
        send(server, to=notice.to, subject=notice.subject, text=notice.text)
    except TrackerError as refusal:
        return Told(f"{name} was returned. {refusal} Or hand this notice on:", notice.as_mail)
    return Told(f"{name} was returned, and {notice.to} was told.")
