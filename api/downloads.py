"""Files made when a button is pressed: for whom each was made, since Streamlit gives it to all who have its address."""

from collections import deque

from models.people.permissions import User

MOST_USERS_KEPT = 2_000
"""For so many files it is remembered who may have them; those before them are nobody's, and are made again."""


class Downloads:
    """The users for whom each file was made, by its key at Streamlit, which follows from its content."""

    def __init__(self) -> None:
        self._users: dict[str, set[User]] = {}
        self._newest: deque[str] = deque()

    def made_for(self, file: str, user: User) -> None:
        """Remember that a user had this file made."""
        key = _key(file)
        self._users.setdefault(key, set()).add(user)
        self._newest.append(key)
        if len(self._newest) > MOST_USERS_KEPT:
            # The key stays: a file that was made for somebody is never for all.
            oldest = self._newest.popleft()
            if oldest not in self._newest:
                self._users[oldest] = set()

    def __contains__(self, file: str) -> bool:
        """Whether the file was made for somebody; any other, such as the icon of the pages, is for all."""
        return _key(file) in self._users

    def may_have(self, file: str, user: User) -> bool:
        """Whether the file was made for this user in the roles held now."""
        return user in self._users.get(_key(file), set())


def _key(file: str) -> str:
    """The name without its ending: Streamlit gives the same file under any ending, and without one."""
    return file.partition(".")[0]
