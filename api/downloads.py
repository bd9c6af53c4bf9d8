"""Files made when a button is pressed: for whom each was made, since Streamlit gives it to all who have its address."""

from collections import OrderedDict

from models.people.permissions import User

MOST_KEPT = 2_000
"""So many files are remembered; Streamlit itself has dropped those before them long since."""


class Downloads:
    """The users for whom each file was made, by its key at Streamlit, which follows from its content."""

    def __init__(self) -> None:
        self._users: OrderedDict[str, set[User]] = OrderedDict()

    def made_for(self, file: str, user: User) -> None:
        """Remember that a user had this file made."""
        key = _key(file)
        self._users.setdefault(key, set()).add(user)
        self._users.move_to_end(key)
        while len(self._users) > MOST_KEPT:
            self._users.popitem(last=False)

    def __contains__(self, file: str) -> bool:
        """Whether the file was made for somebody; any other, such as the icon of the pages, is for all."""
        return _key(file) in self._users

    def may_have(self, file: str, user: User) -> bool:
        """Whether the file was made for this user in the roles held now."""
        return user in self._users.get(_key(file), set())


def _key(file: str) -> str:
    """The name without its ending: Streamlit gives the same file under any ending, and without one."""
    return file.partition(".")[0]
