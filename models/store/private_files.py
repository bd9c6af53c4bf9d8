"""Files and folders that only their owner may read: the database, its copies, the secret, the first sign-in link."""

import os
from contextlib import suppress
from pathlib import Path

OWNER_ONLY = 0o600
OWNER_ONLY_FOLDER = 0o700
SECRET_FILE = "secret-key.txt"  # noqa: S105  # the name of the file
FIRST_LINK_FILE = "first-sign-in.txt"


def make_folder(folder: Path) -> None:
    """Create a folder that only its owner can open; one that exists is left as it is."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)


def make_private(path: Path, *, create: bool = False) -> None:
    """Take the rights of everybody but the owner away from a file; a missing file is created empty if `create`."""
    if create and not path.exists():
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    # Only the owner can do it, and only on a disk that can be written. The file can be read all the same, as before.
    with suppress(OSError):
        if path.stat().st_mode & 0o077:
            path.chmod(OWNER_ONLY)


def write_private(path: Path, text: str) -> None:
    """Write a complete file in a single step; only its owner can read it at any time."""
    make_folder(path.parent)
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "w", encoding="utf-8") as file:
        file.write(text)
    partial.replace(path)
