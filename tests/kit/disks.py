"""Disks that are full or read-only, and a program that holds the lock of a database: real ones, for tests."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def _done(program: str, *arguments: str) -> bool:
    path = shutil.which(program)
    return path is not None and subprocess.run([path, *arguments], capture_output=True, check=False).returncode == 0


def _unmount(folder: str | Path) -> bool:
    return _done("umount", "--lazy", str(folder))


def _may_mount() -> bool:
    with TemporaryDirectory() as folder:
        return _done("mount", "-t", "tmpfs", "tmpfs", folder) and _unmount(folder)


needs_mounts = pytest.mark.skipif(not _may_mount(), reason="only root can make a small or a read-only disk")


@contextmanager
def disk(folder: Path, *, kilobytes: int) -> Iterator[Path]:
    """A folder that is a disk of its own, of this size."""
    folder.mkdir(exist_ok=True)
    assert _done("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        assert _unmount(folder)


@contextmanager
def full(folder: Path, *, free: int) -> Iterator[None]:
    """Fill the disk until so many kilobytes are free, meanwhile."""
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(max(shutil.disk_usage(folder).free - free * 1024, 0)))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody can write on the disk, meanwhile."""
    assert _done("mount", "-o", "remount,ro", str(folder))
    try:
        yield
    finally:
        assert _done("mount", "-o", "remount,rw", str(folder))


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program is writing to the database, and does not end, meanwhile."""
    command = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "held\n"
            yield
        finally:
            process.kill()
