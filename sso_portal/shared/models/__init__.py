"""The rows that every floor above may write: events and outgoing mails."""

from sso_portal.shared.models.event import Event
from sso_portal.shared.models.outgoing_mail import OutgoingMail

__all__ = ["Event", "OutgoingMail"]
