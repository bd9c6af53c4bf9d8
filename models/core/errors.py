"""What can go wrong in ways we expect, told to the reader.

TrackerError
├── PlanError            a plan folder or workbook that cannot be used
├── WorkbookRefused      an Excel file that cannot be opened, or not without danger
├── LoadRefused          an edition that may not follow the one in force
├── ImportRefused        a progress file that cannot be taken in
├── FormRefused          a progress form that came back and cannot be read
├── UpdateRefused        one statement, or a step in its life, that may not be written
├── TextRefused          a text typed for everybody that cannot be kept
├── DecisionRefused      a decision or action point that may not be recorded or closed so
├── PeopleRefused        a list of people of whom nobody was added
├── PersonRefused        a change to one person that may not be made
├── SignInRefused        a link or a try to sign in that leads nowhere
├── TooManyTries         more tries to sign in than one place or address is given
├── NotPermitted         an act or a read that the person may not do
├── NotFound             a key, meeting or edition that does not exist
├── MailRefused          a mail that the mail server did not take
│   └── MailServerAway   none would be taken now, to whomever
├── SettingRefused       a setting of the server that cannot be used
└── DatabaseError        the database cannot be used as it is

Every message says what is wrong, where, and what to do.
Anything outside this family is a fault of ours: logged in full, shown as a plain apology.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where it stands, what is wrong there, and the remedy."""

    file: str
    line: int
    what: str
    remedy: str
    path: str = ""

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{self.file}:{self.line}: {where}{self.what}; {self.remedy}"


class TrackerError(Exception):
    """An expected error, whose text is for the person who meets it."""


class Refused(TrackerError):
    """An input refused as a whole, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PlanError(Refused):
    """The plan files or the plan workbook cannot be used."""


class WorkbookRefused(Refused):
    """An Excel file cannot be opened, or not without danger."""


class LoadRefused(Refused):
    """The edition may not follow the one in force."""


class ImportRefused(Refused):
    """The progress file cannot be taken in; nothing of it was."""


class FormRefused(Refused):
    """The progress form cannot be read; nothing of it was taken."""


class FieldRefused(TrackerError, ValueError):
    """What was typed may not be kept; `field` names what is wrong, where it is one field."""

    def __init__(self, text: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(text)


class UpdateRefused(FieldRefused):
    """A statement, or a step in its life, may not be written."""


class TextRefused(FieldRefused):
    """A text typed for everybody cannot be kept."""


class DecisionRefused(TrackerError, ValueError):
    """A decision or action point of a meeting may not be recorded or closed so."""


class PeopleRefused(Refused):
    """Nobody of a list was added, for the reasons told line by line."""


class PersonRefused(TrackerError, ValueError):
    """A person may not be changed so."""


class SignInRefused(TrackerError, PermissionError):
    """Nobody was signed in; says how to get a new link."""


class TooManyTries(SignInRefused):
    """There were too many tries lately; says how long to wait."""


class NotPermitted(TrackerError, PermissionError):
    """The person may not do this; says whom to ask."""


class NotFound(TrackerError, LookupError):
    """Nothing stands under the key, number or date asked for."""


class MailRefused(TrackerError, OSError):
    """A mail could not be handed in."""


class MailServerAway(MailRefused):
    """No mail at all can be handed in now: the mail server does not answer, or does not let this server in."""


class SettingRefused(TrackerError, ValueError):
    """An environment variable of the server says what cannot be."""


class DatabaseError(TrackerError):
    """The database cannot be used as it is."""
