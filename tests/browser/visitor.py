"""Somebody at a browser, who reads what stands on the page and uses mouse and keyboard.

Texts are given as the code says them; the visitor looks for them in the language of the page.
"""

import re

from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Locator, Page, expect

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 720}


def told(text: str, *, context: str = "", language: str = "da", **values) -> str:
    """The text as people read it."""
    if not isinstance(text, str):  # lazy: it knows its words, and only awaits a language
        with override(language):
            return str(text)
    with override(language):
        said = pgettext(context, text) if context else gettext(text)
    return said % values if values else said


def _but_for_a_mark(words: str) -> re.Pattern:
    """These words, with or without a remark in brackets: whether it is required, whose it is."""
    return re.compile(rf"^\s*{re.escape(words)}\s*(\([^)]*\))?\s*$")


class Visitor:
    def __init__(self, page: Page, address: str):
        self.page = page
        self.address = address
        self.language = "da"

    def told(self, text: str, **more) -> str:
        return told(text, language=self.language, **more)

    # --- going about

    def goes_to(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    def arrives_at(self, path: str | re.Pattern) -> None:
        """Waits until the address is this path; a pattern may leave parts open."""
        if isinstance(path, str):
            path = re.compile(re.escape(path) + "$")
        expect(self.page).to_have_url(re.compile(re.escape(self.address) + path.pattern))

    def button(self, text: str, **more) -> Locator:
        """The button that begins with these words; what only a screen reader hears may follow."""
        return self._named("button", self.told(text, **more))

    def link(self, text: str, **more) -> Locator:
        return self._named("link", self.told(text, **more))

    def _named(self, role: str, words: str) -> Locator:
        exact = self.page.get_by_role(role, name=words, exact=True)
        begins = self.page.get_by_role(role, name=re.compile(rf"^{re.escape(words)}\b"))
        return exact.or_(begins).locator("visible=true")

    def presses(self, text: str, **more) -> None:
        self.button(text, **more).first.click()

    def follows(self, text: str, **more) -> None:
        self.link(text, **more).first.click()

    def unfolds(self, text: str) -> None:
        self.page.locator("summary", has_text=self.told(text)).click()

    # --- writing

    def field(self, label: str) -> Locator:
        """The field with this label."""
        return self.page.get_by_label(_but_for_a_mark(self.told(label))).locator("visible=true")

    def group(self, legend: str) -> Locator:
        return self.page.get_by_role("group", name=_but_for_a_mark(self.told(legend)))

    def writes(self, **by_name: str) -> None:
        """Fields by the names the forms give them: for those who fill many."""
        for name, text in by_name.items():
            self.page.locator(f"#id_{name}").fill(text)

    def fills(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def selects(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def chooses(self, legend: str, option: str, **more) -> None:
        """A radio button or a box of a group, by the words beside it."""
        words = self.told(option, **more)
        self.group(legend).get_by_label(_but_for_a_mark(words)).check()

    # --- reading

    def sees(self, *texts: str) -> None:
        """The words stand in the page's main part, as the code says them or as people wrote."""
        main = self.page.locator("main")
        for text in texts:
            expect(main).to_contain_text(self.told(text))

    def does_not_see(self, *texts: str) -> None:
        main = self.page.locator("main")
        for text in texts:
            expect(main).not_to_contain_text(self.told(text))

    def reads(self) -> str:
        return self.page.locator("body").inner_text()

    @property
    def focused(self) -> str:
        """What has the focus: the id, else the class, else the name of the element."""
        return self.page.evaluate(
            "(() => { const at = document.activeElement;"
            " return at.id || at.className || at.tagName })()"
        )
