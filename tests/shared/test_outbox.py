from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth import get_user_model
from django.core import mail as django_mail
from django.db import IntegrityError, connection, transaction

from sso_portal.shared import clock, outbox
from sso_portal.shared.models import OutgoingMail
from tests.shared import mail_server
from tests.shared.mail_server import silent_server

State, Reason = OutgoingMail.State, OutgoingMail.Reason
BACKENDS = "tests.shared.mail_server"


@pytest.fixture
def reader(db):
    return person("karen")


def person(name, **facts):
    return get_user_model().objects.create_user(
        name, **{"email": f"{name}@example.dk", "language": "da", **facts}
    )


def put(to, **facts):
    return outbox.put(**{"to": to, "kind": "test.mail", "subject": "Nyt", "text": "Hej", **facts})


def later(**delta):
    return clock.at(clock.now() + timedelta(**delta))


def state_of(mail):
    mail.refresh_from_db()
    return mail.state, mail.reason


# Writing


def test_a_mail_keeps_the_address_and_language_it_was_written_with(reader):
    mail = put(reader)
    reader.email, reader.language = "ny@example.dk", "en"
    reader.save()

    mail.refresh_from_db()
    assert (mail.address, mail.language, mail.state) == ("karen@example.dk", "da", State.QUEUED)


def test_a_mail_disappears_with_the_save_it_belongs_to(reader):
    with transaction.atomic():
        put(reader)
        transaction.set_rollback(True)

    assert not OutgoingMail.objects.exists()


def test_a_mail_with_a_key_is_written_once_for_each_reader_and_kind(reader):
    first = put(reader, dedup_key="2026-Q1", text="Første")
    again = put(reader, dedup_key="2026-Q1", text="Anden")
    other_kind = put(reader, dedup_key="2026-Q1", kind="test.other")
    other_reader = put(person("ole"), dedup_key="2026-Q1")

    assert (again.pk, again.text) == (first.pk, "Første")
    assert len({first.pk, other_kind.pk, other_reader.pk}) == 3


def test_mails_without_a_key_never_stand_in_each_others_way(reader):
    assert put(reader).message_id != put(reader).message_id


def test_the_message_id_follows_from_the_key(reader):
    mail = put(reader, dedup_key="2026-Q1")
    before = mail.message_id
    mail.delete()

    assert put(reader, dedup_key="2026-Q1").message_id == before


def test_a_subject_is_one_line_of_reasonable_length(reader):
    mail = put(reader, subject="Nyt\nBcc: alle@example.dk " + "x" * 300)

    assert mail.subject.startswith("Nyt Bcc: alle@example.dk x")
    assert len(mail.subject) == 250


def test_a_story_files_its_mails_as_sent_at_its_own_time(
    reader, django_capture_on_commit_callbacks
):
    then = clock.now() - timedelta(days=300)

    with django_capture_on_commit_callbacks() as wakes, clock.at(then), outbox.filing():
        mail = put(reader)
    outbox.sweep()

    assert (mail.state, mail.created_at, mail.sent_at) == (State.SENT, then, then)
    assert (wakes, django_mail.outbox) == ([], [])
    assert put(reader).state == State.QUEUED


@pytest.fixture
def written(tmp_path, settings):
    """Templates of a mail, as an app would have them."""
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}
    ]
    settings.PORTAL_URL = "https://portal.example"
    (tmp_path / "emails").mkdir()
    (tmp_path / "emails/news.txt").write_text(
        '{% extends "shared/emails/base.txt" %}{% load i18n %}'
        "{% block subject %}{{ title }}{% endblock %}"
        "{% block text %}{% get_current_language as now %}[{{ now }}] {{ title }}\n"
        "{{ portal_url }}/projekter/7/{% endblock %}"
    )
    (tmp_path / "emails/news.html").write_text(
        '{% extends "shared/emails/base.html" %}{% load i18n %}'
        "{% block content %}{% get_current_language as now %}[{{ now }}]"
        '{% include "shared/emails/_button.html" with url=portal_url|add:"/projekter/7/"'
        " label=title %}{% endblock %}"
    )
    (tmp_path / "emails/bare.txt").write_text("Ingen emnelinje\n")
    return lambda to, name="news": outbox.write(
        to=to, template=f"emails/{name}", context={"title": "Æbler & <pærer>"}
    )


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_mail_speaks_the_readers_language(written, db, language):
    mail = written(person("ingrid", language=language))

    assert f"[{language}]" in mail.text
    assert f"[{language}]" in mail.html
    assert f'<html lang="{language}">' in mail.html


def test_plain_text_is_plain_and_html_is_escaped(written, reader):
    mail = written(reader)

    assert mail.subject == "Æbler & <pærer>"
    assert "Æbler & <pærer>" in mail.text
    assert "Subject:" not in mail.text
    assert "<title>Æbler &amp; &lt;pærer&gt;</title>" in mail.html


def test_links_lead_to_the_portal(written, reader):
    mail = written(reader)

    assert "\nhttps://portal.example/projekter/7/\n" in mail.text
    assert 'href="https://portal.example/projekter/7/"' in mail.html


def test_a_template_without_a_subject_line_is_refused(written, reader):
    with pytest.raises(ValueError, match="emails/bare.txt does not begin with a subject line"):
        written(reader, name="bare")


# Sending


@pytest.fixture
def interrupted(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{BACKENDS}.Interrupted"
    monkeypatch.setattr(mail_server.Interrupted, "sent", [])
    return lambda step, action: monkeypatch.setattr(
        mail_server.Interrupted, step, staticmethod(action)
    )


def test_an_accepted_mail_is_sent_whole(reader, settings):
    mail = put(reader, html="<p>Hej</p>")

    with mail_server.mail_server(settings) as server:
        assert outbox.deliver(mail.pk)

    assert state_of(mail) == (State.SENT, "")
    assert mail.sent_at is not None
    (received,) = server.received
    assert (received["Subject"], received["To"]) == ("Nyt", "karen@example.dk")
    assert received["Message-ID"] == mail.message_id
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Content-Language"] == "da"
    assert [part.get_content_type() for part in received.iter_parts()] == [
        "text/plain",
        "text/html",
    ]


def test_a_mail_is_sent_once_however_often_a_worker_is_woken(reader):
    mail = put(reader)

    assert [outbox.deliver(mail.pk), outbox.deliver(mail.pk)] == [True, False]
    assert len(django_mail.outbox) == 1


@pytest.mark.parametrize(
    "answers",
    [{"rcpt": "550 Unknown"}, {"data": "554 Spam"}, {"mail": "553 Not you"}],
    ids=lambda answers: next(iter(answers)),
)
def test_a_refusal_fails_this_mail_with_the_servers_words(reader, settings, answers):
    mail = put(reader)

    with mail_server.mail_server(settings, **answers):
        outbox.deliver(mail.pk)

    assert state_of(mail) == (State.FAILED, Reason.REFUSED)
    assert next(iter(answers.values()))[:3] in mail.reply


@pytest.mark.parametrize(
    "answers",
    [{"rcpt": "450 Greylisted"}, {"data": "451 Try later"}, {"mail": "421 Busy"}],
    ids=lambda answers: next(iter(answers)),
)
def test_not_now_means_later(reader, settings, answers):
    mail = put(reader)

    with mail_server.mail_server(settings, **answers) as server:
        outbox.deliver(mail.pk)
        assert state_of(mail) == (State.QUEUED, Reason.POSTPONED)
        assert (mail.attempts, mail.sent_at) == (1, None)
        assert outbox.deliver(mail.pk) is False
        server.mail = server.rcpt = server.data = mail_server.OK
        with later(seconds=61):
            assert outbox.sweep()["delivered"] == 1

    assert state_of(mail) == (State.SENT, "")
    assert [received["Message-ID"] for received in server.received] == [mail.message_id]


def test_the_pauses_grow_to_an_hour():
    pauses = [outbox.pause_after(attempts) for attempts in (1, 2, 3, 7, 60)]

    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 60, 60)]


def test_a_server_that_is_down_gets_the_mail_later(reader, settings):
    mail = put(reader)
    mail_server.no_server(settings)

    outbox.deliver(mail.pk)

    assert state_of(mail) == (State.QUEUED, Reason.POSTPONED)


@pytest.mark.parametrize("greeting", [b"", b"554 Not today\r\n", b"421 Too busy\r\n"])
def test_trouble_with_the_server_itself_never_fails_a_mail(reader, settings, greeting):
    mail = put(reader)

    with silent_server(settings, greeting):
        outbox.deliver(mail.pk)

    assert state_of(mail) == (State.QUEUED, Reason.POSTPONED)


@pytest.mark.parametrize(
    "trouble", [{"hang": "mail"}, {"hang": "rcpt"}, {"reset": "rcpt"}], ids=str
)
def test_a_break_before_the_mail_itself_means_later(reader, settings, trouble):
    mail = put(reader)

    with mail_server.mail_server(settings, **trouble):
        outbox.deliver(mail.pk)

    assert state_of(mail) == (State.QUEUED, Reason.POSTPONED)


@pytest.mark.parametrize("trouble", [{"hang": "data"}, {"reset": "data"}], ids=str)
def test_a_break_after_the_mail_itself_leaves_a_doubt(reader, settings, trouble):
    mail = put(reader)

    with mail_server.mail_server(settings, **trouble) as server:
        outbox.deliver(mail.pk)
        with later(days=3):
            outbox.sweep()

    assert state_of(mail) == (State.UNCERTAIN, Reason.INTERRUPTED)
    assert len(server.received) == 1


def test_another_way_out_that_breaks_leaves_a_doubt(reader, interrupted):
    mail = put(reader)

    def disk_full():
        raise OSError("No space left")

    interrupted("sending", disk_full)
    outbox.deliver(mail.pk)

    assert state_of(mail) == (State.UNCERTAIN, Reason.INTERRUPTED)


@pytest.mark.parametrize("address", ["a@example.dk\nBcc: b@example.dk", "@@"])
def test_a_mail_that_cannot_be_put_together_fails(reader, settings, address):
    reader.email = address
    mail = put(reader)

    with mail_server.mail_server(settings) as server:
        outbox.deliver(mail.pk)

    assert state_of(mail) == (State.FAILED, Reason.UNSENDABLE)
    assert server.received == []


def test_who_has_left_meanwhile_gets_nothing(reader):
    mail = put(reader)
    reader.is_active = False
    reader.save()

    outbox.deliver(mail.pk)

    assert state_of(mail) == (State.FAILED, Reason.DEACTIVATED)
    assert django_mail.outbox == []


def test_who_has_no_address_gets_nothing(db):
    mail = put(person("nis", email=""))

    outbox.deliver(mail.pk)

    assert state_of(mail) == (State.FAILED, Reason.NO_ADDRESS)


def test_the_portal_gives_up_in_the_end(reader, settings):
    mail = put(reader)
    OutgoingMail.objects.update(attempts=outbox.ATTEMPTS - 1)
    mail_server.no_server(settings)

    outbox.deliver(mail.pk)

    assert state_of(mail) == (State.FAILED, Reason.GAVE_UP)


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_never_sent_from_within_a_transaction():
    mail = put(person("karen"))

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        outbox.deliver(mail.pk)


# Crashes


def test_a_worker_that_dies_before_the_hand_over_costs_minutes(reader, settings):
    mail = put(reader)
    locmem = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{BACKENDS}.DiesBeforeHandOver"
    with pytest.raises(mail_server.Killed):
        outbox.deliver(mail.pk)
    settings.EMAIL_BACKEND = locmem

    assert outbox.sweep() == {"uncertain": 0, "requeued": 0, "delivered": 0}
    with later(minutes=4):
        assert outbox.sweep() == {"uncertain": 0, "requeued": 1, "delivered": 1}
    assert state_of(mail) == (State.SENT, "")


def test_a_mail_that_kills_its_worker_every_time_is_given_up(reader):
    mail = put(reader)
    OutgoingMail.objects.update(
        state=State.CLAIMED, claimed_at=clock.now(), attempts=outbox.ATTEMPTS
    )

    with later(minutes=4):
        assert outbox.sweep() == {"uncertain": 0, "requeued": 0, "delivered": 0}

    assert state_of(mail) == (State.FAILED, Reason.GAVE_UP)


def test_a_worker_that_dies_after_the_hand_over_leaves_a_doubt_and_never_a_second_mail(
    reader, settings
):
    mail = put(reader)
    with mail_server.mail_server(settings) as server:
        settings.EMAIL_BACKEND = f"{BACKENDS}.DiesAfterHandOver"
        with pytest.raises(mail_server.Killed):
            outbox.deliver(mail.pk)
        assert state_of(mail)[0] == State.DATA

        settings.EMAIL_BACKEND = "sso_portal.shared.smtp.EmailBackend"
        with later(minutes=4):
            assert outbox.sweep() == {"uncertain": 1, "requeued": 0, "delivered": 0}
        with later(days=3):
            assert outbox.sweep() == {"uncertain": 0, "requeued": 0, "delivered": 0}

    assert state_of(mail) == (State.UNCERTAIN, Reason.INTERRUPTED)
    assert len(server.received) == 1


def test_a_slow_worker_that_comes_back_with_an_answer_settles_the_doubt(reader, interrupted):
    mail = put(reader)

    def sweep_long_after():
        with later(minutes=4):
            assert outbox.sweep()["uncertain"] == 1

    interrupted("sending", sweep_long_after)
    outbox.deliver(mail.pk)

    assert state_of(mail) == (State.SENT, "")


def test_a_slow_worker_whose_mail_another_took_sends_nothing(reader, interrupted):
    mail = put(reader)

    def another_takes_it():
        interrupted("opening", lambda: None)
        with later(minutes=4):
            assert outbox.sweep()["delivered"] == 1

    interrupted("opening", another_takes_it)
    outbox.deliver(mail.pk)

    assert state_of(mail) == (State.SENT, "")
    assert len(mail_server.Interrupted.sent) == 1


def test_a_sweep_stops_beginning_when_its_time_is_up(reader, monkeypatch):
    put(reader)
    put(reader)
    monkeypatch.setattr(outbox, "ROUND", -1)

    assert outbox.sweep()["delivered"] == 0


# Two at once


def at_once(number, action):
    answers, start = [], Barrier(number)

    def run():
        start.wait()
        try:
            answers.append(action())
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_gets_the_mail(settings):
    mail = put(person("karen"))

    with mail_server.mail_server(settings) as server:
        answers = at_once(6, lambda: outbox.deliver(mail.pk))

    assert sorted(answers) == [False] * 5 + [True]
    assert len(server.received) == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
def test_it_is_the_claim_that_keeps_a_mail_from_leaving_twice(settings, monkeypatch, guarded):
    mail = put(person("karen"))
    move, all_have_read = outbox._move, Barrier(4, timeout=10)

    def move_after_all_have_read(mail, state, **changes):
        if state == State.CLAIMED:
            all_have_read.wait()
        if guarded:
            return move(mail, state, **changes)
        return bool(OutgoingMail.objects.filter(pk=mail.pk).update(state=state, **changes))

    def deliver():
        with suppress(IntegrityError):  # unguarded, one may write over the other's state
            outbox.deliver(mail.pk)

    monkeypatch.setattr(outbox, "_move", move_after_all_have_read)
    with mail_server.mail_server(settings) as server:
        at_once(4, deliver)

    assert (len(server.received) == 1) == guarded


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_share_the_work(settings):
    karen = person("karen")
    for _ in range(10):
        put(karen)

    with mail_server.mail_server(settings) as server:
        answers = at_once(2, outbox.sweep)

    assert sum(answer["delivered"] for answer in answers) == 10
    assert len({received["Message-ID"] for received in server.received}) == 10
    assert len(server.received) == 10


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_run_started_on_two_machines_writes_one_mail():
    karen = person("karen")

    written = at_once(4, lambda: put(karen, dedup_key="2026-Q1").pk)

    assert len(written) == 4
    assert len(set(written)) == 1


# Sending again


def test_only_what_certainly_did_not_leave_is_sent_again(reader, settings):
    failed, uncertain, sent = put(reader), put(reader), put(reader)
    ended = OutgoingMail.objects.filter
    ended(pk=failed.pk).update(state=State.FAILED, reason=Reason.REFUSED)
    ended(pk=uncertain.pk).update(state=State.UNCERTAIN, reason=Reason.INTERRUPTED)
    ended(pk=sent.pk).update(state=State.SENT, sent_at=clock.now())

    assert outbox.send_again(OutgoingMail.objects.all()) == [failed]
    outbox.sweep()

    assert [state_of(mail)[0] for mail in (failed, uncertain, sent)] == [
        State.SENT,
        State.UNCERTAIN,
        State.SENT,
    ]
    assert len(django_mail.outbox) == 1


def test_who_had_no_address_may_have_got_one(db):
    nis = person("nis", email="")
    mail = put(nis)
    outbox.deliver(mail.pk)
    nis.email = "nis@example.dk"
    nis.save()

    outbox.send_again(OutgoingMail.objects.all())
    outbox.deliver(mail.pk)

    assert state_of(mail) == (State.SENT, "")
    assert mail.address == "nis@example.dk"


def test_nothing_about_a_forgotten_person_is_left_in_the_mails(reader):
    mine, another = put(reader, html="<p>Hej</p>"), put(person("ole"))
    OutgoingMail.objects.update(reply="550 karen@example.dk unknown")

    outbox.forget(reader)

    mine.refresh_from_db()
    assert (mine.address, mine.subject, mine.text, mine.html, mine.reply) == ("", "–", "–", "", "")
    another.refresh_from_db()
    assert (another.address, another.text) == ("ole@example.dk", "Hej")


# What must hold whatever the code does


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("mail_state_is_known", {"state": "lost"}),
        ("mail_says_something", {"subject": ""}),
        ("mail_says_something", {"text": ""}),
        ("mail_in_a_workers_hands_says_since_when", {"state": "data"}),
        ("mail_says_when_it_was_sent_and_only_then", {"state": "sent"}),
        ("mail_says_when_it_was_sent_and_only_then", {"sent_at": "now"}),
        ("mail_that_was_not_sent_says_why", {"state": "failed"}),
    ],
)
def test_the_database_refuses_a_row_that_makes_no_sense(reader, sentence, facts):
    mail = put(reader)
    if "sent_at" in facts:
        facts = {"sent_at": clock.now()}

    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(**facts)
