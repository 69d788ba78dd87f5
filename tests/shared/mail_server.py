"""A real mail server in a thread, which can be as difficult as real ones are."""

import asyncio
import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread

from aiosmtpd.controller import Controller
from django.core.mail.backends.base import BaseEmailBackend

from sso_portal.shared import smtp

OK = "250 OK"


@dataclass
class Behaviour:
    """What the server answers at each step; ``hang`` and ``reset`` name the step it fails at."""

    mail: str = OK
    rcpt: str = OK
    data: str = OK
    hang: str = ""
    reset: str = ""
    received: list[EmailMessage] = field(default_factory=list)

    async def _difficult(self, step, server):
        if self.hang == step:
            await asyncio.sleep(5)
        if self.reset == step:
            server.transport.abort()

    async def handle_MAIL(self, server, session, envelope, address, options):
        await self._difficult("mail", server)
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(self, server, session, envelope, address, options):
        await self._difficult("rcpt", server)
        if self.rcpt == OK or "refused" in address:
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):
        if self.data == OK:
            self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        await self._difficult("data", server)
        return self.data


@contextmanager
def mail_server(settings, **behaviour):
    """The portal's mail server for the block; gives what it received and how it behaves."""
    handler = Behaviour(**behaviour)
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    _use(settings, controller.port)
    try:
        yield handler
    finally:
        controller.stop()


@contextmanager
def silent_server(settings, greeting: bytes = b""):
    """Takes the call and says ``greeting``, or nothing at all."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        _use(settings, server.getsockname()[1])
        server.settimeout(5)
        if not greeting:
            yield
            return
        with _answering(server, greeting):
            yield


@contextmanager
def _answering(server, greeting):
    def answer():
        caller, _ = server.accept()
        with caller:
            caller.sendall(greeting)
            caller.recv(1024)

    thread = Thread(target=answer)
    thread.start()
    yield
    thread.join()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def no_server(settings):
    _use(settings, free_port())


def _use(settings, port: int):
    settings.EMAIL_BACKEND = "sso_portal.shared.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 0.5


class Killed(BaseException):
    """Nothing in the portal catches this, as nothing catches kill -9."""


class DiesBeforeHandOver(BaseEmailBackend):
    def open(self):
        raise Killed


class DiesAfterHandOver(smtp.EmailBackend):
    def send_messages(self, email_messages):
        super().send_messages(email_messages)
        raise Killed


class Interrupted(BaseEmailBackend):
    """Lets a test do something while the mail is with us (``opening``) or on its way."""

    opening = sending = staticmethod(lambda: None)
    sent: list = []

    def open(self):
        type(self).opening()

    def send_messages(self, email_messages):
        type(self).sending()
        self.sent.extend(email_messages)
        return len(email_messages)
