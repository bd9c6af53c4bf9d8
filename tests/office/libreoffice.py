"""LibreOffice without a window, as a second reader of what we write."""

import shutil
import subprocess

import pytest

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
SECONDS = 120
needs_libreoffice = pytest.mark.skipif(
    not (SOFFICE and PDFTOTEXT), reason="LibreOffice or poppler is not installed: make libreoffice"
)


def converted(path, form, folder):
    """The file as LibreOffice saves it in another form, or once more in its own."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"  # its own, so that two may run at once
    command = [SOFFICE, "--headless", profile, "--convert-to", form, "--outdir", str(folder), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    made = folder / f"{path.stem}.{form}"
    assert made.is_file(), f"LibreOffice could not read {path.name}: {done.stdout}{done.stderr}"
    return made


def text_of_pdf(path):
    """The words of a PDF, in the order of its pages."""
    command = [PDFTOTEXT, "-layout", str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS).stdout
