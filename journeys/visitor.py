"""A person in front of a browser. Every page they come to is checked: axe, no request to elsewhere, no error."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Request, expect

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
CODE = re.compile(r"[A-Z]{3}-[0-9A-Z]{8}")


class Visitor:
    """Goes to pages, presses what can be pressed by its words, and fills what can be filled by its label."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page = page
        self.scripts = scripts
        self.seen: set[str] = set()
        self.faults: list[str] = []
        page.set_default_timeout(10_000)
        page.on("request", self._refuse_elsewhere)

    def _refuse_elsewhere(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.faults.append(f"asked another site: {request.url}")

    def sign_in_as(self, name: str) -> None:
        """Press the person's button on the demonstration's page."""
        self.go("/demonstration/")
        self.press(name, exact=False)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(name.split(maxsplit=1)[0])

    def go(self, path: str) -> None:
        response = self.page.goto(path)
        assert response is not None
        assert response.status < 400, f"{path} answered {response.status}"
        self.look()

    def press(self, words: str, *, exact: bool = True, within: Locator | None = None) -> None:
        """Press the button, or follow the link, with these words."""
        place = within or self.page
        button = place.get_by_role("button", name=words, exact=exact).filter(visible=True)
        target = button if button.count() else place.get_by_role("link", name=words, exact=exact).filter(visible=True)
        assert target.count(), f"nothing says “{words}” on {self.page.url}:\n{self.read()}"
        target.first.click()
        self.page.wait_for_load_state("load")
        self.look()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=False).filter(visible=True).first.fill(value)

    def fill_day(self, day: dt.date, *, question: str = "") -> None:
        """Fill a question for a day: the page's only one, or that with these words."""
        place = self.page.get_by_role("group", name=question) if question else self.page
        for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            place.get_by_label(part, exact=False).filter(visible=True).first.fill(str(value))

    def pick(self, label: str, name: str) -> None:
        """Choose a person whose job stands beside their name."""
        box = self.page.get_by_label(label).filter(visible=True).first
        value = box.locator("option").filter(has_text=name).first.get_attribute("value")
        box.select_option(value)

    def choose(self, words: str, *, question: str = "") -> None:
        """Choose a radio or tick a box by its words, in the question it belongs to where two questions share words."""
        place = self.page.get_by_role("group", name=question) if question else self.page
        place.get_by_label(words, exact=False).filter(visible=True).first.check()

    def choose_file(self, path: Path) -> None:
        """Choose a file in the page's one file question."""
        self.page.locator("input[type=file]").set_input_files(path)

    def read(self) -> str:
        """All the words of the page's main part."""
        return self.page.locator("main").inner_text()

    def code_here(self) -> str:
        """The code in the page's address."""
        found = CODE.search(self.page.url)
        assert found, self.page.url
        return found.group()

    def look(self) -> None:
        """Check the page once for each kind of page: accessible, whole, and asking nothing of other sites."""
        assert not self.faults, self.faults
        kind = CODE.sub("CODE", self.page.url.split("?", maxsplit=1)[0]) + (" with errors" if "Error:" in self.page.title() else "")
        if kind in self.seen:
            return
        self.seen.add(kind)
        self.check_with_axe(kind)
        self.check_width(kind)

    def check_with_axe(self, kind: str) -> None:
        with self._page_for_axe() as page:
            found = Axe().run(page, options=RULES)
        assert not found.response["violations"], f"{kind}: {found.generate_report()}"

    @contextmanager
    def _page_for_axe(self) -> Iterator[Page]:
        """Axe is a script itself: where there are none it looks at a copy of the page, made without any."""
        browser = self.page.context.browser
        if self.scripts or browser is None:
            yield self.page
            return
        html = SCRIPT.sub("", self.page.content())
        with browser.new_context(viewport=self.page.viewport_size, locale="en-GB") as context:
            copy = context.new_page()
            copy.route(self.page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
            copy.goto(self.page.url)
            yield copy

    def check_width(self, kind: str) -> None:
        """No page may have to be pushed sideways; the menu takes a moment to fold."""
        for _moment in range(20):
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide <= 1:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{kind} is {wide} pixels too wide")

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def sees_no(self, words: str) -> None:
        expect(self.page.locator("main")).not_to_contain_text(words)
