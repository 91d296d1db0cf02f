"""Pages of the person who speaks, and of staff who write down what somebody said."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client

from safety_partners.core.models import Event, Message
from safety_partners.core.seals import seal
from safety_partners.insights import commands
from safety_partners.insights.models import Insight, PassingOn, Verdict
from safety_partners.people.models import Membership, Role, UrgentContact
from tests.factories import insights as make
from tests.factories.people import make_member, make_service, viewer_of
from tests.insights.cast import make_cast

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


def browser_of(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def words_of(response) -> str:
    html = response.content.decode()
    plain = re.sub(r"<[^>]+>", " ", html[html.index("<main") :])
    for entity, sign in (("&#39;", "'"), ("&#34;", '"'), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(entity, sign)
    return re.sub(r"\s+", " ", plain)


def hidden_of(response) -> dict[str, str]:
    """What the form of a page carries without asking."""
    html = response.content.decode()
    return dict(re.findall(r'<input type="hidden" name="(submission_key|version|answer|goes_to_lead)" value="([^"]*)"', html))


def send(member: Membership, path: str, *, client: Client | None = None, **answers):
    """Open a page, and send its form with these answers."""
    client = client or browser_of(member)
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    return client.post(path, {**hidden_of(page), **answers})


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
    send(
        cast.partner, "/insights/new/", **{**WRITE, "source": "heard", "about_label": "Letters", "service": service.pk, "visibility": "programme", "naming": "name"}
    )  # fmt: skip
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
    form = {**WRITE, **hidden_of(client.get("/insights/new/"))}
    for _one in range(2):
        assert client.post("/insights/new/", form).status_code == 302
    assert Insight.objects.count() == 1


def test_going_back_and_sending_other_words_keeps_the_other_words(cast):
    client = browser_of(cast.partner)
    form = {**WRITE, **hidden_of(client.get("/insights/new/"))}
    client.post("/insights/new/", form)
    client.post("/insights/new/", {**form, "words": "Better words", "visibility": "lead"})
    draft = Insight.objects.get()
    assert (draft.words, draft.visibility) == ("Better words", "lead")


def test_going_back_after_sharing_loses_no_words(cast):
    client = browser_of(cast.partner)
    form = {**WRITE, **hidden_of(client.get("/insights/new/"))}
    client.post("/insights/new/", form)
    commands.share_insight(viewer_of(cast.partner), Insight.objects.get())
    response = client.post("/insights/new/", {**form, "words": "Other words"})
    assert response.status_code == 422
    assert "already shared" in words_of(response)
    assert "Other words" in words_of(response)
    assert Insight.objects.get().words == make.WORDS


def test_a_draft_thrown_away_meanwhile_can_be_sent_again(cast):
    client = browser_of(cast.partner)
    form = {**WRITE, **hidden_of(client.get("/insights/new/"))}
    client.post("/insights/new/", form)
    commands.delete_draft(viewer_of(cast.partner), Insight.objects.get())
    again = client.post("/insights/new/", form)
    assert again.status_code == 422
    assert make.WORDS.split("\n")[1] in words_of(again)
    client.post("/insights/new/", {**form, **hidden_of(again)})
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
    form = {**WRITE, **hidden_of(client.get(f"/insights/{draft.code}/edit/"))}
    commands.edit_draft(viewer_of(cast.partner), draft, words="Of the other window")
    response = client.post(f"/insights/{draft.code}/edit/", {**form, "words": "Of this window"})
    assert response.status_code == 422
    page = words_of(response)
    assert "changed in another window" in page
    assert "Of the other window" in page
    assert "Of this window" in page
    client.post(f"/insights/{draft.code}/edit/", {**form, **hidden_of(response), "words": "Of this window"})
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
    form = hidden_of(client.get(f"/insights/{draft.code}/check/"))
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
    form = hidden_of(client.get(f"/insights/{draft.code}/check/"))
    commands.edit_draft(viewer_of(cast.partner), draft, words="Changed in another window")
    response = client.post(f"/insights/{draft.code}/check/", {**form, "pass_on_to": ["complaints"]})
    assert response.status_code == 422
    assert "Changed in another window" in words_of(response)
    assert 'value="complaints" checked' in response.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"
    client.post(f"/insights/{draft.code}/check/", {**form, **hidden_of(response)})
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
    client.post(f"/insights/{draft.code}/check/", {**hidden_of(response), "is_read_back": "on"})
    draft.refresh_from_db()
    assert (draft.status, draft.is_read_back) == ("shared", True)


def test_a_tick_does_not_read_back_words_that_changed_meanwhile(cast):
    _response, draft = record(cast, is_read_back="no")
    client = browser_of(cast.owner)
    form = hidden_of(client.get(f"/insights/{draft.code}/check/"))
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
    form = {**RECORD, "speaker": cast.partner.pk, **hidden_of(client.get("/insights/record/"))}
    client.post("/insights/record/", form)
    client.post("/insights/record/", {**form, "speaker": friend.pk})
    assert [draft.speaker for draft in Insight.objects.order_by("id")] == [cast.partner, friend]


# After sharing


def test_withdrawing_explains_and_takes_the_words_away(cast):
    insight = make.make_insight(cast.partner)
    page = words_of(browser_of(cast.partner).get(f"/insights/{insight.code}/withdraw/"))
    assert "What goes" in page
    assert "What stays" in page
    assert "This cannot be undone." in page
    client = browser_of(cast.partner)
    form = hidden_of(client.get(f"/insights/{insight.code}/withdraw/"))
    for _one in range(2):
        assert client.post(f"/insights/{insight.code}/withdraw/", form).url == f"/insights/{insight.code}/"
    insight.refresh_from_db()
    assert (insight.status, insight.words) == ("withdrawn", "")
    assert client.post(f"/insights/{insight.code}/withdraw/").status_code == 302
    assert client.get(f"/insights/{insight.code}/withdraw/").status_code == 409
    assert Event.objects.filter(verb="insights.withdraw").count() == 1


def test_the_lead_withdraws_only_what_the_person_asked_them_to(cast):
    insight = make.make_insight(cast.partner)
    response = send(cast.lead, f"/insights/{insight.code}/withdraw/")
    assert response.status_code == 422
    assert "only if the person asked you" in words_of(response)
    assert send(cast.lead, f"/insights/{insight.code}/withdraw/", was_asked="on").status_code == 302


@pytest.mark.parametrize("page", ["withdraw", "who-may-see", "pass-on", "verdict"])
def test_nobody_else_opens_the_speaker_s_pages(cast, page):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner, visibility="programme").insight
    friend = make_member(cast.organisation, Role.PARTNER)
    for member in (cast.owner, cast.colleague, friend):
        client = browser_of(member)
        assert client.get(f"/insights/{insight.code}/{page}/").status_code == 403
        assert client.post(f"/insights/{insight.code}/{page}/").status_code == 403
    if page in {"who-may-see", "pass-on"}:
        assert browser_of(cast.lead).get(f"/insights/{insight.code}/{page}/").status_code == 403


def test_a_withdrawn_insight_has_no_such_pages(cast):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
    commands.withdraw(viewer_of(cast.partner), insight)
    for page in ("withdraw", "who-may-see", "pass-on", "verdict"):
        assert browser_of(cast.partner).get(f"/insights/{insight.code}/{page}/").status_code == 409


def test_the_person_lets_more_people_see_their_words(cast):
    insight = make.make_insight(cast.partner, visibility="lead")
    assert send(cast.partner, f"/insights/{insight.code}/who-may-see/", visibility="programme").status_code == 302
    assert browser_of(cast.colleague).get(f"/insights/{insight.code}/").status_code == 200


def test_words_that_somebody_must_answer_cannot_be_hidden_from_them(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    response = send(cast.partner, f"/insights/{insight.code}/who-may-see/", visibility="lead")
    assert response.status_code == 422
    assert "they need to see it" in words_of(response)
    assert 'id="id_visibility-error"' in response.content.decode()


def test_words_are_passed_on_once_to_each_place(cast):
    insight = make.make_insight(cast.partner)
    path = f"/insights/{insight.code}/pass-on/"
    assert send(cast.partner, path, channel="complaints").status_code == 302
    page = browser_of(cast.partner).get(path).content.decode()
    assert 'value="complaints"' not in page
    assert 'value="safeguarding"' in page
    assert 'value="risk now"' not in page
    assert browser_of(cast.partner).post(path, {"channel": "complaints"}).status_code == 302
    assert PassingOn.objects.count() == 1
    for channel in ("safeguarding", "events", "speak up"):
        send(cast.partner, path, channel=channel)
    assert "There is nowhere left" in words_of(browser_of(cast.partner).get(path))


# The verdict


def answered(cast) -> Insight:
    return make.make_answered(cast.partner, cast.lead, cast.owner).insight


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"answer": "yes"}, "settled"),
        ({"answer": "part", "words": "Some of it."}, "in part"),
        ({"answer": "no", "words": "  Not\nat all "}, "sent back"),
        ({"answer": "no", "goes_to_lead": "on"}, "with the lead"),
        ({"answer": "yes", "goes_to_lead": "on"}, "settled"),
    ],
)
def test_the_person_says_if_it_answers_them(cast, answers, status):
    insight = answered(cast)
    path = f"/insights/{insight.code}/verdict/"
    page = words_of(browser_of(cast.partner).get(path))
    assert "We will put the number on every letter." in page
    assert "You do not have to." in page
    assert send(cast.partner, path, **answers).url == f"/insights/{insight.code}/"
    insight.refresh_from_db()
    assert insight.status == status
    assert Verdict.objects.get().words == answers.get("words", "")


def test_the_same_verdict_twice_is_one(cast):
    insight = answered(cast)
    client = browser_of(cast.partner)
    path = f"/insights/{insight.code}/verdict/"
    for answers in ({"answer": "no", "goes_to_lead": "on"},):
        form = {**hidden_of(client.get(path)), **answers}
        for _one in range(2):
            assert client.post(path, form).status_code == 302
    assert Verdict.objects.count() == 1


def test_a_verdict_on_an_older_answer_keeps_the_words_and_shows_the_new_answer(cast):
    insight = answered(cast)
    speaker, owner = viewer_of(cast.partner), viewer_of(cast.owner)
    commands.give_verdict(speaker, insight, answer="part")
    client = browser_of(cast.partner)
    path = f"/insights/{insight.code}/verdict/"
    form = {**hidden_of(client.get(path)), "answer": "no", "words": "You left out the evenings."}
    commands.respond(owner, insight, outcome="will", text="In the evenings too.")
    response = client.post(path, form)
    assert response.status_code == 422
    page = words_of(response)
    assert "In the evenings too." in page
    assert "You left out the evenings." in page
    assert client.post(path, {**form, **hidden_of(response)}).status_code == 302
    assert Verdict.objects.order_by("-id").first().words == "You left out the evenings."


def test_something_must_be_chosen(cast):
    insight = answered(cast)
    response = send(cast.partner, f"/insights/{insight.code}/verdict/", words="I typed this")
    assert response.status_code == 422
    assert "Say if this answers you" in words_of(response)
    assert "I typed this" in words_of(response)


def test_an_answer_in_part_offers_yes_and_no(cast):
    insight = answered(cast)
    commands.give_verdict(viewer_of(cast.partner), insight, answer="part")
    page = browser_of(cast.partner).get(f"/insights/{insight.code}/verdict/").content.decode()
    assert re.findall(r'name="answer" type="radio" value="(\w+)"', page) == ["yes", "no"]


def test_what_was_settled_can_be_sent_back_when_it_no_longer_answers(cast):
    insight = answered(cast)
    commands.give_verdict(viewer_of(cast.partner), insight, answer="yes")
    path = f"/insights/{insight.code}/verdict/"
    assert "If it no longer does" in words_of(browser_of(cast.partner).get(path))
    assert send(cast.partner, path, words="The letters are the old ones again.").status_code == 302
    insight.refresh_from_db()
    assert insight.status == "sent back"


def test_what_was_sent_back_can_go_up_to_the_lead(cast):
    insight = answered(cast)
    commands.give_verdict(viewer_of(cast.partner), insight, answer="no")
    path = f"/insights/{insight.code}/verdict/"
    assert "ask the partner lead to look at it" in words_of(browser_of(cast.partner).get(path))
    send(cast.partner, path)
    insight.refresh_from_db()
    assert insight.status == "with the lead"
    assert browser_of(cast.partner).get(path).status_code == 409


def test_there_is_nothing_to_judge_before_an_answer(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    response = browser_of(cast.partner).get(f"/insights/{insight.code}/verdict/")
    assert response.status_code == 409
    assert "There is no answer to judge" in words_of(response)


def test_the_lead_writes_down_what_the_person_said(cast):
    insight = answered(cast)
    path = f"/insights/{insight.code}/verdict/"
    response = send(cast.lead, path, answer="part", capture="phone", words="It is a start, love.")
    assert response.status_code == 422
    assert 'id="id_is_read_back-error"' in response.content.decode()
    assert "It is a start, love." in words_of(response)
    assert send(cast.lead, path, answer="part", capture="phone", words="It is a start, love.", is_read_back="on").status_code == 302
    verdict = Verdict.objects.get()
    assert (verdict.recorded_by, verdict.capture, verdict.is_read_back) == (cast.lead, "phone", True)
    page = words_of(browser_of(cast.partner).get(f"/insights/{insight.code}/"))
    assert "Recorded from a phone call. Written down by Grace Bell." in page
