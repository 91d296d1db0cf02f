"""The organisation: opened with an administrator, described, its clocks, logo, urgent contacts, services and parent."""

from __future__ import annotations

import datetime as dt
import struct
import zlib

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from safety_partners.core import clock
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Event, StoredFile
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import system_viewer
from safety_partners.people import commands, queries
from safety_partners.people.models import Membership, Organisation, Parentage, Role, Service, UrgentContact
from tests.factories.people import make_member, make_organisation, make_service, viewer_of
from tests.people.conftest import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_member(make_organisation("Meadowbank"), Role.ADMINISTRATOR)


@pytest.fixture
def lead(admin):
    return make_member(admin.organisation, Role.LEAD)


def png(size: int = 0) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    padding = chunk(b"tEXt", b"x" * size) if size else b""
    body = chunk(b"IHDR", head) + padding + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\0" * 50 + b"\xff\xd9"
WEBP = b"RIFF" + struct.pack("<I", 32) + b"WEBPVP8 " + struct.pack("<I", 20) + b"\0" * 20


def upload(client, content: bytes, name: str = "logo.png", **more):
    return client.post(reverse("people:organisation-logo"), {"logo": SimpleUploadedFile(name, content), **more})


# Opening


def open_one(name="Meadowbank Care", **more) -> Organisation:
    given = {"administrator_name": "Nadia Rahman", "administrator_email": "Nadia@Example.org", **more}
    return commands.open_organisation(system_viewer(None), name=name, **given)


def test_an_organisation_is_opened_with_an_administrator_who_can_sign_in(client):
    organisation = open_one()
    assert organisation.slug == "meadowbank-care"
    nadia = Membership.objects.get(organisation=organisation)
    sign_in(client, nadia)
    assert client.get(reverse("people:organisation")).status_code == 200
    assert Event.objects.get().organisation_id == organisation.pk


def test_only_the_installation_opens_organisations(admin):
    with pytest.raises(Refused):
        commands.open_organisation(viewer_of(admin), name="X", administrator_name="Y", administrator_email="y@example.org")


def test_a_short_name_is_taken_once_and_made_for_any_script():
    open_one()
    with pytest.raises(NotPossible):
        open_one()
    assert open_one(name="健康").slug.startswith("org-")


def test_an_organisation_is_opened_from_the_command_line(client, capsys):
    call_command("open_organisation", "Meadowbank Care", "Nadia", "Nadia@Example.org", "--short-name", "meadow")
    assert "Nadia can sign in now" in capsys.readouterr().out
    assert Organisation.objects.get().slug == "meadow"
    sign_in(client, Membership.objects.get())
    for wrong in (["X", "Y", "nowhere"], ["X", "Y", "y@example.org", "--short-name", "meadow"]):
        with pytest.raises(CommandError):
            call_command("open_organisation", *wrong)


# Name and look


def test_describing_the_organisation(client, lead):
    sign_in(client, lead)
    page = reverse("people:organisation-details")
    given = {"name": " Meadow  Bank ", "colour": "teal", "about": "We\n\ncare", "contact_name": "Grace", "contact_email": "g@example.org"}
    assert client.post(page, {**given, "contact_phone": "01632 960 200"}).url == reverse("people:organisation")
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.colour, organisation.about) == ("Meadow Bank", "teal", "We\n\ncare")
    shown = client.get(reverse("people:organisation")).content.decode()
    assert "app-colour-teal" in shown
    assert "Grace<br>g@example.org<br>01632 960 200" in shown
    for bad in ({"name": ""}, {"colour": "pink"}, {"contact_email": "x"}, {"contact_phone": "x"}):
        assert client.post(page, {**given, **bad}).status_code == 422


# The logo


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [(png(), "a.png", "image/png"), (JPEG, "a.JPG", "image/jpeg"), (WEBP, "a.webp", "image/webp")],
    ids=["png", "jpeg", "webp"],
)
def test_a_logo_is_shown_to_anybody_and_kept_by_browsers(client, new_browser, lead, content, name, kind):
    sign_in(client, lead)
    address = reverse("people:logo", args=[lead.organisation.slug])
    assert new_browser().get(address).status_code == 404
    assert upload(client, content, name).url == reverse("people:organisation")
    assert address in client.get(reverse("people:organisation")).content.decode()
    answer = new_browser().get(address)
    assert answer.content == content
    assert (answer["Content-Type"], answer["Cache-Control"]) == (kind, "public, max-age=3600")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies
    again = new_browser().get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", "must be a PNG, JPEG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.png", "must be a PNG, JPEG or WebP"),
        (b"<html><script>alert(1)</script></html>", "a.png", "must be a PNG, JPEG or WebP"),
        (b"GIF89a" + b"\0" * 30, "a.png", "must be a PNG, JPEG or WebP"),
        (b"\0", "a.png", "must be a PNG, JPEG or WebP"),
        (b"", "a.png", "empty"),
        (png(60 * 1024), "a.png", "must be smaller than 50 kB"),
    ],
    ids=["svg", "svg as png", "html as png", "gif as png", "a byte", "nothing", "too large"],
)
def test_what_is_no_picture_is_refused_whatever_its_name(client, lead, content, name, words):
    sign_in(client, lead)
    answer = upload(client, content, name)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_another_logo_replaces_the_first_and_can_be_taken_away(client, lead):
    sign_in(client, lead)
    upload(client, png())
    upload(client, JPEG, "b.jpg")
    assert StoredFile.objects.get().content_type == "image/jpeg"
    assert client.post(reverse("people:organisation-logo"), {"remove": "yes"}).url == reverse("people:organisation")
    assert not StoredFile.objects.exists()
    assert Organisation.objects.get().logo_id is None
    assert client.get(reverse("people:logo", args=[lead.organisation.slug])).status_code == 404
    assert storages["private"].exists(str(lead.organisation_id))


# The clocks


def test_the_clocks_stand_in_order(client, admin, lead):
    sign_in(client, lead)
    page = reverse("people:clocks")
    assert client.post(page, {"acknowledge_days": "1", "own_days": "3", "answer_days": "10"}).url == reverse("people:organisation")
    assert Event.objects.get(verb="people.set_clocks").details == {"acknowledge_days": 1, "own_days": 3, "answer_days": 10}
    for bad, words in [
        ({"acknowledge_days": "4"}, "The days to find an owner cannot be fewer than the days to say we have it"),
        ({"own_days": "11"}, "The days to answer cannot be fewer than the days to find an owner"),
        ({"acknowledge_days": "0"}, "must be 1 or more"),
        ({"answer_days": "251"}, "must be 250 or less"),
        ({"answer_days": "x"}, "must be a whole number"),
    ]:
        answer = client.post(page, {"acknowledge_days": "1", "own_days": "3", "answer_days": "10", **bad})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    for wrong in ({"acknowledge_days": 6, "own_days": 5, "answer_days": 20}, {"acknowledge_days": 2, "own_days": 5, "answer_days": 4}):
        with pytest.raises(NotPossible):
            commands.set_clocks(viewer_of(admin), admin.organisation, **wrong)


# When something cannot wait


@pytest.mark.parametrize("channel", UrgentContact.Channel)
def test_one_place_to_go_for_each_kind(client, lead, channel):
    sign_in(client, lead)
    page = reverse("people:urgent-contact", args=[channel.value.replace(" ", "-")])
    assert client.get(page).status_code == 200
    given = {"name": "The team", "phone": "999", "email": "", "address": "", "note": "Day and night"}
    assert client.post(page, given).url == reverse("people:organisation")
    assert client.post(page, {**given, "phone": "", "address": "https://help.example/"}).status_code == 302
    assert UrgentContact.objects.get().address == "https://help.example/"
    shown = client.get(reverse("people:organisation")).content.decode()
    assert "The team<br>https://help.example/<br>Day and night" in shown
    assert client.post(page, {"remove": "yes"}).status_code == 302
    assert not UrgentContact.objects.exists()


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"phone": ""}, "Enter a phone number, an email address or a web address"),
        ({"phone": "", "address": "javascript:alert(1)"}, "Enter a web address that begins with https://"),
        ({"phone": "", "email": "nowhere"}, "Enter an email address in the correct format"),
        ({"name": ""}, "Enter who or what this is"),
    ],
)
def test_a_place_to_go_can_be_reached(client, lead, bad, words):
    sign_in(client, lead)
    page = reverse("people:urgent-contact", args=["risk-now"])
    answer = client.post(page, {"name": "999", "phone": "999", "email": "", "address": "", "note": "", **bad})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        UrgentContact.objects.create(organisation=lead.organisation, channel="risk now", name="Nobody")


def test_another_kind_is_not_found(client, lead):
    sign_in(client, lead)
    assert client.get(reverse("people:urgent-contact", args=["other"])).status_code == 404


# Services


def test_services_are_added_renamed_closed_and_opened_again(client, lead):
    sign_in(client, lead)
    assert client.post(reverse("people:add-service"), {"name": " Frailty  team "}).url == reverse("people:organisation")
    service = Service.objects.get()
    assert service.name == "Frailty team"
    page = reverse("people:service", args=[service.code])
    assert client.post(reverse("people:add-service"), {"name": "frailty team"}).status_code == 422
    client.post(page, {"name": "Frailty"})
    client.post(page, {"close": "yes"})
    service.refresh_from_db()
    assert (service.name, service.is_open) == ("Frailty", False)
    assert "Open the service again" in client.get(page).content.decode()
    client.post(page, {"reopen": "yes"})
    service.refresh_from_db()
    assert service.is_open
    verbs = ["add_service", "change_service", "close_service", "reopen_service"]
    assert list(Event.objects.filter(about_kind="people.service").values_list("verb", flat=True)) == [f"people.{verb}" for verb in verbs]


# The parent


def test_an_organisation_belongs_to_another_since_a_day(client, admin):
    board, trust = make_organisation("Humber Board"), make_organisation("Trust")
    sign_in(client, admin)
    page = reverse("people:parent")

    def say(parent, day, month="3", year="2024"):
        return client.post(page, {"parent": parent, "from_on_day": day, "from_on_month": month, "from_on_year": year})

    assert say("humber board", "1").url == reverse("people:organisation")
    assert say(trust.code.lower(), "1", "4", "2025").url == reverse("people:organisation")
    earlier, now = Parentage.objects.order_by("from_on")
    assert (earlier.parent, earlier.until_on) == (board, dt.date(2025, 3, 31))
    assert (now.parent, now.until_on) == (trust, None)
    shown = client.get(reverse("people:organisation")).content.decode()
    assert "1 March 2024 to 31 March 2025" in shown
    assert "from 1 April 2025" in shown
    for parent, words in [
        ("Nowhere", "We found no organisation"),
        ("Trust", "belongs to Trust already"),
        ("Meadowbank", "so it cannot be above it"),
        ("Humber Board", "enter a later day"),
    ]:
        answer = say(parent, "1", "1", "2025")
        assert answer.status_code == 422, parent
        assert words in answer.content.decode()
    assert client.post(reverse("people:end-parent")).url == reverse("people:organisation")
    now.refresh_from_db()
    assert now.until_on == clock.today()
    assert client.post(reverse("people:end-parent")).status_code == 409


def test_two_of_one_name_are_told_apart_by_their_codes(admin):
    make_organisation("Surgery")
    one = make_organisation("Surgery")
    assert queries.organisation_called("surgery") is None
    assert queries.organisation_called(f" {one.code} ") == one


# Who may


def test_others_and_strangers_change_nothing(admin):
    stranger = make_member(None, Role.ADMINISTRATOR)
    staff = make_member(admin.organisation, *[role for role in Role if role not in {Role.LEAD, Role.ADMINISTRATOR}])
    ours, service = admin.organisation, make_service(admin.organisation)
    clocks = {"acknowledge_days": 1, "own_days": 1, "answer_days": 1}
    for viewer in (viewer_of(stranger), viewer_of(staff)):
        for run in (
            lambda viewer: commands.set_clocks(viewer, ours, **clocks),
            lambda viewer: commands.remove_logo(viewer, ours),
            lambda viewer: commands.add_service(viewer, ours, name="X"),
            lambda viewer: commands.close_service(viewer, service),
            lambda viewer: commands.remove_urgent_contact(viewer, ours, channel="risk now"),
            lambda viewer: commands.set_parent(viewer, ours, parent=stranger.organisation, from_on=dt.date(2026, 1, 1)),
        ):
            with pytest.raises(Refused):
                run(viewer)


def test_the_lead_does_not_change_the_parent(lead):
    with pytest.raises(Refused):
        commands.end_parent(viewer_of(lead), lead.organisation)
