"""LibreOffice without a window, as a second reader of what we write."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE, PDFTOTEXT = "soffice", "pdftotext"
SECONDS = 120
needs_libreoffice = pytest.mark.skipif(
    not (shutil.which(SOFFICE) and shutil.which(PDFTOTEXT)),
    reason="LibreOffice or poppler is not installed: make libreoffice",
)


def converted(path: Path, form: str, folder: Path) -> Path:
    """The file as LibreOffice saves it in another form, or once more in its own."""
    (made,) = all_converted([path], form, folder)
    return made


def all_converted(paths: Sequence[Path], form: str, folder: Path) -> list[Path]:
    """The same of several files, for which it starts once."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"  # its own, so that two may run at once
    command = [SOFFICE, "--headless", profile, "--convert-to", form, "--outdir", str(folder), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    made = [folder / f"{path.stem}.{form}" for path in paths]
    missing = [path.name for path in made if not path.is_file()]
    assert not missing, f"LibreOffice gave no {missing}: {done.stdout}{done.stderr}"
    return made


def text_of_pdf(path: Path) -> str:
    """The words of a PDF, in the order of its pages."""
    command = [PDFTOTEXT, "-layout", str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS).stdout
