import pytest
from django.urls import reverse

from sso_portal.organisation.roles import Role
from sso_portal.shared import clock, outbox
from sso_portal.shared.models import OutgoingMail
from tests.factories import UnitFactory, UserFactory, person

pytestmark = pytest.mark.django_db
MAILS = "admin:shared_outgoingmail_changelist"


@pytest.fixture
def admin(as_):
    return as_(person(Role.ADMIN, UnitFactory()))


def mail_in(state, **facts):
    mail = outbox.put(
        to=UserFactory(), kind="test.mail", subject=f"Mail, {state}", text="Hej", html="<b>Hej</b>"
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, **facts)
    return mail


@pytest.fixture
def mails():
    return {
        "failed": mail_in("failed", reason="refused", reply="550 Unknown"),
        "uncertain": mail_in("uncertain", reason="interrupted"),
        "sent": mail_in("sent", sent_at=clock.now()),
    }


def test_the_overview_finds_what_needs_a_person(admin, mails):
    page = admin.get(reverse(MAILS), {"needs_a_person": "yes"}).content.decode()

    assert "Mail, failed" in page
    assert "Mail, uncertain" in page
    assert "Mail, sent" not in page


def test_a_mail_is_read_there_and_never_changed(admin, mails):
    url = reverse("admin:shared_outgoingmail_change", args=[mails["failed"].pk])

    assert "550 Unknown" in admin.get(url).content.decode()
    assert admin.post(url, {"subject": "Ny"}).status_code == 403
    assert admin.get(reverse("admin:shared_outgoingmail_add")).status_code == 403
    delete = reverse("admin:shared_outgoingmail_delete", args=[mails["failed"].pk])
    assert admin.post(delete, {"post": "yes"}).status_code == 403


def test_only_what_was_not_sent_is_sent_again(admin, mails):
    chosen = [mail.pk for mail in mails.values()]

    admin.post(reverse(MAILS), {"action": "send_again", "_selected_action": chosen})

    states = dict(OutgoingMail.objects.values_list("pk", "state"))
    assert [states[pk] for pk in chosen] == ["queued", "uncertain", "sent"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_others_see_nobodys_mails(as_, mails, role):
    client = as_(person(role, UnitFactory()))
    chosen = {"action": "send_again", "_selected_action": [mails["failed"].pk]}

    assert client.get(reverse(MAILS)).status_code == 302
    assert client.post(reverse(MAILS), chosen).status_code == 302
    mails["failed"].refresh_from_db()
    assert mails["failed"].state == OutgoingMail.State.FAILED


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(admin, count, django_assert_num_queries):
    for _ in range(count):
        mail_in("failed", reason="refused")

    with django_assert_num_queries(6):
        admin.get(reverse(MAILS))
