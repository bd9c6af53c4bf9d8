"""The report as data: one CSV file in long form and one JSON object, each with its dictionary."""

import csv
import io
import json

import pytest

from models.people.visibility_rules import Display
from reports.formats.csv_file import write_csv
from reports.formats.json_file import write_json
from tests.reports.formats.conftest import ALPHABETS, HOSTILE, MARKERS

WRITERS = [write_csv, write_json]


def lines(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def values(content):
    return {(line["table"], line["row"], line["field"]): line["value"] for line in lines(content)}


def test_csv_and_json_hold_every_value_of_every_table(demonstration):
    written, tables = lines(write_csv(demonstration)), json.loads(write_json(demonstration))["tables"]

    assert set(tables) == {one.key for one in demonstration.records}
    for records in demonstration.records:
        assert len(tables[records.key]) == len(records.rows)
        assert sum(line["table"] == records.key for line in written) == len(records.rows) * len(records.fields)


def test_nothing_and_zero_are_different_things(demonstration):
    table = json.loads(write_json(demonstration))["tables"]["commitments"]
    silent = next(one for one in table if one["status"] == "no report")
    content = values(write_csv(demonstration))

    assert (silent["percent"], silent["stale"]) == (None, 1)
    assert content["commitments", silent["key"], "percent"] == ""
    assert content["commitments", silent["key"], "stale"] == "1"


def test_a_row_is_named_by_its_key(demonstration):
    content = values(write_csv(demonstration))

    assert content["figures", "state/KH", "name"] == "Cambodia"
    assert content["initiatives", "I01", "lead"] == "DTTF"
    assert content["about", "as_of", "value"] == demonstration.records_of("about").rows[6][1].isoformat()


def test_every_field_is_explained(demonstration):
    content, dictionary = values(write_csv(demonstration)), json.loads(write_json(demonstration))["dictionary"]

    for records in demonstration.records:
        for one in records.fields:
            assert content["dictionary", records.key, one.name] == dictionary[records.key][one.name] == one.meaning


@pytest.mark.parametrize("write", WRITERS)
def test_a_demonstration_says_so_before_anything_else(demonstration, write):
    assert demonstration.demonstration.encode() in write(demonstration)[:100]


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    ("display", "visible"),
    [(Display.SECRETARIAT, set(MARKERS)), (Display.MEETING, set(MARKERS)), (Display.PUBLIC, set())],
)
def test_what_a_display_hides_is_not_in_the_file(marked, write, display, visible):
    content = write(marked(display)).decode()

    assert visible == {part for part, marker in MARKERS.items() if marker in content}


def test_words_come_through_as_they_stand(hostile):
    texts = {one["narrative"] for one in json.loads(write_json(hostile))["tables"]["commitments"]}

    assert set(HOSTILE) <= texts
    assert ALPHABETS in write_json(hostile).decode()


def test_a_spreadsheet_takes_no_text_of_the_csv_for_a_formula(hostile):
    texts = {line["value"] for line in lines(write_csv(hostile))}

    assert f"'{HOSTILE[0]}" in texts
    assert not [value for value in texts if value.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("write", WRITERS)
def test_nothing_reported_is_data_too(nothing_reported, write):
    assert b"no report" in write(nothing_reported)


@pytest.mark.parametrize("write", WRITERS)
def test_it_is_the_same_byte_for_byte(described, write):
    assert write(described()) == write(described())
