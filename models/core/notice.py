"""A mail, before it is sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail: its recipient, subject and text."""

    to: str
    subject: str
    text: str

    @property
    def as_mail(self) -> str:
        """The mail as plain text, to be copied to a mail program."""
        return f"To: {self.to}\nSubject: {self.subject}\n\n{self.text}"
