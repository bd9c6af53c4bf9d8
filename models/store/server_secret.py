"""The secret that signs cookies: AIPRAP_SECRET, or made once and kept beside the database.

It is not in the database: with the secret anybody could make the cookie by which Streamlit identifies a user of OpenID
Connect. So it must not be in a backup, and it is never logged. Several servers on the same database need the same
secret, given by AIPRAP_SECRET.
"""

import hmac
import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from models.core.errors import SettingRefused
from models.core.settings import environment
from models.store.database import engine_for, folder_beside
from models.store.private_files import SECRET_FILE, write_private

SHORTEST = 32


def server_secret(database: str, purpose: str) -> str:
    """Return the secret for a purpose, in hexadecimal; the secrets of other purposes cannot be derived from it.

    Raises SettingRefused if AIPRAP_SECRET is too short, or if the secret that replaces it cannot be kept.
    """
    setting = environment().aiprap_secret
    if 0 < len(setting) < SHORTEST:
        raise SettingRefused(f"AIPRAP_SECRET is too short; set at least {SHORTEST} random characters, or remove it.")
    return hmac.digest((setting or _kept(database)).encode(), purpose.encode(), "sha256").hex()


@cache
def _kept(database: str) -> str:
    path = folder_beside(engine_for(database)) / SECRET_FILE
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingRefused(
            f"The secret of the server cannot be kept in {path} ({error.strerror}); let this program write there, or"
            " set AIPRAP_SECRET."
        ) from error


def _make(path: Path) -> None:
    made = path.with_name(f"{SECRET_FILE}.{secrets.token_hex(4)}")
    write_private(made, secrets.token_hex(32))
    # If two processes run this at the same time, the first to link its file wins; both read that file.
    with suppress(FileExistsError):
        os.link(made, path)
    made.unlink()
