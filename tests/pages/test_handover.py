"""The handover pack on its pages: whose is offered to whom, and made for whoever asks then."""

import pytest

from models.core.errors import NotPermitted
from models.people.permissions import PUBLIC
from models.people.tokens import Credentials
from pages.shared import who
from pages.shared.handover_file import pack
from reports.formats import Format
from tests.kit.reporters import CAMBODIA_ROLE, CHAIR_ROLE, SECRETARIAT_ROLE
from tests.pages.opening import open_page

MINE, PEOPLE = "my_updates/page.py", "people/page.py"
ADDRESS = "https://monitor.example.org"
NOBODY_KNOWN = Credentials(None)


def buttons(page):
    return [one.label for one in page.get("download_button") if "Handover" in one.label]


def test_whoever_reports_is_offered_the_pack_of_each_role(as_reader):
    as_reader(CAMBODIA_ROLE, CHAIR_ROLE)
    page = open_page(MINE)

    assert page.selectbox(key="mine-handover").options == ["Focal point of Cambodia", "Chair of TMTF"]
    assert buttons(page) == ["Handover pack in Word", "Handover pack in PDF"]


def test_with_one_role_there_is_nothing_to_choose(as_reader):
    as_reader(CAMBODIA_ROLE)
    page = open_page(MINE)

    assert [one.key for one in page.selectbox if one.key == "mine-handover"] == []
    assert buttons(page) == ["Handover pack in Word", "Handover pack in PDF"]


def test_the_secretariat_is_offered_every_body_and_state(as_reader):
    as_reader(SECRETARIAT_ROLE)
    page = open_page(PEOPLE)

    expected = ["Chair of AWGIPC", "Chair of TMTF", "Focal point of Brunei Darussalam", "Focal point of Cambodia"]
    assert page.selectbox(key="people-handover").options[:4] == expected
    assert buttons(page) == ["Handover pack in Word", "Handover pack in PDF"]


@pytest.mark.parametrize(("form", "begins"), [(Format.WORD, b"PK"), (Format.PDF, b"%PDF")])
def test_it_is_a_document(as_reader, form, begins):
    as_reader(CAMBODIA_ROLE)

    assert pack(form, "KH", ADDRESS, NOBODY_KNOWN).startswith(begins)


def test_it_is_made_for_whoever_asks_then(as_reader, monkeypatch):
    as_reader(CAMBODIA_ROLE)
    with pytest.raises(NotPermitted):
        pack(Format.PDF, "BN", ADDRESS, NOBODY_KNOWN)

    monkeypatch.setattr(who, "resolve", lambda *_: PUBLIC)
    with pytest.raises(NotPermitted):
        pack(Format.PDF, "KH", ADDRESS, NOBODY_KNOWN)
