"""A mail server for tests: it speaks enough SMTP on this machine to take a letter."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Letter:
    """One letter as it came in, byte for byte."""

    sender: str
    to: list[str] = field(default_factory=list)
    data: bytes = b""


class Server(socketserver.ThreadingTCPServer):
    """Takes letters; refuses those to an address in `refuses`, and all of them when `broken`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.letters: list[Letter] = []
        self.refuses: set[str] = set()
        self.broken = False
        # Name and password as they came, where somebody gave them.
        self.credentials: list[bytes] = []

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class Session(socketserver.StreamRequestHandler):
    """One connection."""

    server: Server

    def handle(self) -> None:
        """Greet, then answer line by line."""
        if self.server.broken:
            self.say("421 not today")
            return
        self.letter = Letter("")
        self.say("220 invented.example.org")
        while line := self.rfile.readline().strip():
            word = line.split()[0].upper()
            if word == b"QUIT":
                self.say("221 bye")
                return
            self.answer(word, line)

    def answer(self, word: bytes, line: bytes) -> None:
        """Answer one line."""
        if word == b"EHLO":
            self.say("250-invented.example.org", "250 AUTH PLAIN")
        elif word == b"AUTH":
            self.server.credentials.append(line.split()[-1])
            self.say("235 welcome")
        elif word == b"MAIL":
            self.letter = Letter(address(line))
            self.say("250 ok")
        elif word == b"RCPT":
            refused = address(line) in self.server.refuses
            self.letter.to += [] if refused else [address(line)]
            self.say("550 nobody here" if refused else "250 ok")
        elif word == b"DATA":
            self.say("354 go on")
            self.letter.data = b"".join(iter(self.rfile.readline, b".\r\n"))
            self.server.letters.append(self.letter)
            self.say("250 taken")
        else:
            self.say("250 ok")

    def say(self, *lines: str) -> None:
        """Write lines."""
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


def address(line: bytes) -> str:
    """What stands in the angle brackets."""
    return line.decode().partition("<")[2].partition(">")[0]


@contextlib.contextmanager
def mail_server() -> Iterator[Server]:
    """A server that runs until the end."""
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
