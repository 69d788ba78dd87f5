import pytest
from django.urls import reverse
from django.utils import translation

from sso_portal.shared import outbox
from sso_portal.shared.models import OutgoingMail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return UserFactory()


def put(to, **facts):
    return outbox.put(
        **{"to": to, "kind": "test.mail", "subject": "Din idé", "text": "Hej", **facts}
    )


def test_one_sees_ones_own_mails_only(as_, reader):
    put(reader)
    put(UserFactory(), subject="Til en anden")

    page = as_(reader).get(reverse("shared:mailbox")).content.decode()

    assert "Din idé" in page
    assert "Til en anden" not in page


def test_an_empty_mailbox_says_so(as_, reader):
    put(UserFactory())

    assert 'class="empty' in as_(reader).get(reverse("shared:mailbox")).content.decode()


def test_a_mail_shows_its_text_with_links_and_never_its_html(as_, reader):
    mail = put(
        reader,
        text="Se <b>her</b>:\nhttp://localhost:8000/projekter/1/",
        html='<p style="color: red">farvet</p>',
    )

    page = as_(reader).get(reverse("shared:mail", args=[mail.pk])).content.decode()

    assert "Se &lt;b&gt;her&lt;/b&gt;:" in page
    assert 'href="http://localhost:8000/projekter/1/"' in page
    assert "farvet" not in page
    assert "style=" not in page.split("<main")[1]


def test_another_ones_mail_does_not_exist(as_, reader):
    mail = put(UserFactory())

    assert as_(reader).get(reverse("shared:mail", args=[mail.pk])).status_code == 404


@pytest.mark.parametrize("state", OutgoingMail.State)
def test_every_state_has_its_words(as_, reader, state):
    mail = put(reader)
    facts = {"sent_at": mail.created_at} if state == "sent" else {"reason": "interrupted"}
    OutgoingMail.objects.update(state=state, claimed_at=mail.created_at, **facts)

    with translation.override("da"):
        words = str(state.label)
    for url in (reverse("shared:mailbox"), reverse("shared:mail", args=[mail.pk])):
        assert words in as_(reader).get(url).content.decode()


def test_a_stranger_is_asked_to_sign_in(client, reader):
    mail = put(reader)

    for url in (reverse("shared:mailbox"), reverse("shared:mail", args=[mail.pk])):
        assert client.get(url).status_code == 302


def test_there_is_no_mailbox_where_mails_really_leave(as_, client, reader, settings):
    mail = put(reader)
    settings.DEMO = False

    for url in (reverse("shared:mailbox"), reverse("shared:mail", args=[mail.pk])):
        assert client.get(url).status_code == 404
        assert as_(reader).get(url).status_code == 404
        client.logout()


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_, reader, count, django_assert_num_queries):
    for _ in range(count):
        put(reader)
    client = as_(reader)

    with django_assert_num_queries(5):
        client.get(reverse("shared:mailbox"))
