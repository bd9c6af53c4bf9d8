"""The secret that signs cookies: from AIPRAP_SECRET, else made once and kept beside the database.

Beside it and not in it: with the secret alone, whoever holds it could write the cookie by which Streamlit knows who
came through OpenID Connect. So no backup of the database may hold it, and it is never logged. Several servers on one
database need the same one, and with that AIPRAP_SECRET.
"""

import hmac
import os
import secrets
from contextlib import suppress
from functools import cache

from models.core.errors import SettingRefused
from models.core.settings import environment
from models.store.database import engine_for
from models.store.private_files import folder_beside, write_private

FILE_NAME = "secret-key.txt"
SHORTEST = 32


def server_secret(database: str, purpose: str) -> str:
    """The secret for one purpose: who learns one of them does not know the others."""
    given = environment().aiprap_secret
    if 0 < len(given) < SHORTEST:
        raise SettingRefused(
            f"AIPRAP_SECRET is too short; give at least {SHORTEST} random characters, or leave it out."
        )
    return hmac.digest((given or _kept(database)).encode(), purpose.encode(), "sha256").hex()


@cache
def _kept(database: str) -> str:
    path = folder_beside(engine_for(database)) / FILE_NAME
    if not path.exists():
        made = path.with_name(f"{FILE_NAME}.{secrets.token_hex(4)}")
        write_private(made, secrets.token_hex(32))
        # Of two processes that come here at once, the first to link its file wins; both read that one.
        with suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
    return path.read_text(encoding="utf-8")
