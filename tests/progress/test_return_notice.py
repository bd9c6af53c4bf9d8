"""The one notice that goes with a return."""

from models.progress.notices import return_notice
from tests.kit.builders import tiny_plan


def notice(key, party):
    return return_notice("a@example.org", (key, party), "Which one?", plan=tiny_plan(), page="https://x.org/my-updates")


def test_it_names_the_statement_the_note_and_where_to_go_on():
    found = notice("I02", "KH")

    assert (found.to, found.subject) == ("a@example.org", "Tiny: your statement on I02 was returned")
    assert found.text == (
        "Your statement on I02 Online filing in every office for Cambodia was returned with this note:\n\n"
        "Which one?\n\n"
        "Your text is saved. Please complete it and submit it again: https://x.org/my-updates"
    )
    assert found.as_mail.startswith("To: a@example.org\nSubject: Tiny: ")


def test_a_working_title_says_so():
    assert "(working title) was returned" in notice("I01", "ASEAN").text
