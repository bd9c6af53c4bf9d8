"""What a database of the command line holds, and the figures it prints."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from models.progress.entry import Entry
from tests.cli.conftest import Run


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def content(url: str) -> list[str]:
    """Everything the database holds, as SQL."""
    with closing(sqlite3.connect(file_of(url))) as connection:
        return list(connection.iterdump())


def audited(url: str) -> list[str]:
    """What was done to the database, act by act."""
    with closing(sqlite3.connect(file_of(url))) as connection:
        return [action for (action,) in connection.execute("SELECT action FROM audit_event ORDER BY id")]


def lines_file(tmp_path: Path, *entries: Entry) -> Path:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f"{one.model_dump_json(exclude_none=True)}\n" for one in entries), encoding="utf-8")
    return path


def rows(run: Run, by: str, *options: str) -> list[dict[str, Any]]:
    """The figures that `rollup` prints."""
    printed: list[dict[str, Any]] = json.loads(run("rollup", "--by", by, "--format", "json", *options))
    return printed
