"""Poppler as a second reader of the PDF we write."""

import shutil
import subprocess

import pytest

TOOLS = [shutil.which(tool) for tool in ("pdftotext", "pdfinfo", "pdffonts")]
SECONDS = 60
needs_poppler = pytest.mark.skipif(not all(TOOLS), reason="poppler is not installed: make libreoffice")


def asked(tool: str, pdf: bytes, *options: str) -> str:
    """What one of its tools prints about a PDF."""
    command = [tool, *options, "-", *(["-"] if tool == "pdftotext" else [])]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=SECONDS)
    return done.stdout.decode()


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, with single spaces and in the order in which they were set: cell by cell."""
    return [" ".join(page.split()) for page in asked("pdftotext", pdf, "-raw").split("\f")[:-1]]


def sizes_of(pdf: bytes) -> list[tuple[float, ...]]:
    """Width and height of each page in points."""
    lines = asked("pdfinfo", pdf, "-f", "1", "-l", "-1").splitlines()
    return [tuple(map(float, line.split()[3:6:2])) for line in lines if line.startswith("Page ") and " size:" in line]


def fonts_of(pdf: bytes) -> tuple[set[str], bool]:
    """The fonts in it: their names without the mark of a subset, and whether all are embedded."""
    rows = [line.split() for line in asked("pdffonts", pdf).splitlines()[2:]]
    return {row[0].partition("+")[2] for row in rows}, all(row[-5] == "yes" for row in rows)
