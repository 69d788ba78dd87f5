"""People who leave: their name goes, their key stays.

History, decisions and snapshots name people by key, so what is written over in the person's row
is written over everywhere.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sso_portal.organisation.models import User, Waiting
from sso_portal.shared import clock, outbox


class PeopleError(Exception):
    """The act is refused; the text is for the administrator."""


class Oneself(PeopleError):
    def __init__(self):
        super().__init__(_("You cannot anonymise yourself."))


class StillWaitedFor(PeopleError):
    def __init__(self, person: User, count: int):
        words = ngettext(
            "%(count)d task still waits for %(person)s. Let somebody else take over first.",
            "%(count)d tasks still wait for %(person)s. Let somebody else take over first.",
            count,
        )
        super().__init__(words % {"count": count, "person": person})
        self.count = count


def waits_that_need(person: User) -> list[Waiting]:
    """What nobody else can answer: waits for the person by name, or alone at the desk."""
    return [
        wait
        for wait in Waiting.objects.not_closed().for_user(person).select_related("unit")
        if wait.user_id or not _others_at(wait, person)
    ]


def _others_at(wait: Waiting, person: User) -> bool:
    return User.objects.holding(wait.desk, wait.unit).exclude(pk=person.pk).exists()


@transaction.atomic
def anonymise(person: User, *, by: User) -> User:
    """Take the name, the access and the traces of sign-in from somebody who has left.

    Raises ``StillWaitedFor`` while somebody waits for the person, and ``Oneself``.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person == by:
        raise Oneself
    if waits := waits_that_need(person):
        raise StillWaitedFor(person, len(waits))
    person.username = f"former-{person.pk}"
    person.first_name = person.last_name = person.email = person.title = ""
    person.set_unusable_password()
    person.is_active = person.is_staff = person.is_superuser = False
    person.anonymised_at = person.anonymised_at or clock.now()
    person.save()
    person.assignments.all().delete()
    for traces in (EmailAddress, SocialAccount, Authenticator):
        traces.objects.filter(user=person).delete()
    _forget_in_the_admin_log(person)
    outbox.forget(person)
    return person


def _forget_in_the_admin_log(person: User) -> None:
    """The log says who changed the person and when; what was typed goes."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk)
    )
    entries.update(object_repr=person.username, change_message="")
