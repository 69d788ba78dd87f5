"""What people write in the portal's forms, field by field, as the documents ask for it."""

from projects.document_specs import CHECKLIST, IDEA_DESCRIPTION, SPECS, Kind
from projects.models import FocusArea
from tests.browser.visitor import Visitor

WORDS = {
    Kind.DATE: "2027-03-01",
    Kind.KRONER: "60 000",
    Kind.NUMBER: "1200",
    Kind.MINUTES: "5",
}


def focus_areas() -> None:
    """The office in miniature has none, and an idea names at least one."""
    FocusArea.objects.create(number=1, name_da="Automatisere", name_en="Automate")
    FocusArea.objects.create(number=2, name_da="Dataunderstøtte", name_en="Support with data")


def fills(visitor: Visitor, fields, **own) -> None:
    """Something in every field, by its label; ``own`` are the words of single fields."""
    for field in fields:
        label = field.label
        words = own.get(field.key)
        match field.kind:
            case Kind.FOCUS_AREAS:
                visitor.chooses(label, "Automatisere" if visitor.language == "da" else "Automate")
            case Kind.POOLS:
                if words:
                    visitor.chooses(label, words)
            case Kind.CHOICE:
                visitor.chooses(label, words or str(field.choices[0][1]))
            case _:
                visitor.fills(label, words or WORDS.get(field.kind, f"Om {field.key}"))


def fills_step(visitor: Visitor, step: str, **own) -> None:
    """A step of the idea, without going on."""
    section = next(one for one in IDEA_DESCRIPTION.sections if one.key == step)
    fills(visitor, section.fields, **own)


def answers_the_checklist(visitor: Visitor) -> None:
    texts = ("1. Princip 1", "2. Princip 2")
    if visitor.language == "en":
        texts = ("1. Principle 1", "2. Principle 2")
    for text in texts:
        visitor.chooses(text, "Done")


def writes_document(visitor: Visitor, key: str, **own) -> None:
    """From the project page: open the document, write all of it, save, and go back."""
    papers = visitor.page.locator(".record-main")
    papers.get_by_role("link", name=visitor.told(SPECS[key].label), exact=True).first.click()
    visitor.link("Begin writing").or_(visitor.link("Edit")).first.click()
    if key == CHECKLIST.key:
        answers_the_checklist(visitor)
    else:
        fills(visitor, SPECS[key].fields, **own)
    visitor.presses("Save")
    visitor.sees("The document is saved.")


def recommends_and_asks(visitor: Visitor, *, because: str, opens: str = "") -> None:
    """From the project page to the open request."""
    visitor.follows("Write the recommendation")
    visitor.chooses("DigiTek recommends to", "Approve")
    if opens:
        visitor.chooses("The approval leads to", opens)
    visitor.fills("The reasons", because)
    visitor.presses("Save the recommendation")
    visitor.presses("Ask for the decision")
    visitor.sees("Withdraw the request")


def decides(visitor: Visitor, *, verdict: str, because: str, **more) -> None:
    """From the front page, where the decision waits, to the record of it."""
    visitor.goes_to("/")
    visitor.page.locator(".task-title a").first.click()
    visitor.chooses("What is decided?", verdict)
    for label, words in more.get("choices", {}).items():
        visitor.chooses(label, words)
    for label, words in more.get("fields", {}).items():
        visitor.fills(label, words)
    visitor.fills("Your reasons", because)
    visitor.presses("Decide")
    visitor.sees("The decision is on record.", because)
