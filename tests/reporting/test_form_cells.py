"""One cell of the progress form: what may stand in it, and what it says in a draft."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.core.folding import kept
from models.core.text import tidy
from models.core.values import ValueRefused
from models.core.vocabulary import ObstacleKind, Request, Status
from models.plan.calendar import day_window
from models.progress.statement import STATUS_WORDS, StatementFields, step_label
from models.reporting.form import CHOICES, FIELDS, cells_of, in_words_of_today, read_cell, value_of
from tests.kit.builders import tiny_plan

PLAIN, PRODUCTS = tiny_plan().initiative["I02"], tiny_plan().initiative["I01"]
WINDOW = day_window(tiny_plan().period)
texts = st.none() | st.text(min_size=1, max_size=60).map(kept).filter(lambda text: text and tidy(text) == text)
drafts = st.builds(
    StatementFields,
    status=st.none() | st.sampled_from(Status),
    percent=st.none() | st.sampled_from([10, 25, 50, 75, 90]),
    narrative=texts,
    obstacles=texts,
    obstacle_kind=st.none() | st.sampled_from(ObstacleKind),
    next_step=texts,
    support_needed=texts,
    proposed_due=st.none() | st.dates(date(2026, 1, 1), date(2040, 1, 1)),
    requested=st.none() | st.sampled_from(Request),
    request_reason=texts,
)


@given(drafts)
def test_a_draft_written_into_cells_is_the_same_draft(written):
    cells = cells_of(written)

    assert written == StatementFields(**{name: value_of(name, cells[name]) for name in StatementFields.model_fields})


@pytest.mark.parametrize(
    ("field", "content", "text"),
    [
        ("status", None, ""),
        ("status", "  ", ""),
        ("status", "ONGOING ", "Ongoing"),
        ("status", "nothing to report", "Nothing to report"),
        ("percent", "50 draft circulated", "50 draft circulated"),
        ("percent", 50, "50 draft circulated"),
        ("percent", 50.0, "50 draft circulated"),
        ("percent", "50 %", "50 draft circulated"),
        ("percent", "75 in the words of an earlier release", step_label(75)),
        ("narrative", "=1+1", "=1+1"),
        ("narrative", 2027, "2027"),
        ("narrative", "a_x000D_\r\nb", "a\nb"),
        ("status", "Not\u00a0started", "Not started"),
        ("status", "Not started\u200b", "Not started"),
        ("status", "\u2800\u200b", ""),
        ("percent", "75 %", step_label(75)),
        ("percent", "75,0 %", step_label(75)),
        ("narrative", "trade\u00admark\ufeff", "trademark"),
        ("obstacle_kind", " LAW\u2009", "Law"),
        ("proposed_due", "2029-12-31", "2029-12-31"),
        ("proposed_due", "31 December 2029", "2029-12-31"),
        ("proposed_due", datetime(2029, 5, 1), "2029-05-01"),  # noqa: DTZ001  # as a cell holds it
        ("documents", "Minutes\n\nRecord, para 3", "Minutes\n\nRecord, para 3"),
        ("links", "https://example.org/a", "https://example.org/a"),
        ("links", "www.example.org\n https://a.org\u200b", "https://www.example.org\nhttps://a.org"),
        ("requested", "that it be suspended", "that it be suspended"),
        ("links", "www.example.org/a", "https://www.example.org/a"),
        ("proposed_due", "31/12/2029", "2029-12-31"),
    ],
)
def test_what_somebody_typed_has_one_text(field, content, text):
    assert text == read_cell(field, content, PLAIN, "")


@pytest.mark.parametrize(
    ("field", "content", "what", "remedy"),
    [
        ("status", "Delayed", "“Delayed” is not in the list", "choose Not started"),
        ("status", "N/A", "is for the meeting to decide", "choose “that it not apply”"),
        ("status", "Not applicable", "is for the meeting to decide", "choose “that it not apply”"),
        ("status", True, "“True” is not in the list", "choose"),
        ("percent", "40", "“40” is not a step", "choose 10 work plan agreed"),
        ("percent", "50 or 75", "“50 or 75” is not a percentage", "choose"),
        ("percent", 0.5, "“0.5” can mean 0.5 % or 50 %", "choose"),
        ("percent", "750 %", "“750 %” is not a percentage", "choose"),
        ("percent", float("inf"), "is not a percentage", "choose"),
        ("deliverables_done", "D1", "has no deliverables", "empty the cell"),
        ("narrative", "x" * 20_001, "20000", "shorten"),
        ("narrative", date(2027, 1, 1), "“1 Jan 2027” is a date and not a text", "as text"),
        ("links", "the decree", "is not an address", "https://"),
        ("links", "https://example.org/ö ffice", "is not an address", "https://"),
        ("proposed_due", "03/04/2029", "can be 3 Apr 2029 or 4 Mar 2029", "write 2029-04-03 or 2029-03-04"),
        ("proposed_due", datetime(2029, 5, 1, 12), "has a time of day", "2029-05-01"),  # noqa: DTZ001  # as above
        ("proposed_due", 2031, "the number 2031 is probably a year", "such as 2031-12-31"),
        ("proposed_due", date(1905, 7, 23), "makes of the number 2031", "such as 2031-12-31"),
        ("proposed_due", date(2072, 1, 1), "is not between 1 Jan 2021 and 31 Dec 2035", "correct"),
        ("proposed_due", 47848, "a spreadsheet means 31 Dec 2030 by it", "write 2030-12-31"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_remedy(field, content, what, remedy):
    with pytest.raises(ValueRefused) as refused:
        read_cell(field, content, PLAIN, "", WINDOW)

    assert what in refused.value.what
    assert remedy in refused.value.remedy


@pytest.mark.parametrize(
    ("word", "label"),
    [
        (word, meant.label)
        for meant, words in STATUS_WORDS.items()
        for word in words
        if meant.label in CHOICES["status"]
    ],
)
@pytest.mark.parametrize("typed", [str, str.upper, "\u00a0{}. ".format], ids=["as it is", "capitals", "with a blank"])
def test_a_status_is_understood_in_the_words_people_use(word, label, typed):
    assert label == read_cell("status", typed(word), PLAIN, "")


def test_no_word_means_two_statuses():
    words = [word for words in STATUS_WORDS.values() for word in words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    "typed",
    ["D1; D2", "D2, D1", "D1 and D2", "d1\nd2", "D1/D2", " D1 ;\u00a0D2 ", "D1, D2,", "D2 & D1", "D1;D2", "d2;D1"],
)
def test_deliverables_are_read_however_they_are_listed(typed):
    assert "D1; D2" == read_cell("deliverables_done", typed, PRODUCTS, "")


def test_deliverables_stand_in_the_place_of_a_step():
    assert "D1; D2" == read_cell("deliverables_done", "D2, D1", PRODUCTS, "")
    assert ((), ("D1",)) == (value_of("deliverables_done", "none"), value_of("deliverables_done", "D1"))
    with pytest.raises(ValueRefused, match="follows from the deliverables"):
        read_cell("percent", "50", PRODUCTS, "")
    with pytest.raises(ValueRefused, match="“D9” is not a deliverable of I01"):
        read_cell("deliverables_done", "D9", PRODUCTS, "")


@pytest.mark.parametrize(("field", "text"), [("percent", "40 %"), ("status", "Not applicable")])
def test_what_was_exported_may_stay(field, text):
    assert text == read_cell(field, text, PLAIN, text)


def test_what_went_out_is_compared_in_the_words_of_today():
    assert step_label(75) == in_words_of_today("percent", "75 in the words of an earlier release")
    assert "Nothing to report" == in_words_of_today("status", "Nothing to report")


def test_zero_nothing_not_applicable_and_no_word_are_four_things():
    said = [StatementFields(status="not_started"), StatementFields(), StatementFields(status="not_applicable")]
    told = [cells_of(one)["status"] for one in said] + [cells_of(StatementFields(), nothing=True)["status"]]

    assert ["Not started", "", "Not applicable", "Nothing to report"] == told


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.datetimes(), st.sampled_from(sorted(FIELDS)))
def test_whatever_stands_in_a_cell_is_read_or_refused(content, field):
    try:
        text = read_cell(field, content, PLAIN, "")
    except ValueRefused:
        return
    assert text == read_cell(field, text, PLAIN, text)
