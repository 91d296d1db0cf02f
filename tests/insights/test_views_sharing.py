"""Pages of the person who speaks, and of staff who write down what somebody said."""

from __future__ import annotations

import re
import uuid

import pytest

from safety_partners.core.models import Event, Message
from safety_partners.core.seals import seal
from safety_partners.insights import commands
from safety_partners.insights.models import Insight, PassingOn
from safety_partners.people.models import Role, UrgentContact
from tests.factories import insights as make
from tests.factories.people import make_member, make_service, viewer_of
from tests.insights.cast import make_cast
from tests.insights.pages import browser_of, hidden_of, send, words_of

pytestmark = pytest.mark.django_db

EXACT = [
    "  Two spaces first.",
    "\n\nTwo lines first, and a trailing space ",
    "\tTabs\tbetween\twords",
    "Quotes “ ” ' \" & < > </textarea> <script>alert(1)</script>",
    "Emoji 💚 👩‍👩‍👧 👍🏽 and e\u0301",
    "日本語 العربية עברית हिन्दी ไทย Cymraeg ŵŷ",
    "x" * 5000,
    "many words " * 5000,
]


@pytest.fixture
def cast():
    found = make_cast()
    for channel in UrgentContact.Channel:
        UrgentContact.objects.create(organisation=found.organisation, channel=channel, name=f"Desk of {channel}", phone="01904 555 0100")
    return found


WRITE = {"words": make.WORDS, "kind": "concern", "visibility": "answerers", "naming": "role", "step": "check"}
RECORD = {**WRITE, "capture": "phone", "is_read_back": "yes"}


# Writing


@pytest.mark.parametrize("words", EXACT)
def test_words_are_kept_exactly(cast, words):
    response = send(cast.partner, "/insights/new/", **{**WRITE, "words": words.replace("\n", "\r\n")})
    draft = Insight.objects.get()
    assert draft.words == words
    assert response.url == f"/insights/{draft.code}/check/"
    page = browser_of(cast.partner).get(f"/insights/{draft.code}/edit/").content.decode()
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;").replace('"', "&#34;")
    assert f"\n{escaped}</textarea>" in page


def test_writing_takes_every_choice(cast):
    service = make_service(cast.organisation, "Physiotherapy")
    chosen = {"source": "heard", "about_label": "Letters", "service": service.pk, "visibility": "programme", "naming": "name"}
    send(cast.partner, "/insights/new/", **{**WRITE, **chosen})
    draft = Insight.objects.get()
    assert (draft.source, draft.about_label, draft.service, draft.visibility, draft.naming) == (
        "heard",
        "Letters",
        service,
        "programme",
        "name",
    )


def test_nothing_but_words_and_a_kind_is_needed_and_who_said_nothing_is_kept_as_nothing(cast):
    send(cast.partner, "/insights/new/", **{**WRITE, "source": "unsaid"})
    draft = Insight.objects.get()
    assert (draft.source, draft.about_label, draft.service, draft.visibility, draft.naming) == ("", "", None, "answerers", "role")


def test_the_page_asks_for_nothing_painful_and_says_that_it_is_not_watched(cast):
    page = words_of(browser_of(cast.partner).get("/insights/new/"))
    for part in (
        "You do not have to tell us about anything painful.", "This is not watched all the time", "call 999", "Desk of risk now",
        "Those who may see your words also see your name.", "people may guess who you are, even without your name",
    ):  # fmt: skip
        assert part in page
    assert not re.search(r"harm", page, re.IGNORECASE)


def test_a_draft_needs_only_words(cast):
    response = send(cast.partner, "/insights/new/", words="Half a thought", step="draft", visibility="answerers", naming="role")
    assert response.url == "/insights/mine/"
    draft = Insight.objects.get()
    assert (draft.status, draft.kind) == ("draft", "")
    client = browser_of(cast.partner)
    assert client.get(f"/insights/{draft.code}/check/").url == f"/insights/{draft.code}/edit/"
    assert client.get(f"/insights/{draft.code}/").status_code == 200
    assert client.get("/insights/mine/").status_code == 200


def test_what_is_missing_is_said_and_what_was_typed_stays(cast):
    response = send(cast.partner, "/insights/new/", words="My words stay", visibility="answerers", naming="role", step="check")
    assert response.status_code == 422
    page = words_of(response)
    assert "Choose what it is most like" in page
    assert "My words stay" in page
    assert not Insight.objects.exists()
    assert "Write something first" in words_of(send(cast.partner, "/insights/new/", **{**WRITE, "words": " \n "}))


def test_a_whole_book_is_refused_kindly_and_given_back(cast):
    response = send(cast.partner, "/insights/new/", **{**WRITE, "words": "x" * 100_001})
    assert response.status_code == 422
    assert "too long to send at once" in words_of(response)
    assert "x" * 100_001 in response.content.decode()


def test_the_same_form_twice_makes_one_draft(cast):
    client = browser_of(cast.partner)
    form = {**WRITE, **hidden_of(client.get("/insights/new/").content.decode())}
    for _one in range(2):
        assert client.post("/insights/new/", form).status_code == 302
    assert Insight.objects.count() == 1


def test_going_back_and_sending_other_words_keeps_the_other_words(cast):
    client = browser_of(cast.partner)
    form = {**WRITE, **hidden_of(client.get("/insights/new/").content.decode())}
    client.post("/insights/new/", form)
    client.post("/insights/new/", {**form, "words": "Better words", "visibility": "lead"})
    draft = Insight.objects.get()
    assert (draft.words, draft.visibility) == ("Better words", "lead")


def test_going_back_after_sharing_loses_no_words(cast):
    client = browser_of(cast.partner)
    form = {**WRITE, **hidden_of(client.get("/insights/new/").content.decode())}
    client.post("/insights/new/", form)
    commands.share_insight(viewer_of(cast.partner), Insight.objects.get())
    response = client.post("/insights/new/", {**form, "words": "Other words"})
    assert response.status_code == 422
    assert "already shared" in words_of(response)
    assert "Other words" in words_of(response)
    assert Insight.objects.get().words == make.WORDS


def test_a_draft_thrown_away_meanwhile_can_be_sent_again(cast):
    client = browser_of(cast.partner)
    form = {**WRITE, **hidden_of(client.get("/insights/new/").content.decode())}
    client.post("/insights/new/", form)
    commands.delete_draft(viewer_of(cast.partner), Insight.objects.get())
    again = client.post("/insights/new/", form)
    assert again.status_code == 422
    assert make.WORDS.split("\n")[1] in words_of(again)
    client.post("/insights/new/", {**form, **hidden_of(again.content.decode())})
    assert Insight.objects.get().words == make.WORDS


def test_only_partners_write_and_only_staff_record(cast):
    assert browser_of(cast.owner).get("/insights/new/").status_code == 403
    assert browser_of(cast.owner).post("/insights/new/", WRITE).status_code == 403
    assert browser_of(cast.partner).get("/insights/record/").status_code == 403
    assert browser_of(make_member(cast.organisation, Role.BOARD)).get("/insights/record/").status_code == 403
    assert not Insight.objects.exists()


# Going on with a draft


def test_a_draft_goes_on_where_it_stopped(cast):
    draft = make.make_draft(cast.partner, source="own")
    response = send(cast.partner, f"/insights/{draft.code}/edit/", **{**WRITE, "words": "More words", "source": "heard"})
    assert response.url == f"/insights/{draft.code}/check/"
    draft.refresh_from_db()
    assert (draft.words, draft.source) == ("More words", "heard")


def test_two_windows_on_one_draft_lose_nothing(cast):
    draft = make.make_draft(cast.partner)
    client = browser_of(cast.partner)
    form = {**WRITE, **hidden_of(client.get(f"/insights/{draft.code}/edit/").content.decode())}
    commands.edit_draft(viewer_of(cast.partner), draft, words="Of the other window")
    response = client.post(f"/insights/{draft.code}/edit/", {**form, "words": "Of this window"})
    assert response.status_code == 422
    page = words_of(response)
    assert "changed in another window" in page
    assert "Of the other window" in page
    assert "Of this window" in page
    client.post(f"/insights/{draft.code}/edit/", {**form, **hidden_of(response.content.decode()), "words": "Of this window"})
    draft.refresh_from_db()
    assert draft.words == "Of this window"


def test_what_was_shared_cannot_be_edited_and_the_words_typed_are_given_back(cast):
    insight = make.make_insight(cast.partner)
    response = browser_of(cast.partner).post(f"/insights/{insight.code}/edit/", {**WRITE, "words": "Changed my mind", "version": 0})
    assert response.status_code == 409
    assert "Changed my mind" in words_of(response)
    insight.refresh_from_db()
    assert insight.words == make.WORDS


def test_what_was_begun_beside_a_document_goes_on_there(cast):
    draft = make.make_draft(cast.partner, kind="comment", about_label="Paragraph 2", about_path="/documents/x/")
    client = browser_of(cast.partner)
    for page in ("edit", "delete"):
        assert client.get(f"/insights/{draft.code}/{page}/").url == "/documents/x/"
    for method in (client.get, client.post):
        assert method(f"/insights/{draft.code}/check/").url == f"/insights/{draft.code}/edit/"
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_draft_is_deleted_after_one_question(cast):
    draft = make.make_draft(cast.partner)
    page = browser_of(cast.partner).get(f"/insights/{draft.code}/delete/")
    assert "after five" in words_of(page)
    assert Insight.objects.exists()
    assert send(cast.partner, f"/insights/{draft.code}/delete/").url == "/insights/mine/"
    assert not Insight.objects.exists()
    shared = make.make_insight(cast.partner)
    assert browser_of(cast.partner).post(f"/insights/{shared.code}/delete/").status_code == 409
    assert Insight.objects.exists()


# The last look, and sharing


def test_the_last_look_shows_words_choices_and_where_to_go_if_it_cannot_wait(cast):
    draft = make.make_draft(cast.partner, words="  Exactly this\n\nand that", about_label="Letters")
    response = browser_of(cast.partner).get(f"/insights/{draft.code}/check/")
    assert "  Exactly this\n\nand that" in response.content.decode()
    page = words_of(response)
    for part in (
        "A concern",
        "Letters",
        "As “a Patient Safety Partner”",
        "This is not watched all the time",
        "anyone can check that not one letter",
    ):
        assert part in page
    for channel in UrgentContact.Channel:
        assert f"Desk of {channel}" in page
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_sharing_seals_and_passes_on_what_was_ticked(cast):
    draft = make.make_draft(cast.partner)
    response = send(cast.partner, f"/insights/{draft.code}/check/", pass_on_to=["complaints", "speak up"])
    assert response.url == f"/insights/{draft.code}/"
    draft.refresh_from_db()
    assert (draft.status, draft.checksum) == ("shared", seal(make.WORDS))
    assert {one.channel for one in PassingOn.objects.all()} == {"complaints", "speak up"}


def test_a_risk_now_cannot_be_left_for_us_to_pass_on(cast):
    draft = make.make_draft(cast.partner)
    response = send(cast.partner, f"/insights/{draft.code}/check/", pass_on_to=["risk now"])
    assert response.status_code == 422
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_sharing_twice_shares_once(cast):
    draft = make.make_draft(cast.partner)
    client = browser_of(cast.partner)
    form = hidden_of(client.get(f"/insights/{draft.code}/check/").content.decode())
    for _one in range(2):
        assert client.post(f"/insights/{draft.code}/check/", {**form, "pass_on_to": ["complaints"]}).url == f"/insights/{draft.code}/"
    another_window = {**form, "submission_key": str(uuid.uuid4())}
    assert client.post(f"/insights/{draft.code}/check/", another_window).url == f"/insights/{draft.code}/"
    assert client.get(f"/insights/{draft.code}/check/").url == f"/insights/{draft.code}/"
    assert Event.objects.filter(verb="insights.share_insight").count() == 1
    assert Message.objects.filter(template="insights/shared").count() == 1
    assert PassingOn.objects.count() == 1


def test_words_that_changed_since_the_last_look_are_looked_at_again(cast):
    draft = make.make_draft(cast.partner)
    client = browser_of(cast.partner)
    form = hidden_of(client.get(f"/insights/{draft.code}/check/").content.decode())
    commands.edit_draft(viewer_of(cast.partner), draft, words="Changed in another window")
    response = client.post(f"/insights/{draft.code}/check/", {**form, "pass_on_to": ["complaints"]})
    assert response.status_code == 422
    assert "Changed in another window" in words_of(response)
    assert 'value="complaints" checked' in response.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"
    client.post(f"/insights/{draft.code}/check/", {**form, **hidden_of(response.content.decode())})
    draft.refresh_from_db()
    assert draft.checksum == seal("Changed in another window")


# Recording


def record(cast, **changes):
    response = send(cast.owner, "/insights/record/", **{**RECORD, "speaker": cast.partner.pk, **changes})
    return response, Insight.objects.order_by("-id").first()


def test_staff_write_down_what_a_partner_said_and_share_it(cast):
    response, draft = record(cast)
    assert response.url == f"/insights/{draft.code}/check/"
    assert (draft.speaker, draft.recorded_by, draft.capture, draft.is_read_back) == (cast.partner, cast.owner, "phone", True)
    send(cast.owner, f"/insights/{draft.code}/check/", is_read_back="on")
    draft.refresh_from_db()
    assert draft.status == "shared"
    page = words_of(browser_of(cast.partner).get(f"/insights/{draft.code}/"))
    assert "Written down by Ben Okafor. The words were read back to the person." in page


@pytest.mark.parametrize("capture", ["phone", "meeting"])
def test_words_that_were_not_read_back_cannot_be_shared(cast, capture):
    _response, draft = record(cast, capture=capture, is_read_back="no")
    response = send(cast.owner, f"/insights/{draft.code}/check/")
    assert response.status_code == 422
    assert 'id="id_is_read_back-error"' in response.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"
    client = browser_of(cast.owner)
    client.post(f"/insights/{draft.code}/check/", {**hidden_of(response.content.decode()), "is_read_back": "on"})
    draft.refresh_from_db()
    assert (draft.status, draft.is_read_back) == ("shared", True)


def test_a_tick_does_not_read_back_words_that_changed_meanwhile(cast):
    _response, draft = record(cast, is_read_back="no")
    client = browser_of(cast.owner)
    form = hidden_of(client.get(f"/insights/{draft.code}/check/").content.decode())
    commands.edit_draft(viewer_of(cast.owner), draft, words="Other words")
    client.post(f"/insights/{draft.code}/check/", {**form, "is_read_back": "on"})
    draft.refresh_from_db()
    assert (draft.status, draft.is_read_back) == ("draft", False)


def test_a_letter_need_not_be_read_back(cast):
    _response, draft = record(cast, capture="letter", is_read_back="no")
    response = send(cast.owner, f"/insights/{draft.code}/check/")
    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.status == "shared"


def test_changed_words_must_be_read_back_again(cast):
    _response, draft = record(cast)
    page = browser_of(cast.owner).get(f"/insights/{draft.code}/edit/").content.decode()
    assert not re.search(r'name="is_read_back"[^>]*checked', page)
    send(cast.owner, f"/insights/{draft.code}/edit/", **{**RECORD, "words": "Corrected", "is_read_back": "no"})
    draft.refresh_from_db()
    assert (draft.words, draft.is_read_back) == ("Corrected", False)


def test_recording_needs_a_partner_of_here_and_how_it_came(cast):
    other = make_cast()
    for changes in (
        {"speaker": other.partner.pk},
        {"speaker": cast.colleague.pk},
        {"speaker": ""},
        {"capture": "typed"},
        {"is_read_back": ""},
    ):
        response, made = record(cast, **changes)
        assert response.status_code == 422, changes
        assert made is None


def test_a_recording_kept_for_later_waits_on_the_page(cast):
    response, draft = record(cast, step="draft", is_read_back="", kind="")
    assert response.url == "/insights/record/"
    page = words_of(browser_of(cast.owner).get("/insights/record/"))
    assert "Not shared yet" in page
    assert "Nobody told me who to ring" in page
    assert "Not shared yet" not in words_of(browser_of(cast.colleague).get("/insights/record/"))
    assert draft.status == "draft"


def test_going_back_to_choose_another_person_never_puts_words_in_the_wrong_mouth(cast):
    friend = make_member(cast.organisation, Role.PARTNER, name="Tom Whitaker")
    client = browser_of(cast.owner)
    form = {**RECORD, "speaker": cast.partner.pk, **hidden_of(client.get("/insights/record/").content.decode())}
    client.post("/insights/record/", form)
    client.post("/insights/record/", {**form, "speaker": friend.pk})
    assert [draft.speaker for draft in Insight.objects.order_by("id")] == [cast.partner, friend]
