"""Files beside the database that only its owner may read."""

import os
from pathlib import Path

from sqlalchemy import Engine

from models.core.settings import DATA_FOLDER
from models.store.database import file_of

OWNER_ONLY = 0o600


def folder_beside(engine: Engine) -> Path:
    """Return the folder of a SQLite database; `data/` for any other database."""
    file = file_of(engine)
    return file.parent if file else DATA_FOLDER


def write_private(path: Path, text: str) -> None:
    """Write a complete file in a single step; only its owner can read it at any time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "w", encoding="utf-8") as file:
        file.write(text)
    partial.replace(path)
