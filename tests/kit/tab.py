"""One tab of a browser at the running dashboard: it speaks Streamlit's own protocol, and draws nothing."""

import contextlib
import re
from dataclasses import dataclass, field
from html import unescape

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PATIENCE_S, NO_FILE_AFTER_S = 60, 8
KEY = re.compile(r"^\$\$ID-[0-9a-f]+-(.+)$")
TAGS = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)
PRESSED = True


@dataclass(frozen=True)
class Field:
    """A field or button as the page drew it: what it is called on the line, of what kind, and in which fragment."""

    id: str
    kind: str
    fragment: str


@dataclass
class Tab:
    """Opened by `open_tab`. What came of every run: the texts, and the fields by key, or by label without one."""

    socket: object
    page: str
    query: str = ""
    fields: dict[str, Field] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    script: str = ""
    """What the server calls the page, once it was asked for by its address."""
    session: str = ""
    """What the server calls this tab."""
    files: dict[str, str] = field(default_factory=dict)
    """What the server calls the file that a button makes, by the button's key."""

    def message(self, values):
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
        return message.SerializeToString()

    def use(self, values):
        """Fill in fields and press buttons, and wait until the page is drawn; gives the texts that came."""
        return self.send(self.message(values))

    def smuggle(self, message):
        """Send another tab's message. What it asks for may not exist here, so that this tab's page is asked for too."""
        self.socket.send(message)
        self.send(self.message({}))

    def send(self, message):
        """Send a message and wait until the page is drawn; gives the texts that came."""
        self.socket.send(message)
        before = len(self.texts)
        while not self._is_last(ForwardMsg.FromString(self.socket.recv(PATIENCE_S))):
            pass
        return " ".join(self.texts[before:])

    def download(self, file):
        """Press the button of a file; gives the address at which it is, empty where none was made."""
        message = BackMsg()
        request = message.backend_operation_request
        request.session_id, request.request_id, request.deferred_file.file_id = self.session, "download", file
        self.socket.send(message.SerializeToString())
        with contextlib.suppress(TimeoutError):
            while True:
                answer = ForwardMsg.FromString(self.socket.recv(NO_FILE_AFTER_S))
                if answer.WhichOneof("type") == "backend_operation_response":
                    return answer.backend_operation_response.deferred_file.url
        return ""

    def _is_last(self, answer):
        self.session = answer.new_session.initialize.session_id or self.session
        self.script = answer.navigation.page_script_hash or self.script
        if answer.WhichOneof("type") == "delta" and answer.delta.WhichOneof("type") == "new_element":
            self._note(answer.delta.new_element, answer.delta.fragment_id)
        again = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
        return answer.WhichOneof("type") == "script_finished" and answer.script_finished != again

    def _note(self, element: Element, fragment):
        kind = element.WhichOneof("type")
        one = getattr(element, kind)
        if named := KEY.match(getattr(one, "id", "")):
            name = one.label if named[1] == "None" else named[1]
            self.fields[name] = Field(one.id, kind, fragment)
            if kind == "download_button":
                self.files[name] = one.deferred_file_id
        told = (getattr(one, name, "") for name in ("body", "label"))
        self.texts += [unescape(TAGS.sub(" ", text)) for text in told if text]


def _set(state, kind, value):
    """The value as the browser writes it for a field of this kind."""
    if kind == "button":
        state.trigger_value = value
    elif kind == "checkbox":
        state.bool_value = value
    elif kind == "number_input":
        state.double_value = value
    elif kind in {"button_group", "date_input"}:
        state.string_array_value.data.append(value)
    elif kind == "file_uploader":
        state.file_uploader_state_value.SetInParent()
    else:
        state.string_value = value


def open_tab(stack, address, page, *, cookie=None, query=""):
    """A tab in which a page is drawn, of whoever the cookie stands for; closed with the stack."""
    headers = {"Cookie": f"{cookie['name']}={cookie['value']}"} if cookie else None
    socket = stack.enter_context(
        connect(
            address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers=headers,
            max_size=None,
        )
    )
    tab = Tab(socket, page, query)
    tab.send(tab.message({}))
    return tab
