"""Django's way to the mail server, which also knows how far it came when something broke."""

import smtplib

from django.core.mail.backends import smtp


class _Watched:
    reached_data = False

    def data(self, msg):
        self.reached_data = True
        return super().data(msg)


class _Connection(_Watched, smtplib.SMTP):
    pass


class _SecureConnection(_Watched, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """``reached_data`` is False as long as the mail itself has certainly not left us."""

    @property
    def connection_class(self):
        return _SecureConnection if self.use_ssl else _Connection

    @property
    def reached_data(self) -> bool:
        return self.connection is not None and self.connection.reached_data
