"""Lists: the rows of every page in their order, two queries at most, and nothing that breaks on a strange address."""

import base64
import contextlib
import datetime as dt
import decimal
import uuid

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models.functions import Length
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safety_partners.design.lists import BooleanFilter, ChoiceFilter, Column, DateRangeFilter, ListPage, Order, Sort
from safety_partners.design.lists.filters import read_day
from safety_partners.design.lists.keyset import read_token, write_token
from safety_partners.design.lists.listing import capped_count
from safety_partners.design.rendering import macro


def kinds(*, size=3, fields=("id", "app_label", "model")):
    return ListPage(
        fields=fields,
        columns=[Column("app_label", "App", sort="app"), Column("model", "Model", sort="model"), Column("id", "No", kind="number")],
        sorts=[
            Sort("app", "App, A to Z", ["app_label", "id"], reverse_label="App, Z to A"),
            Sort("model", "Model", ["-model", "-id"]),
            Sort("mixed", "Mixed", ["-app_label", "id"], reverse_label="Mixed, the other way"),
            Sort("three", "Three", ["app_label", "-model", "id"], reverse_label="Three, the other way"),
            Sort("hidden", "Hidden", ["app_label", "id"], reverse_label="Hidden, the other way", is_private=True),
        ],
        filters=[
            ChoiceFilter("app", "App", field="app_label", choices=lambda: [("zza", "A"), ("zzb", "B")]),
            BooleanFilter("odd", "Odd ones", apply=lambda rows, _value: rows.filter(model__endswith="1")),
        ],
        search=lambda rows, words: rows.filter(model__contains=words),
        size=size,
    )


def ours():
    return ContentType.objects.filter(app_label__startswith="zz")


def make(labels):
    ContentType.objects.bulk_create(ContentType(app_label=label, model=f"m{number}") for number, label in enumerate(labels))


def parts(url):
    return QueryDict(url.partition("?")[2])


ORDERS = ["app", "-app", "model", "mixed", "-mixed", "three", "-three", "hidden", "-hidden"]


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    labels=st.lists(st.sampled_from(["zza", "zzb", "zzB", "zzé", "zz "]), max_size=12),
    size=st.integers(1, 5),
    sort=st.sampled_from(ORDERS),
    as_tuples=st.booleans(),
)
def test_every_row_stands_on_one_page_in_both_directions(labels, size, sort, as_tuples):
    ours().delete()
    make(labels)
    page = kinds(size=size, fields=("id",) if as_tuples else ())
    listing = page.show(ours(), {"sort": sort})
    expected = list(ours().order_by(*listing.order.keys).values_list("id", flat=True))
    pages = [listing]
    while pages[-1].next_url:
        assert len(pages) <= len(expected)
        pages.append(page.show(ours(), parts(pages[-1].next_url)))
    assert [row.id for one in pages for row in one.rows] == expected
    assert pages[0].previous_url is None
    back = [pages[-1]]
    while back[-1].previous_url:
        assert len(back) <= len(expected)
        back.append(page.show(ours(), parts(back[-1].previous_url)))
    assert [row.id for one in reversed(back) for row in one.rows] == expected
    assert back[-1].previous_url is None
    assert {one.count for one in pages} == {len(expected)}


@pytest.mark.django_db
def test_a_page_costs_two_queries_and_no_offset(django_assert_num_queries):
    make(["zza"] * 10)
    page = kinds()
    with CaptureQueriesContext(connection) as asked:
        first = page.show(ours(), {"app": "zza", "q": "m", "odd": ""})
        macro("design/list_page.jinja", "list_page")(first)
    assert len(asked) == 2
    assert not any("OFFSET" in one["sql"].upper() for one in asked)
    with django_assert_num_queries(2):
        page.show(ours(), parts(first.next_url))
    with django_assert_num_queries(1):
        kinds(size=50).show(ours(), {})


@pytest.mark.django_db
def test_a_private_order_names_a_row_by_its_number_alone(django_assert_num_queries):
    make(["zzsecret"] * 6)
    page = kinds(size=2)
    shown, hidden = page.show(ours(), {"sort": "app"}), page.show(ours(), {"sort": "hidden"})
    tokens = [base64.urlsafe_b64decode(parts(one.next_url)["after"].split(":")[0] + "==") for one in (shown, hidden)]
    assert [b"zzsecret" in token for token in tokens] == [True, False]
    with django_assert_num_queries(3):
        second = page.show(ours(), parts(hidden.next_url))
    ours().filter(id=hidden.rows[-1].id).delete()
    assert [row.id for row in second.rows] == sorted(ours().values_list("id", flat=True))[1:3]
    again = page.show(ours(), parts(hidden.next_url))
    assert again.problems
    assert again.previous_url is None


@pytest.mark.django_db
def test_the_count_stops(django_assert_num_queries):
    make(["zza"] * 12)
    with django_assert_num_queries(1) as asked:
        assert capped_count(ours(), 10) == 11
    assert "LIMIT 11" in asked[0]["sql"]
    listing = kinds().show(ours(), {})
    assert listing.count_text == "12 results"
    listing.count = 1001
    assert listing.count_text == "More than 1,000 results"
    listing.count = 1
    assert listing.count_text == "1 result"


@pytest.mark.django_db
def test_rows_that_come_and_go_do_not_move_the_page():
    make(["zza"] * 6)
    page = kinds(size=2)
    first = page.show(ours(), {})
    second = page.show(ours(), parts(first.next_url))
    ours().filter(id__in=[row.id for row in first.rows]).delete()
    ours().filter(id=second.rows[0].id).delete()
    third = page.show(ours(), parts(second.next_url))
    assert [row.id for row in third.rows] == list(ours().order_by("id").values_list("id", flat=True))[-2:]
    assert page.show(ours(), parts(third.previous_url)).rows[-1].id == second.rows[1].id


@pytest.mark.django_db
def test_a_page_whose_rows_are_gone_leads_back():
    make(["zza"] * 4)
    page = kinds(size=2)
    first = page.show(ours(), {})
    ours().exclude(id__in=[row.id for row in first.rows]).delete()
    gone = page.show(ours(), parts(first.next_url))
    assert gone.rows == []
    assert gone.previous_url == "?"
    assert "Go to the first page" in macro("design/list_page.jinja", "list_page")(gone)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"app": "nowhere"}, "“App” has no such choice, so we left it out"),
        ({"sort": "size"}, "We do not know this order, so we used the usual one"),
        ({"sort": "-model"}, "We do not know this order, so we used the usual one"),
        ({"after": "rubbish"}, "That page has moved, so we show the first one"),
        ({"before": "rubbish", "after": "x"}, "That page has moved, so we show the first one"),
    ],
)
def test_what_an_address_says_wrongly_is_left_out_and_told(asked, problem):
    make(["zza"] * 4)
    listing = kinds().show(ours(), asked)
    assert listing.problems == [problem]
    assert len(listing.rows) == 3
    assert problem in macro("design/list_page.jinja", "list_page")(listing)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["app", "odd", "sort", "q", "after", "before", "x"]), st.text(max_size=30)))
def test_no_address_breaks_a_list(asked):
    listing = kinds().show(ours(), asked)
    macro("design/list_page.jinja", "list_page")(listing)


@pytest.mark.django_db
def test_links_keep_search_filters_and_order():
    make(["zza"] * 8 + ["zzb"])
    listing = kinds().show(ours(), {"app": "zza", "q": "m", "sort": "-app"}, path="/kinds/", keep={"tab": "all"})
    assert parts(listing.next_url).dict().keys() == {"tab", "app", "q", "sort", "after"}
    assert parts(listing.clear_url).dict() == {"tab": "all", "sort": "-app"}
    assert parts(listing.heading(listing.columns[0])[0]).dict() == {"tab": "all", "app": "zza", "q": "m", "sort": "app"}
    assert [listing.heading(column)[1] for column in listing.columns] == ["descending", None, None]
    html = macro("design/list_page.jinja", "list_page")(listing)
    assert '<input type="hidden" name="tab" value="all">' in html
    assert '<option value="zza" selected>' in html
    assert "Clear search and filters" in html


@pytest.mark.django_db
def test_a_place_of_one_order_is_no_place_of_another():
    make(["zza"] * 8)
    place = parts(kinds().show(ours(), {}).next_url)["after"]
    assert kinds().show(ours(), {"sort": "mixed", "after": place}).problems


@pytest.mark.django_db
def test_a_call_block_draws_the_cells():
    make(["zza"])
    listing = kinds().show(ours(), {})
    html = macro("design/list_page.jinja", "list_page")(listing, caller=lambda row, column: f"[{column.name}={row.model}]")
    assert "[app_label=m0]" in html


@pytest.mark.django_db
def test_empty_lists_say_why():
    show = macro("design/list_page.jinja", "list_page")
    assert "There is nothing here yet." in show(kinds().show(ours(), {}))
    assert "Nothing fits this search" in show(kinds().show(ours(), {"q": "zebra"}))


def test_a_sort_key_may_not_be_empty_and_the_last_must_be_unique():
    from django.contrib.auth import get_user_model

    user = get_user_model()
    with pytest.raises(ImproperlyConfigured, match="may be empty"):
        Order(("last_login", "id")).check(user)
    with pytest.raises(ImproperlyConfigured, match="must be unique"):
        Order(("model",)).check(ContentType)
    with pytest.raises(ImproperlyConfigured, match="no field"):
        Order(("colour", "id")).check(ContentType)
    with pytest.raises(ImproperlyConfigured, match="each once"):
        Order(("id", "-id"))
    Order(("colour", "id")).check(ContentType, ["colour"])


VALUES = st.one_of(
    st.integers(),
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.datetimes(timezones=st.just(dt.UTC)),
    st.dates(),
    st.times(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.uuids(),
)


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_a_place_in_a_list_survives_the_address(values):
    token = write_token(values, "salt")
    read = read_token(token, "salt", len(values))
    assert read == values
    assert [type(one) for one in read] == [type(one) for one in values]
    assert read_token(token, "other", len(values)) is None
    assert read_token(token, "salt", len(values) + 1) is None
    assert read_token(token[:-1], "salt", len(values)) is None


@given(st.text(max_size=60))
def test_a_false_place_is_no_place(text):
    assert read_token(text, "salt", 1) is None


def test_nothing_empty_is_a_place():
    with pytest.raises(TypeError):
        write_token([None], "salt")


@pytest.mark.parametrize("typed", ["27 3 2026", "27/3/2026", "27.03.2026", "27 March 2026", "2026-03-27", " 27 mar 2026 "])
def test_days_in_an_address(typed):
    assert read_day(typed) == dt.date(2026, 3, 27)


@given(st.text(max_size=20))
def test_other_words_are_no_day(typed):
    with contextlib.suppress(ValueError):
        read_day(typed)


def test_a_range_of_days_is_that_of_london_and_includes_its_last_day():
    moments = DateRangeFilter("held", "Held", field="held_at", is_moment=True)
    value, problem = moments.read({"held_from": "1 7 2026", "held_to": "1 7 2026"})
    assert problem is None
    where = dict(moments.where(value).children)
    assert where["held_at__gte"].isoformat() == "2026-07-01T00:00:00+01:00"
    assert where["held_at__lt"].isoformat() == "2026-07-02T00:00:00+01:00"
    days = DateRangeFilter("held_on", "Held")
    assert dict(days.where((dt.date(2026, 7, 1), None)).children) == {"held_on__gte": dt.date(2026, 7, 1)}
    assert moments.read({"held_from": "x"}) == (None, "“Held” needs a real date, like 27 3 2026, so we left it out")
    assert moments.read({"held_from": "2 1 2026", "held_to": "1 1 2026"})[1] == "“Held” ends before it begins, so we left it out"
    assert moments.read({"held_to": "31 12 9999"})[0] == (None, dt.date.max)
    moments.where((None, dt.date.max))


def test_columns_read_rows_of_any_shape():
    class Thing:
        name = "object"
        part = property(lambda self: self)

    assert Column("name", "Name").read({"name": "dict"}) == "dict"
    assert Column("part__name", "Name").read(Thing()) == "object"
    assert Column("x", "X", value=lambda row: row * 2).read(4) == 8


def test_cells_say_things_as_people_read_them():
    cell = macro("design/list_page.jinja", "list_cell")
    row = {"on": dt.date(2026, 3, 3), "n": 1200, "status": "held", "none": None, "empty": "", "words": "<b>", "key": uuid.UUID(int=1)}
    row["money"] = decimal.Decimal("1.50")
    assert cell(row, Column("on", "On", kind="date")) == "3 March 2026"
    assert cell(row, Column("n", "N", kind="number")) == "1,200"
    assert "nhsuk-tag--green" in cell(row, Column("status", "S", kind="status", says={"held": "Held"}, tones={"held": "done"}))
    assert "None" in cell(row, Column("none", "N"))
    assert "None" in cell(row, Column("empty", "N"))
    assert cell(row, Column("words", "W", href=lambda row: "/x")) == '<a class="nhsuk-link" href="/x">&lt;b&gt;</a>'
    assert cell(row, Column("money", "M")) == "1.50"


def with_columns():
    return ListPage(
        fields=("id",),
        columns=[
            Column("app_label", "App", reads=("app_label",)),
            Column("model", "Model", reads=("model",), is_optional=True),
            Column("size", "Size", reads=("size",), is_optional=True, is_usual=False),
        ],
        made={"size": Length("model")},
        sorts=[Sort("app", "App", ["app_label", "id"])],
        filters=[ChoiceFilter("app", "App", field="app_label", choices=[("zza", "A"), ("zzb", "B")])],
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "shown", "kept"),
    [
        ("", ["app_label", "model"], None),
        ("columns=-", ["app_label"], "-"),
        ("columns=-&columns=size", ["app_label", "size"], "size"),
        ("columns=size,model", ["app_label", "model", "size"], "model,size"),
        ("columns=model", ["app_label", "model"], None),
    ],
)
def test_columns_are_chosen_in_the_address_and_fetched_only_then(asked, shown, kept):
    make(["zza", "zzb"])
    with CaptureQueriesContext(connection) as seen:
        listing = with_columns().show(ours(), QueryDict(f"app=zza&{asked}"), path="/x/")
    assert [column.name for column in listing.columns] == shown
    assert parts(listing.url(sort="app")).get("columns") == kept
    assert parts(listing.url()).get("app") == "zza"
    assert parts(listing.clear_url).get("columns") == kept
    assert ("LENGTH" in seen.captured_queries[0]["sql"]) == ("size" in shown)
    assert parts(listing.file_url("/x/csv/"))["columns"] == (",".join(shown[1:]) or "-")
    html = str(macro("design/list_page.jinja", "list_page")(listing))
    for name in ("model", "size"):
        assert (f'value="{name}" checked' in html) == (name in shown)


@pytest.mark.django_db
def test_a_file_has_every_row_and_the_same_columns():
    make(["zza"] * 40 + ["zzb"])
    rows, columns = with_columns().every(ours(), QueryDict("app=zza&columns=size"))
    assert (rows.count(), [column.name for column in columns]) == (40, ["app_label", "size"])


@pytest.mark.django_db
def test_a_column_that_is_not_ours_is_left_out_and_told():
    listing = with_columns().show(ours(), QueryDict("columns=password"))
    assert [column.name for column in listing.columns] == ["app_label"]
    assert listing.problems == ["We do not know one of these columns, so we left it out"]
