"""What a database of the command line holds, and the figures it prints."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path


def file_of(url):
    return Path(url.removeprefix("sqlite:///"))


def content(url):
    """Everything the database holds, as SQL."""
    with closing(sqlite3.connect(file_of(url))) as connection:
        return list(connection.iterdump())


def audited(url):
    """What was done to the database, act by act."""
    with closing(sqlite3.connect(file_of(url))) as connection:
        return [action for (action,) in connection.execute("SELECT action FROM audit_event ORDER BY id")]


def lines_file(tmp_path, *entries):
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f"{one.model_dump_json(exclude_none=True)}\n" for one in entries), encoding="utf-8")
    return path


def rows(run, by, *options):
    return json.loads(run("rollup", "--by", by, "--format", "json", *options))
