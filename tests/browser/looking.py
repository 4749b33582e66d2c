"""Looking at a page: axe, and nothing wider than the screen, at every width that matters."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.pages import at, save

SLOW_MACHINE_MS = 15_000
WIDTHS = (1280, 390, 320)


class Looked:
    """Looks at one page after another, at every width, and keeps what is wrong with each."""

    def __init__(self, check: Callable[[Page], None], fits: Callable[[Page], None]) -> None:
        self.checks = (check, fits)
        self.wrong: list[str] = []

    def __call__(self, page: Page, state: str = "") -> None:
        """Look at the page as it is now."""
        shapes = self._axe_at(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            for check in self.checks if width in shapes else self.checks[1:]:
                try:
                    check(page)
                except AssertionError as fault:
                    self.wrong.append(f"{state or at(page)} at {width} px: {fault}")
        page.set_viewport_size({"width": WIDTHS[0], "height": 844})

    @staticmethod
    def _axe_at(page: Page) -> tuple[int, ...]:
        """On 320 the question is whether it fits: the shapes are those of 390. In French the page
        on a desk has the shapes that it has in English."""
        said_in = str(page.locator("html").get_attribute("lang"))
        return WIDTHS[1:2] if said_in.startswith("fr") else WIDTHS[:2]

    def found(self) -> str:
        """Everything that was wrong."""
        return "\n\n".join(self.wrong)


def empty_and_send(page: Page) -> None:
    """Send the page's own form with nothing in it."""
    page.evaluate(
        """() => {
          const form = document.querySelector('main form[method="post"]:not([role], .inline)');
          form.noValidate = true;
          const fields = "input:not([type=hidden]), textarea, select";
          for (const field of form.querySelectorAll(fields)) {
            field.required = false;
            field.checked = false;
            if (!["radio", "checkbox"].includes(field.type)) field.value = "";
          }
        }"""
    )
    save(page)


def ids(file: str, note: str = "") -> dict[str, str]:
    """What an address takes, from the addresses of a file and of a note in it."""
    parts = [*file.strip("/").split("/"), *note.strip("/").split("/")[2:]]
    return dict(zip(("person_id", "note_id"), parts[1::2], strict=False))
