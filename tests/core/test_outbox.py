"""Messages: written with what they tell, sent once, and honest about what nobody can know."""

from __future__ import annotations

import datetime as dt
import smtplib
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from safety_partners.core import outbox
from safety_partners.core.models import Message
from safety_partners.core.tasks import deliver_messages, tidy
from tests.core.conftest import at_once
from tests.core.mail import ListingBackend, MailServer

Status = Message.Status


@pytest.fixture
def templates(tmp_path, settings):
    """A folder for the words of test messages."""
    folder = tmp_path / "templates" / "core" / "emails"
    folder.mkdir(parents=True)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path / "templates")]}, *settings.TEMPLATES[1:]]
    return folder


@pytest.fixture
def mail_server(settings):
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, False, 5
    yield server
    server.stop()


def somebody(**fields):
    return SimpleNamespace(
        **{
            "pk": 7,
            "organisation_id": 1,
            "name": "Siân O'Brien & Co <i>",
            "told_by": "email",
            "rhythm": "now",
            "language": "en-gb",
            "address_for": lambda channel: "sian@example.org" if channel == "email" else "1 High Street",
            **fields,
        }
    )


def make_message(address="ann@example.org", **fields) -> Message:
    given = {"template": "core/test", "to_name": "Ann", "channel": "email", "subject": "s", "text": "t"} | fields
    return Message.objects.create(organisation_id=1, to_address=address, **given)


def statuses():
    return list(Message.objects.order_by("id").values_list("status", flat=True))


def the_message():
    return Message.objects.get()


@pytest.mark.django_db
class TestPut:
    def test_the_first_line_is_the_subject_and_words_stay_as_they_are(self, templates):
        (templates / "hello.txt").write_text("Hello {{ to.name }}\n\nIt's about {{ thing }} & more.\n{{ site }}\n")
        message = outbox.put("core/hello", to=somebody(), thing="<b>tea</b>")
        assert message.subject == "Hello Siân O'Brien & Co <i>"
        assert message.text == "It's about <b>tea</b> & more.\nhttp://127.0.0.1:8000\n"
        assert (message.to_address, message.channel, message.status) == ("sian@example.org", "email", Status.QUEUED)

    def test_a_name_cannot_add_a_header_or_overflow_the_subject(self, templates):
        (templates / "hello.txt").write_text("Hello {{ to.name|replace('|', '\\r') }} {{ 'x' * 500 }}\nText\n")
        message = outbox.put("core/hello", to=somebody(name="Ann|Bcc: all@example.org"))
        assert message.subject.startswith("Hello Ann Bcc: all@example.org xxx")
        assert len(message.subject) == 200

    def test_each_person_is_told_as_they_chose_and_letters_wait_for_a_hand(self, templates):
        (templates / "hello.txt").write_text("Hello\nText\n")
        letter = outbox.put("core/hello", to=somebody(told_by="letter"))
        assert (letter.channel, letter.to_address) == ("letter", "1 High Street")
        assert outbox.deliver() == 0
        assert list(Message.objects.by_hand()) == [letter]

    def test_words_are_in_the_language_of_the_person(self, templates):
        (templates / "hello.txt").write_text("{{ get_language() }}\nText\n")
        assert outbox.put("core/hello", to=somebody(language="cy")).subject == "cy"
        assert outbox.put("core/hello", to=somebody(language="")).subject == "en-gb"

    def test_a_message_is_written_or_taken_back_with_what_it_tells(self, templates):
        (templates / "hello.txt").write_text("Hello\nText\n")
        with transaction.atomic():
            outbox.put("core/hello", to=somebody())
            transaction.set_rollback(True)
        assert not Message.objects.exists()


@pytest.mark.django_db
class TestDeliver:
    def test_a_waiting_message_is_sent_once(self, settings):
        message = make_message()
        assert deliver_messages() == 1
        assert deliver_messages() == 0
        assert len(mail.outbox) == 1
        assert mail.outbox[0].to == ["ann@example.org"]
        assert mail.outbox[0].extra_headers["Message-ID"] == f"<{message.code}@127.0.0.1>"
        sent = the_message()
        assert (sent.status, sent.lease_until, sent.trouble) == (Status.SENT, None, "")
        assert sent.finished_at is not None

    def test_a_message_waits_for_its_time(self):
        make_message(not_before=timezone.now() + dt.timedelta(minutes=1))
        assert outbox.deliver() == 0

    def test_the_limit_holds_and_the_oldest_go_first(self):
        for number in range(5):
            make_message(f"p{number}@example.org")
        assert outbox.deliver(limit=2) == 2
        assert [email.to for email in mail.outbox] == [["p0@example.org"], ["p1@example.org"]]

    def test_a_round_ends_before_its_task_would_be_stopped(self, settings, monkeypatch):
        assert outbox.ROUND.total_seconds() + 6 * settings.EMAIL_TIMEOUT < settings.Q_CLUSTER["timeout"]
        monkeypatch.setattr(outbox, "ROUND", dt.timedelta(seconds=-1))
        make_message()
        assert outbox.deliver() == 0
        assert statuses() == [Status.QUEUED]

    def test_a_lease_lasts_longer_than_any_one_sending(self, settings):
        assert outbox.LEASE.total_seconds() > 6 * settings.EMAIL_TIMEOUT

    def test_a_message_without_an_address_is_shown_as_failed_not_as_sent(self):
        make_message("")
        assert outbox.deliver() == 0
        assert statuses() == [Status.FAILED]
        assert not mail.outbox

    def test_what_somebody_else_took_in_the_meantime_is_left_to_them(self, monkeypatch):
        message = make_message()
        seen = Message.objects.get()
        Message.lifecycle.move(message, "claim", lease_until=timezone.now())
        Message.lifecycle.move(message, "release", lease_until=None, not_before=timezone.now() + dt.timedelta(hours=1))
        assert outbox._send(seen, mail.get_connection()) is False
        assert not mail.outbox
        assert the_message().status == Status.QUEUED

    def test_a_lease_and_a_hand_belong_together_in_the_database(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_message(status=Status.SENDING)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_message(lease_until=timezone.now())


@pytest.mark.django_db
class TestRecover:
    @pytest.mark.parametrize(("status", "then"), [(Status.CLAIMED, Status.QUEUED), (Status.SENDING, Status.IN_DOUBT)])
    def test_a_row_whose_worker_died_waits_again_or_is_in_doubt(self, status, then):
        make_message(status=status, lease_until=timezone.now() - dt.timedelta(seconds=1))
        assert outbox.recover() == 1
        assert (the_message().status, the_message().lease_until) == (then, None)

    @pytest.mark.parametrize("status", [Status.CLAIMED, Status.SENDING])
    def test_a_row_in_living_hands_is_left_alone(self, status):
        make_message(status=status, lease_until=timezone.now() + dt.timedelta(seconds=30))
        assert outbox.recover() == 0
        assert statuses() == [status]

    def test_a_message_in_doubt_is_never_sent_again_by_itself(self):
        make_message(status=Status.SENDING, lease_until=timezone.now() - dt.timedelta(seconds=1))
        for _ in range(3):
            assert outbox.deliver() == 0
        assert statuses() == [Status.IN_DOUBT]
        assert "while it was sending" in the_message().trouble

    def test_a_sending_that_outlasts_its_lease_is_settled_when_it_comes_back(self, monkeypatch):
        def slow(email):
            Message.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
            outbox.recover()

        monkeypatch.setattr(outbox, "_hand_over", slow)
        make_message()
        assert outbox.deliver() == 1
        assert statuses() == [Status.SENT]


@pytest.mark.django_db
class TestMailServer:
    def test_a_round_uses_one_connection(self, mail_server):
        for number in range(3):
            make_message(f"p{number}@example.org")
        assert outbox.deliver() == 3
        assert mail_server.connections == 1
        assert [email["To"] for email in mail_server.taken] == [f"p{number}@example.org" for number in range(3)]

    @pytest.mark.parametrize(
        ("address", "status", "trouble"),
        [
            ("unknown@example.org", Status.FAILED, "SMTPRecipientsRefused"),
            ("spam@example.org", Status.FAILED, "SMTPDataError"),
            ("busy@example.org", Status.QUEUED, "SMTPRecipientsRefused"),
            ("tired@example.org", Status.QUEUED, "SMTPRecipientsRefused"),
            ("cut@example.org", Status.IN_DOUBT, "SMTPServerDisconnected"),
            ("cut-early@example.org", Status.IN_DOUBT, "SMTPServerDisconnected"),
            ("two\nlines@example.org", Status.FAILED, "ValueError"),
        ],
    )
    def test_every_answer_of_the_server_has_its_place_and_the_next_message_goes(self, mail_server, address, status, trouble):
        make_message(address)
        make_message("ann@example.org")
        assert outbox.deliver() == 1
        assert statuses() == [status, Status.SENT]
        assert Message.objects.earliest("id").trouble == trouble

    def test_trouble_never_holds_the_words_or_the_address(self, mail_server):
        make_message("unknown@example.org")
        outbox.deliver()
        assert "unknown" not in the_message().trouble

    def test_a_refusal_for_now_is_tried_again_later_and_later_for_four_days(self, mail_server):
        make_message("busy@example.org")
        waits = []
        for _ in range(outbox.ATTEMPTS):
            now = timezone.now()
            Message.objects.update(not_before=now)
            outbox.deliver()
            waits.append((the_message().not_before - now).total_seconds() // 60)
        assert waits[:4] == [2, 4, 8, 16]
        assert max(waits) == 240
        assert 4 <= sum(waits) / 60 / 24 < 5
        assert statuses() == [Status.FAILED]
        assert the_message().attempts == outbox.ATTEMPTS

    def test_a_server_that_cannot_be_reached_costs_no_message_an_attempt(self, mail_server, caplog):
        mail_server.stop()
        for _ in range(3):
            make_message()
        assert outbox.deliver() == 0
        assert statuses() == [Status.QUEUED] * 3
        assert set(Message.objects.values_list("attempts", flat=True)) == {0}
        assert "ConnectionRefusedError" in caplog.text
        assert len(caplog.records) == 1

    def test_a_wrong_password_for_the_server_leaves_messages_waiting(self, mail_server, monkeypatch, caplog):
        def refuse(self):
            raise smtplib.SMTPAuthenticationError(535, b"no")

        monkeypatch.setattr("django.core.mail.backends.smtp.EmailBackend.open", refuse)
        make_message()
        assert outbox.deliver() == 0
        assert statuses() == [Status.QUEUED]


@pytest.mark.django_db
def test_old_messages_are_forgotten_those_in_doubt_too():
    long_ago = timezone.now() - dt.timedelta(days=366)
    make_message(status=Status.SENT, finished_at=long_ago)
    make_message(status=Status.IN_DOUBT, made_at=long_ago)
    kept = [make_message(status=Status.SENT, finished_at=timezone.now(), made_at=long_ago), make_message(made_at=long_ago)]
    tidy()
    assert list(Message.objects.order_by("id")) == kept


def test_several_workers_at_once_send_each_message_once(racing_db, settings):
    settings.EMAIL_BACKEND = "tests.core.mail.ListingBackend"
    ListingBackend.sent.clear()
    for number in range(40):
        make_message(f"p{number}@example.org")
    assert sum(at_once(*[outbox.deliver] * 4)) == 40
    assert len(set(ListingBackend.sent)) == len(ListingBackend.sent) == 40
    assert set(statuses()) == {Status.SENT}
