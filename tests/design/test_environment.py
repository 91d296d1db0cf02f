"""The environment is strict and escaped, and its filters say things as people read them."""

import datetime as dt

import jinja2
import pytest
from django.http import HttpResponse
from django.urls import NoReverseMatch, path
from django.utils import translation

from safety_partners.design import dates
from safety_partners.design.environment import environment, paragraphs, sentence
from safety_partners.design.rendering import current_environment, macro

urlpatterns = [path("places/<str:code>/", lambda request, code: HttpResponse(code), name="place")]


def render(source, **context):
    return current_environment().from_string(source).render(**context)


def test_an_unknown_name_is_an_error_even_where_the_settings_ask_for_less():
    with pytest.raises(jinja2.UndefinedError):
        environment(undefined=jinja2.Undefined, autoescape=False).from_string("{{ nobody }}").render()


def test_words_are_escaped():
    assert render("{{ words }}", words="<b>&") == "&lt;b&gt;&amp;"


def test_plain_text_templates_are_not_escaped():
    env = environment(loader=jinja2.DictLoader({"letter.txt": "{{ words }}", "page.jinja": "{{ words }}"}))
    assert env.get_template("letter.txt").render(words="Tom & Ann") == "Tom & Ann"
    assert env.get_template("page.jinja").render(words="Tom & Ann") == "Tom &amp; Ann"


def test_macros_are_escaped_too():
    assert "<script>" not in macro("design/components.jinja", "button")("<script>alert(1)</script>", label='"><script>')


def test_words_can_be_translated():
    assert render('{{ _("Hello %(name)s", name=name) }}', name="<Ann>") == "Hello &lt;Ann&gt;"
    assert render("{% trans n=n %}One{% pluralize %}{{ n }} of them{% endtrans %}", n=3) == "3 of them"


def test_url_and_static(settings):
    settings.ROOT_URLCONF = __name__
    assert render('{{ static("design/app.css") }}').endswith("design/app.css")
    with pytest.raises(NoReverseMatch, match="nowhere"):
        render('{{ url("nowhere") }}')
    assert render('{{ url("place", code="A&B") }}') == "/places/A&amp;B/"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One <b>\ntwo", "<p>One &lt;b&gt;<br>two</p>"),
        ("One\r\n\r\nTwo\r\rThree", "<p>One</p>\n<p>Two</p>\n<p>Three</p>"),
        ("\n\n  \n", ""),
        (None, ""),
    ],
)
def test_paragraphs(text, html):
    assert paragraphs(text) == html


def test_attributes():
    html = render("{{ values|attrs }}", values={"a": 'x"<', "b": True, "c": False, "d": None})
    assert html == ' a="x&#34;&lt;" b'


def test_plural_and_thousands_and_sentence():
    assert render('{{ 1|plural("%(n)s comment", "%(n)s comments") }}') == "1 comment"
    assert render('{{ 1200|plural("%(n)s comment", "%(n)s comments") }}') == "1,200 comments"
    assert render("{{ 1234567|thousands }}") == "1,234,567"
    assert [sentence(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


SUMMER = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
WINTER = dt.datetime(2026, 1, 3, 14, 5, tzinfo=dt.UTC)


def test_days_and_times_are_those_of_london():
    assert dates.day(SUMMER) == "1 July 2026"
    assert dates.moment(SUMMER) == "1 July 2026 at 12:30am"
    assert dates.moment(WINTER) == "3 January 2026 at 2:05pm"
    assert dates.weekday(dt.date(2026, 3, 3)) == "Tuesday 3 March 2026"
    assert dates.month(WINTER) == "January 2026"
    assert dates.machine(WINTER) == "2026-01-03T14:05+00:00"
    assert dates.machine(dt.date(2026, 3, 3)) == "2026-03-03"


@pytest.mark.parametrize(
    ("time", "words"),
    [((0, 0), "midnight"), ((0, 5), "12:05am"), ((9, 0), "9am"), ((12, 0), "midday"), ((12, 1), "12:01pm"), ((23, 59), "11:59pm")],
)
def test_clock(time, words):
    assert dates.clock(dt.time(*time)) == words


def test_periods_and_nothing():
    first, last = dt.date(2026, 3, 3), dt.date(2028, 3, 2)
    assert dates.period(first, last) == "3 March 2026 to 2 March 2028"
    assert dates.period(first, None) == "from 3 March 2026"
    assert dates.period(None, last) == "until 2 March 2028"
    assert {f(None) for f in (dates.day, dates.weekday, dates.month, dates.clock, dates.moment, dates.machine)} == {""}
    assert dates.period(None, None) == ""


def test_months_follow_the_language():
    with translation.override("cy"):
        assert dates.day(dt.date(2026, 3, 3)) == "3 Mawrth 2026"
        assert "data-i18n.words-under-limit.other" in macro("design/components.jinja", "character_count")("Words", "words", max_words=5)
    assert "data-i18n" not in macro("design/components.jinja", "character_count")("Words", "words", max_words=5)
