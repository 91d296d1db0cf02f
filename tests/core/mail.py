"""Ways for a message to go wrong: a small SMTP server with moods, and a backend that writes down what it sends."""

from __future__ import annotations

import os
import random
import smtplib
import socketserver
import threading
import time
from email import message_from_bytes
from email.message import Message as Email
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend


class MailServer:
    """An SMTP server on a free port of this machine. The name before the @ says how it answers.

    ``unknown`` is refused for good, ``busy`` for now, ``spam`` after its text, ``cut`` loses the line after its text
    was taken, ``cut-early`` before; ``tired`` is told to come back later and loses the line.
    """

    def __init__(self) -> None:
        self.taken: list[Email] = []
        self.connections = 0
        server = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                server.connections += 1
                self.say("220 ready")
                while line := self.rfile.readline().decode().strip():
                    verb = line.upper().split(":")[0].split(" ")[0]
                    if not getattr(self, f"on_{verb.lower()}", self.on_other)(line):
                        return

            def say(self, words: str) -> bool:
                self.wfile.write(words.encode() + b"\r\n")
                return True

            def on_other(self, line: str) -> bool:
                return self.say("250 ok")

            def on_quit(self, line: str) -> bool:
                self.say("221 bye")
                return False

            def on_rcpt(self, line: str) -> bool:
                self.mood = line.partition("<")[2].partition("@")[0]
                if self.mood == "cut-early":
                    return False
                answers = {"unknown": "550 nobody of that name", "busy": "451 try later"}
                if self.mood == "tired":
                    self.say("421 too many messages")
                    return False
                return self.say(answers.get(self.mood, "250 ok"))

            def on_data(self, line: str) -> bool:
                self.say("354 go on")
                text = b""
                while not text.endswith(b"\r\n.\r\n"):
                    text += self.rfile.readline()
                if self.mood == "spam":
                    return self.say("554 we do not like this")
                server.taken.append(message_from_bytes(text[:-5]))
                return False if self.mood == "cut" else self.say("250 taken")

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class ListingBackend(BaseEmailBackend):
    """Takes its time over each message and keeps it in a list that all threads share."""

    sent: list[str] = []

    def send_messages(self, email_messages) -> int:
        for email in email_messages:
            time.sleep(random.uniform(0, 0.004))
            self.sent.append(email.extra_headers["Message-ID"])
        return len(email_messages)


class AppendingBackend(BaseEmailBackend):
    """Writes each message's id into the file named in ``MAIL_TEST_FILE``; slow, and faulty now and then."""

    def send_messages(self, email_messages) -> int:
        for email in email_messages:
            time.sleep(random.uniform(0, 0.01))
            luck = random.random()
            if luck < 0.03:
                raise smtplib.SMTPDataError(451, b"try later")
            if luck < 0.05:
                raise smtplib.SMTPServerDisconnected
            with Path(os.environ["MAIL_TEST_FILE"]).open("ab", buffering=0) as file:
                file.write(email.extra_headers["Message-ID"].encode() + b"\n")
            time.sleep(random.uniform(0, 0.01))
            if luck > 0.98:
                raise smtplib.SMTPServerDisconnected
        return len(email_messages)
