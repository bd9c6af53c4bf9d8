import csv
import io

import pytest

from models.core.csv import csv_text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_stays_a_text(text):
    written = csv_text(["Text"], [[text]]).removeprefix("\ufeff")
    assert [["Text"], [f"'{text}"]] == list(csv.reader(io.StringIO(written, newline="")))


def test_other_texts_stand_as_they_are():
    written = csv_text(["A", "B"], [["a, b", "“c”\nd"]])
    assert written.startswith("\ufeffA,B")
    assert [["A", "B"], ["a, b", "“c”\nd"]] == list(csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")))
