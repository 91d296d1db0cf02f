"""Going back never leads to another site."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from safety_partners.core.return_to import came_from, return_to

SIGNS = st.text("/\\\t\n\r :.@abc?#%09\x00;", max_size=12)


def asked(address, method="get"):
    return return_to(getattr(RequestFactory(), method)("/", {"next": address}), "/home/")


@pytest.mark.parametrize("address", ["/", "/insights/", "/insights/?page=2&q=a%20b", "/a#b", "/a//b", "/a?next=//evil.example"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_paths_of_this_site_are_gone_back_to(address, method):
    assert asked(address, method) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "insights/",
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "https://evil.example",
        "https:evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "//testserver/insights/",
        "http://testserver/insights/",
    ],
)
def test_anything_else_goes_to_the_default(address):
    assert asked(address) == asked(address, "post") == "/home/"


def test_nothing_asked_goes_to_the_default():
    assert return_to(RequestFactory().get("/"), "/home/") == "/home/"


def as_a_browser_reads(address):
    """Browsers drop tabs and line ends, and take a backslash for a slash."""
    return address.replace("\t", "").replace("\n", "").replace("\r", "").replace("\\", "/").strip()


@given(SIGNS)
def test_no_address_that_a_browser_takes_for_another_site_is_let_through(address):
    assert not as_a_browser_reads(asked(address)).startswith("//")
    assert asked(address).startswith("/")


@given(SIGNS)
def test_the_page_before_is_a_page_of_this_site_or_the_default(address):
    request = RequestFactory().get("/", headers={"referer": f"http://testserver{address}"})
    back = came_from(request, "/home/")
    assert back.startswith("/")
    assert not as_a_browser_reads(back).startswith("//")
