"""A page on a full or read-only disk, or while another program holds the database, says so in plain words."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models.people.tokens import COOKIE
from models.store import database
from models.store.database import engine_for, reading
from models.store.reporting_tables import Draft
from models.store.server_secret import server_secret
from pages.shared import who
from tests.kit.builders import faults_of, rows_of
from tests.kit.disks import disk, full, locked, needs_mounts, read_only
from tests.kit.states import MOMENTS, State, bytes_of, enter, user_of
from tests.pages.opening import open_page
from tests.pages.test_apology import failing_page

pytestmark = needs_mounts

CARD = "card-I08-KH"
TYPED = "What the officer typed while the disk failed."
KILOBYTES = 4096

Situation = Callable[[Path], AbstractContextManager[None]]
SITUATIONS: dict[str, tuple[Situation, str]] = {
    "full": (lambda file: full(file.parent, free=0), "The disk of the database is full"),
    "read-only": (lambda file: read_only(file.parent), "The database c"),
    "locked": (locked, "The database is busy"),
}


@pytest.fixture(name="file")
def _file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database on a disk of its own, read by the focal point of Cambodia, who has a draft."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 200)
    with disk(tmp_path / "disk", kilobytes=KILOBYTES) as folder:
        file = folder / "data.db"
        file.write_bytes(bytes_of(State.PART_REPORTED))
        engine = engine_for(f"sqlite:///{file}")
        enter(engine, MOMENTS[State.PART_REPORTED], monkeypatch)
        server_secret(str(engine.url), COOKIE)  # made at the first start of a server
        with reading(engine) as session:
            user = user_of(session, "focal point")
        monkeypatch.setattr(who, "resolve", lambda *_: user)
        yield file
        engine.dispose()


def errors(page: AppTest) -> str:
    return " ".join(error.value for error in page.error).replace("\\", "")


@pytest.mark.parametrize("situation", ["full", "locked"])
def test_what_cannot_be_saved_stays_in_its_field_with_the_reason_beside_it(situation: str, file: Path) -> None:
    engine = engine_for(f"sqlite:///{file}")
    page = open_page("my_updates/page.py")
    page.button(key=f"{CARD}-open").click().run().run()
    before = [row.narrative for row in rows_of(engine, Draft)]
    begins, words = SITUATIONS[situation]

    with begins(file):
        page.text_area(key=f"{CARD}-narrative").set_value(TYPED).run()
    assert words in errors(page)
    assert TYPED == page.text_area(key=f"{CARD}-narrative").value
    assert before == [row.narrative for row in rows_of(engine, Draft)]
    assert [] == faults_of(engine)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_page_that_is_opened_meanwhile_says_what_is_wrong_or_is_drawn(situation: str, file: Path) -> None:
    engine = engine_for(f"sqlite:///{file}")
    engine.dispose()
    begins, words = SITUATIONS[situation]

    with begins(file):
        page = open_page()
        apology = AppTest.from_function(failing_page).run()  # what the server shows instead of an exception
        engine.dispose()
    if situation == "locked":  # reading waits for no writer
        assert (len(page.title), len(page.exception), errors(apology)) == (1, 0, "")
    else:
        assert (len(page.title), len(page.exception)) == (0, 1)
        assert words in errors(apology)
    assert [] == faults_of(engine)
