"""What is on the screen when a page fails."""

import logging

import pytest
from streamlit.testing.v1 import AppTest

from models.core.errors import NotFound


def failing_page():
    """A page that fails where every page begins, with the answer of the server to it."""
    from models.plan.cache_key import current_stamp
    from pages.shared.apology import apologise

    try:
        current_stamp()
    except Exception as error:  # noqa: BLE001  # as Streamlit catches it
        apologise(error)


def errors_of(page):
    page.run()
    return [error.value for error in page.error]


@pytest.fixture
def page():
    return AppTest.from_function(failing_page)


def test_a_database_that_was_never_prepared_is_named_with_the_command_that_prepares_it(page, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")

    assert [
        "The database is not prepared. Start the server with `python manage.py serve`, which prepares it."
    ] == errors_of(page)


@pytest.mark.usefixtures("empty")
def test_an_expected_error_is_shown_in_its_own_words_and_never_as_markup(page, monkeypatch):
    def refuse(*_, **__):
        raise NotFound("There is no *I99*.")

    monkeypatch.setattr("models.plan.cache_key.data_version", refuse)

    assert [r"There is no \*I99\*."] == errors_of(page)


@pytest.mark.usefixtures("empty")
def test_any_other_error_is_an_apology_with_the_reference_in_the_log(page, monkeypatch, caplog):
    def fail(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("models.plan.cache_key.data_version", fail)
    with caplog.at_level(logging.ERROR):
        (message,) = errors_of(page)

    assert message.startswith("Something went wrong on our side")
    assert [f"The failure above was shown to the user as {message.split()[-1]}."] == caplog.messages
