"""A choice from a closed list that lives in the address, like the reader's day and basis."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from pages.shared import text
from pages.shared.heading import show
from pages.shared.markup import banner
from pages.shared.plain_text import as_label, as_labels


@dataclass(frozen=True)
class Choice:
    """One word of the address: its name there, its label, its options; without the word the first option is meant."""

    name: str
    label: str
    options: Mapping[str, str]

    @property
    def default(self) -> str:
        """The option everybody gets first."""
        return next(iter(self.options))

    def read(self) -> str:
        """The option in the address; an unknown word gives a sentence and the default."""
        word = st.query_params.get(self.name, self.default)
        if word in self.options:
            return word
        show(banner(text.unknown_choice(word, self.label, self.options[self.default])))
        return self.default

    def box(self, chosen: str, width: int = 260, *, in_form: bool = False) -> None:
        """A list that unfolds; in a form, whose button takes the choice."""
        st.session_state[self._key] = chosen
        st.selectbox(
            as_label(self.label),
            list(self.options),
            format_func=self.options.__getitem__,
            key=self._key,
            label_visibility="collapsed",
            width=width,
            on_change=None if in_form else self.take,
        )

    def segments(self, chosen: str) -> None:
        """All options side by side."""
        st.session_state[self._key] = chosen
        st.segmented_control(
            as_label(self.label),
            list(self.options),
            format_func=as_labels(self.options).__getitem__,
            key=self._key,
            required=True,
            label_visibility="collapsed",
            on_change=self.take,
        )

    def take(self) -> None:
        """Put what is chosen into the address."""
        value = st.session_state[self._key]
        if value == self.default:
            st.query_params.pop(self.name, None)
        else:
            st.query_params[self.name] = value

    @property
    def _key(self) -> str:
        return f"choice-{self.name}"
