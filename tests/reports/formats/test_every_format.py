"""What holds for every format alike: the same snapshot gives the same bytes, anywhere and at any time."""

import os
import pickle
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from reports.formats import Format, write

ROOT = Path(__file__).parent.parent.parent.parent
ELSEWHERE = """
import pickle, sys, time
from hashlib import sha256
from reports.formats import Format, write
localtime = time.localtime
time.time = lambda: 4102444800.0
time.localtime = lambda at=None: localtime(4102444800.0 if at is None else at)
report = pickle.load(open(sys.argv[1], "rb"))
for form in reversed(Format):
    print(form, sha256(write(report, form)).hexdigest())
"""
"""Another process, in another order, where a file is made in the year 2100."""


@pytest.fixture(scope="module", name="elsewhere")
def _elsewhere(demonstration, tmp_path_factory):
    """The hashes of every format as another process makes them, in another time zone and with other hashing."""
    report = tmp_path_factory.mktemp("report") / "report"
    report.write_bytes(pickle.dumps(demonstration))
    settings = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "43", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", ELSEWHERE, str(report)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=True)
    return dict(line.split() for line in done.stdout.splitlines())


@pytest.mark.parametrize("form", list(Format))
def test_two_processes_with_two_clocks_and_time_zones_write_the_same_bytes(demonstration, elsewhere, form):
    assert elsewhere[form] == sha256(write(demonstration, form)).hexdigest()
