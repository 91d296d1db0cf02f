"""Bringing in a register: what each row would do, taken whole, never twice, undone whole, and out again as it came in."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from safety_partners.core import history
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import system_viewer
from safety_partners.partners.commands.importing import drop_import, forget_old_imports, read_register, take_import, undo_import
from safety_partners.partners.models import Import, ImportRow, Need, Partner, Term
from safety_partners.partners.tables import TableRefused, read_table
from safety_partners.people.models import Membership, Role, User
from tests.factories.people import make_member, make_organisation, viewer_of

pytestmark = pytest.mark.django_db
HEAD = "Code,Name,Email,Phone,Postal address,Status,Appointed on,Term starts on,Term ends on,Left on,Named contact,Notes\n"


@pytest.fixture
def lead():
    return viewer_of(make_member(make_organisation(), Role.LEAD, name="Lena Lead"))


def read(lead, *lines: str, head: str = HEAD) -> Import:
    return read_register(lead, table=read_table((head + "\n".join(lines)).encode(), "register.csv"))


def does(batch: Import) -> list[str]:
    return [row.does for row in batch.rows.order_by("number")]


def wrong(batch: Import) -> str:
    return " ".join(error for row in batch.rows.order_by("number") for error in row.errors)


def of(lead):
    return Partner.objects.filter(organisation_id=lead.organisation_id).order_by("membership__user__name_key")


def taken(lead, *lines: str) -> Import:
    return take_import(lead, read(lead, *lines))


def test_reading_changes_nothing_and_says_what_each_row_does(lead):
    batch = read(lead, ",Ann Ash,ann@example.org,,,active,1/2/2026,,,,,", ",,bob@example.org,,,,,,,,,")
    assert does(batch) == ["adds", "wrong"]
    assert "every row needs a name" in wrong(batch)
    assert batch.left_out == ["Notes"]
    assert not of(lead).exists()


def test_taking_in_adds_partners_with_their_term_and_what_is_needed(lead):
    contact = make_member(lead.organisation, Role.STAFF, name="Cara Contact")
    taken(lead, f",Ann Ash,Ann@Example.org,01904 555 0100,,active,1/2/2026,1/2/2026,31/1/2028,,{contact.user.email},")
    partner = of(lead).get()
    assert (partner.name, partner.status, partner.contact) == ("Ann Ash", "active", contact)
    assert partner.membership.user.email == "ann@example.org"
    assert partner.started_on.isoformat() == "2026-02-01"
    assert Term.objects.get(partner=partner).ends_on.isoformat() == "2028-01-31"
    assert [grant.role for grant in partner.membership.grants.all()] == [Role.PARTNER]
    assert not Message.objects.exists()


def test_everybody_taken_in_has_it_in_their_history(lead):
    taken(lead, ",Ann Ash,ann@example.org,,,,,,,,,")
    assert [event.verb for event in history.timeline(of(lead).get())] == ["partners.take_import"]


def test_somebody_who_left_comes_in_as_left(lead):
    taken(lead, ",Ann Ash,,,,left,1/2/2020,,,1/2/2024,,")
    partner = of(lead).get()
    assert partner.ended_on == partner.membership.ended_on
    assert partner.ended_on.isoformat() == "2024-02-01"
    assert not Need.objects.filter(partner=partner).exists()


def test_adding_the_same_file_again_updates_instead_of_doubling(lead):
    line = ",Ann Ash,ann@example.org,01904 555 0100,,active,1/2/2026,,,,,"
    taken(lead, line)
    assert does(read(lead, line)) == ["nothing"]
    batch = taken(lead, ",ANN ASH,ann@example.org,01904 555 0199,,active,1/2/2026,,,,,")
    assert does(batch) == ["updates"]
    assert of(lead).get().membership.phone == "01904 555 0199"
    assert of(lead).get().name == "ANN ASH"


def test_an_empty_cell_takes_nothing_away(lead):
    taken(lead, ",Ann Ash,ann@example.org,01904 555 0100,,,,,,,,")
    assert does(read(lead, ",Ann Ash,,,,,,,,,,")) == ["nothing"]


def test_a_name_with_accents_is_found_however_they_are_written(lead):
    taken(lead, ",Zoë Ågren,zoe@example.org,,,,,,,,,")
    assert does(read(lead, ",Zoe\u0308 A\u030agren,zoe@example.org,,,,,,,,,")) == ["nothing"]
    assert does(read(lead, ",zoe agren,zoe@example.org,,,,,,,,,")) == ["updates"]


def test_somebody_else_of_the_same_name_is_not_taken_for_them(lead):
    taken(lead, ",Ann Ash,ann@example.org,,,,,,,,,")
    batch = read(lead, ",Ann Ash,other@example.org,,,,,,,,,")
    assert does(batch) == ["wrong"]
    assert of(lead).get().code in wrong(batch)
    assert "“new”" in wrong(batch)
    assert does(read(lead, "new,Ann Ash,other@example.org,,,,,,,,,")) == ["adds"]
    code = of(lead).get().code.lower().replace("-", " ")
    assert does(read(lead, f"{code},Ann Ash,other@example.org,,,,,,,,,")) == ["updates"]


def test_two_of_one_name_need_their_codes(lead):
    taken(lead, ",Ann Ash,ann@example.org,,,,,,,,,", "new,Ann Ash,,01904 555 0100,,,,,,,,")
    assert "2 partners with this name" in wrong(read(lead, ",Ann Ash,,,,paused,,,,,,"))


def test_two_rows_about_one_person_are_wrong(lead):
    batch = read(lead, ",Ann Ash,ann@example.org,,,,,,,,,", ",ann ash,ann@example.org,,,,,,,,,")
    assert does(batch) == ["adds", "wrong"]
    assert "Row 2 is about the same person" in wrong(batch)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",Ann Ash,ann at home,,,,,,,,,", "not an email address"),
        (",Ann Ash,,ring me,,,,,,,,", "not a phone number"),
        (",Ann Ash,ann@example.org,,,busy,,,,,,", "none of: joining, active, paused, left"),
        (",Ann Ash,ann@example.org,,,,2/30/2026,,,,,", "American"),
        (",Ann Ash,ann@example.org,,,left,,,,,,", "when this person left"),
        (",Ann Ash,ann@example.org,,,active,,,,1/1/2026,,", "has not left"),
        (",Ann Ash,ann@example.org,,,,,1/1/2026,,,,", "both days of the term"),
        (",Ann Ash,ann@example.org,,,,,1/1/2026,1/1/2025,,,", "before it starts"),
        (",Ann Ash,ann@example.org,,,,,,,,nobody@example.org,", "nobody who works here"),
        (",Ann Ash,,,,,,,,,,", "can be told things"),
        ("PSP-22222222,Ann Ash,ann@example.org,,,,,,,,,", "nobody on the register"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_plain_words(lead, line, words):
    batch = read(lead, line)
    assert does(batch) == ["wrong"]
    assert words in wrong(batch)


def test_a_way_of_being_told_that_leads_nowhere_is_wrong(lead):
    batch = read(lead, "Ann Ash,ann@example.org,letter", head="Name,Email,Told by\n")
    assert "no postal address" in wrong(batch)


def test_a_file_does_not_change_where_somebody_stands(lead):
    taken(lead, ",Ann Ash,ann@example.org,,,active,,,,,,")
    batch = read(lead, ",Ann Ash,ann@example.org,,,paused,,,,,,")
    assert does(batch) == ["nothing"]
    assert "A file cannot make it “Paused”" in batch.rows.get().notes[0]


def test_headings_without_a_name_are_refused(lead):
    with pytest.raises(TableRefused, match="no column called “Name”"):
        read(lead, "ann@example.org", head="Email\n")
    with pytest.raises(TableRefused, match="twice"):
        read(lead, "Ann,Ann", head="Name,Full name\n")


def test_taking_in_is_refused_when_the_register_changed_meanwhile(lead):
    line = ",Ann Ash,ann@example.org,,,,,,,,,"
    one, other = read(lead, line), read(lead, line)
    take_import(lead, one)
    with pytest.raises(NotPossible, match="has changed since"):
        take_import(lead, other)
    assert of(lead).count() == 1
    with pytest.raises(Overtaken):
        Import.lifecycle.move(one, "take")


def test_nothing_is_half_imported(lead, monkeypatch):
    batch = read(lead, ",Ann Ash,ann@example.org,,,,,,,,,", ",Bob Birch,bob@example.org,,,,,,,,,")

    def break_at_the_end(*_args, **_more):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr("safety_partners.partners.commands.importing.history.write_all", break_at_the_end)
    with pytest.raises(RuntimeError):
        take_import(lead, batch)
    batch.refresh_from_db()
    assert batch.status == Import.Status.PREVIEW
    assert not of(lead).exists()


def test_taking_in_many_costs_as_many_statements_as_taking_in_few(lead, django_assert_max_num_queries):
    batch = read(lead, *(f"new,Ann Ash,,01904 5550{row:03},,active,,1/2/2026,1/2/2028,,," for row in range(60)))
    with django_assert_max_num_queries(45):
        take_import(lead, batch)
    assert of(lead).count() == 60
    assert len(set(of(lead).values_list("membership__user__username", flat=True))) == 60


def test_undoing_takes_back_what_was_added_and_changed(lead):
    taken(lead, ",Ann Ash,ann@example.org,01904 555 0100,,,,1/1/2026,1/1/2028,,,")
    people = User.objects.count()
    batch = taken(lead, ",Ann Ash,ann@example.org,01904 555 0199,,,,1/2/2026,1/2/2028,,,", ",Bob Birch,bob@example.org,,,,,,,,,")
    undo_import(lead, batch)
    partner = of(lead).get()
    assert partner.membership.phone == "01904 555 0100"
    assert Term.objects.get(partner=partner).starts_on.isoformat() == "2026-01-01"
    assert User.objects.count() == people
    assert Membership.objects.filter(grants__role=Role.PARTNER).count() == 1


def test_undoing_is_refused_whole_when_somebody_was_worked_with_since(lead):
    batch = taken(lead, ",Ann Ash,ann@example.org,,,,,,,,,", ",Bob Birch,bob@example.org,,,,,,,,,")
    ann = of(lead).first()
    history.write(lead, "partners.start_partner", ann, {}, lead.organisation_id)
    with pytest.raises(NotPossible, match=ann.code):
        undo_import(lead, batch)
    assert of(lead).count() == 2


def test_undoing_is_refused_when_a_changed_value_was_changed_again(lead):
    taken(lead, ",Ann Ash,ann@example.org,01904 555 0100,,,,,,,,")
    batch = taken(lead, ",Ann Ash,ann@example.org,01904 555 0199,,,,,,,,")
    Membership.objects.filter(partner=of(lead).get()).update(phone="01904 555 0111")
    with pytest.raises(NotPossible, match="changed since"):
        undo_import(lead, batch)


def test_throwing_a_file_away_deletes_its_rows(lead):
    batch = drop_import(lead, read(lead, ",Ann Ash,ann@example.org,,,,,,,,,"))
    assert not batch.rows.exists()


def test_old_rows_are_forgotten(lead):
    batch = taken(lead, ",Ann Ash,ann@example.org,,,,,,,,,")
    Import.objects.filter(pk=batch.pk).update(made_at=batch.made_at - dt.timedelta(days=91))
    forget_old_imports(system_viewer(lead.organisation_id), lead.organisation)
    assert not ImportRow.objects.exists()
    assert of(lead).exists()


def test_only_the_lead_brings_in_a_register(lead):
    staff = viewer_of(make_member(lead.organisation, Role.STAFF))
    other = viewer_of(make_member(make_organisation(), Role.LEAD))
    batch = read(lead, ",Ann Ash,ann@example.org,,,,,,,,,")
    with pytest.raises(Refused):
        read(staff, ",Ann Ash,ann@example.org,,,,,,,,,")
    for viewer in (staff, other):
        for command in (take_import, drop_import):
            with pytest.raises(Refused):
                command(viewer, batch)
    assert not Import.objects.visible_to(other).exists()
    assert not ImportRow.objects.visible_to(other).exists()


def test_the_register_goes_out_as_it_comes_in(lead, client):
    taken(
        lead, ",Zoë Ågren,zoe@example.org,07700900123,,active,1/2/2026,1/2/2026,1/2/2028,,,", ",=cmd|' /C calc'!A0,a@example.org,,,,,,,,,"
    )
    member = Membership.objects.get(pk=lead.membership_id)
    client.force_login(member.user)
    answer = client.get(reverse("partners:register", args=["csv"]))
    assert answer.status_code == 200
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Name"] for row in rows] == ["'=cmd|' /C calc'!A0", "Zoë Ågren"]
    assert rows[1]["Phone"] == "'07700900123"
    for kind in ("csv", "xlsx"):
        content = client.get(reverse("partners:register", args=[kind])).content
        assert does(read_register(lead, table=read_table(content, f"r.{kind}"))) == ["nothing", "nothing"]
