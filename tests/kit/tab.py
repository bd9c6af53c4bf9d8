"""One tab of a browser at the running dashboard: it speaks Streamlit's own protocol, and draws nothing."""

import contextlib
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from html import unescape

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE_S, NO_FILE_AFTER_S = 60, 8
KEY = re.compile(r"^\$\$ID-[0-9a-f]+-(.+)$")
TAGS = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)
PRESSED = True

Value = str | bool | float | None
"""What a field holds, as the browser has it; None for no file."""


@dataclass(frozen=True)
class Field:
    """A field or button as the page drew it: what it is called on the line, of what kind, and in which fragment."""

    id: str
    kind: str
    fragment: str


@dataclass
class Tab:
    """Opened by `open_tab`. What came of every run: the texts, and the fields by key, or by label without one."""

    socket: ClientConnection
    page: str
    query: str = ""
    fields: dict[str, Field] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    script: str = ""
    """What the server calls the page, once it was asked for by its address."""
    session: str = ""
    """What the server calls this tab."""
    cookie: str = ""
    """The cookie that its browser sends."""
    files: dict[str, str] = field(default_factory=dict)
    """What the server calls the file that a button makes, by the button's key."""

    def message(self, values: Mapping[str, Value]) -> bytes:
        """What the browser sends when these fields, by key, hold these values and the last of them was used."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self.query
        if self.script:
            asked.page_script_hash = self.script
        else:
            asked.page_name = self.page
        for key, value in values.items():
            found = self.fields[key]
            asked.fragment_id = found.fragment
            _set(asked.widget_states.widgets.add(id=found.id), found.kind, value)
        sent: bytes = message.SerializeToString()
        return sent

    def use(self, values: Mapping[str, Value]) -> str:
        """Fill in fields and press buttons, and wait until the page is drawn; gives the texts that came."""
        return self.send(self.message(values))

    def smuggle(self, message: bytes) -> None:
        """Send another tab's message. What it asks for may not exist here, so that this tab's page is asked for too."""
        self.socket.send(message)
        self.send(self.message({}))

    def send(self, message: bytes) -> str:
        """Send a message and wait until the page is drawn; gives the texts that came."""
        self.socket.send(message)
        before = len(self.texts)
        while not self._is_last(ForwardMsg.FromString(self.socket.recv(PATIENCE_S, decode=False))):
            pass
        return " ".join(self.texts[before:])

    def download(self, file: str) -> str:
        """Press the button of a file; gives the address at which it is, empty where none was made."""
        message = BackMsg()
        request = message.backend_operation_request
        request.session_id, request.request_id, request.deferred_file.file_id = self.session, "download", file
        self.socket.send(message.SerializeToString())
        with contextlib.suppress(TimeoutError):
            while True:
                answer = ForwardMsg.FromString(self.socket.recv(NO_FILE_AFTER_S))
                if answer.WhichOneof("type") == "backend_operation_response":
                    return str(answer.backend_operation_response.deferred_file.url)
        return ""

    def _is_last(self, answer: ForwardMsg) -> bool:
        self.session = answer.new_session.initialize.session_id or self.session
        self.script = answer.navigation.page_script_hash or self.script
        if answer.WhichOneof("type") == "delta" and answer.delta.WhichOneof("type") == "new_element":
            self._note(answer.delta.new_element, answer.delta.fragment_id)
        again = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
        return answer.WhichOneof("type") == "script_finished" and answer.script_finished != again

    def _note(self, element: Element, fragment: str) -> None:
        kind = element.WhichOneof("type")
        assert kind is not None, "the server sent an element of no kind"
        one = getattr(element, kind)
        if named := KEY.match(getattr(one, "id", "")):
            name = one.label if named[1] == "None" else named[1]
            self.fields[name] = Field(one.id, kind, fragment)
            if kind == "download_button":
                self.files[name] = one.deferred_file_id
        told = (getattr(one, name, "") for name in ("body", "label"))
        self.texts += [unescape(TAGS.sub(" ", text)) for text in told if text]


def _set(state: WidgetState, kind: str, value: Value) -> None:
    """The value as the browser writes it for a field of this kind."""
    match kind, value:
        case "button", bool():
            state.trigger_value = value
        case "checkbox", bool():
            state.bool_value = value
        case "number_input", int() | float():
            state.double_value = value
        case (("button_group" | "date_input"), str()):
            state.string_array_value.data.append(value)
        case "file_uploader", None:
            state.file_uploader_state_value.SetInParent()
        case _, str():
            state.string_value = value
        case _:
            raise TypeError(f"A {kind} does not hold {value!r}.")


def open_tab(
    stack: ExitStack, address: str, page: str, *, cookie: Mapping[str, str] | None = None, query: str = ""
) -> Tab:
    """A tab in which a page is drawn, of whoever the cookie stands for; closed with the stack."""
    headers = {"Cookie": f"{cookie['name']}={cookie['value']}"} if cookie else None
    socket = stack.enter_context(
        connect(
            address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=headers,
            max_size=None,
        )
    )
    tab = Tab(socket, page, query)
    tab.send(tab.message({}))
    return tab
