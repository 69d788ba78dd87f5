"""What axe and a ruler have against a page, at both widths."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visitor import NARROW, WIDE

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
IN_THE_PAGE = "() => typeof axe === 'undefined'"
UNFOLD = """() => {
  const folded = [...document.querySelectorAll("details:not([open])")]
    .filter((part) => part.checkVisibility());
  folded.forEach((part) => { part.open = true });
  return folded.length;
}"""
WIDER_THAN_THE_WINDOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const wide = [...document.body.querySelectorAll("*")]
    .filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > width + 1);
  return wide.slice(0, 4).map((part) => part.outerHTML.slice(0, 90)).join("; ") || "something";
}"""


def violations(page: Page) -> list[str]:
    """Everything found, each with the width it was found at; what is folded is unfolded too."""
    found = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        found += _at(page, f"{size['width']} px")
    if page.evaluate(UNFOLD):
        found += _at(page, f"{NARROW['width']} px, unfolded")
    page.set_viewport_size(WIDE)
    return found


def _at(page: Page, width: str) -> list[str]:
    axe = Axe()
    if page.evaluate(IN_THE_PAGE):
        page.evaluate(axe.axe_script)
    results = page.evaluate("(rules) => axe.run(document, rules)", RULES)
    found = [f"{width}: {_told(violation)}" for violation in results["violations"]]
    if wide := page.evaluate(WIDER_THAN_THE_WINDOW):
        found.append(f"{width}: scrolls sideways: {wide}")
    return found


def _told(violation: dict) -> str:
    nodes = "; ".join(" ".join(node["html"].split())[:140] for node in violation["nodes"][:3])
    return f"{violation['id']}: {nodes}"
