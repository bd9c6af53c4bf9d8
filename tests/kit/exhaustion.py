"""What each reader of files from outside does with a file, and the time and memory it takes, in a process of its own.

Run as a program with the name of a folder: prints a line of JSON for each of its files and each reader.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from models.amendments.adoption_workbook import read_adoption
from models.core.errors import PlanError, TrackerError
from models.plan.read import read_plan
from models.progress.evidence_files import checked_file
from models.reporting.form_received import read_form
from reports.formats.word.template import open_template
from tests.kit.builders import tiny_plan

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 20
Outcome = dict[str, Any]
"""The file, the reader, what it said (empty if it took the file), the seconds and the megabytes it took."""


def _adoption(path: Path) -> object:
    filled = read_adoption(path.read_bytes(), path.name, tiny_plan())
    if filled.problems:
        raise PlanError(filled.problems)
    return filled


def _form(path: Path) -> object:
    return read_form(path.read_bytes(), path.name, tiny_plan())


def _evidence(path: Path) -> object:
    return checked_file(path.name, path.read_bytes())


READERS: dict[str, dict[str, Callable[[Path], object]]] = {
    ".xlsx": {"plan": read_plan, "adoption": _adoption, "form": _form, "evidence": _evidence},
    ".docx": {"template": open_template, "evidence": _evidence},
}
"""Who reads a file, by the ending of its name."""


def outcomes(folder: Path) -> list[Outcome]:
    """What all readers do with each file of a folder."""
    command = [sys.executable, "-m", "tests.kit.exhaustion", str(folder)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=600)
    return [json.loads(line) for line in result.stdout.splitlines()]


def _measured(path: Path, reader: str) -> Outcome:
    """What one reader does, in a process of its own, which ends by itself after a while."""
    answer, question = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE_SECONDS, PATIENCE_SECONDS))
        os.write(question, json.dumps(_read(path, reader)).encode())
        os._exit(0)
    os.close(question)
    with os.fdopen(answer) as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return {"file": path.stem, "reader": reader} | (
        json.loads(told) if told else {"said": "died", "seconds": 999, "mb": 0}
    )


def _read(path: Path, reader: str) -> Outcome:
    said, start = "", time.perf_counter()
    try:
        READERS[path.suffix][reader](path)
    except TrackerError as refusal:
        said = str(refusal)
    except BaseException as error:  # noqa: BLE001  # a fault of the program, which the test names
        said = f"fault: {error!r}"
    seconds = time.perf_counter() - start
    return {
        "said": said[:500],
        "seconds": round(seconds, 2),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
    }


def _all(folder: Path) -> Iterator[Outcome]:
    for path in sorted(folder.iterdir()):
        for reader in READERS[path.suffix]:
            yield _measured(path, reader)


if __name__ == "__main__":
    for outcome in _all(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(outcome) + "\n")
