import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import (
    SPEAKS,
    answer,
    at,
    field,
    fill,
    mistakes,
    open_file,
    open_noeli,
    press,
    save,
)

pytestmark = pytest.mark.browser

COPY_NAMES = {"en": "my-plan.pdf", "fr": "mon-plan.pdf"}


def write_first_words(page: Page, file: str) -> None:
    """Start a plan together."""
    page.goto(f"{file}plan/")
    press(page, 'main p > a[href$="/plan/write/"]')
    fill(
        page,
        matters="A door that locks.",
        good_at="Bikes.",
        want="To work on bikes.",
        anchor="Auntie Pretend",
    )
    answer(page, sees="team")
    save(page)


def test_a_plan_is_written_in_their_words_step_by_step(worker):
    # Given the first words of a plan
    file = open_file(worker)
    write_first_words(worker, file)
    assert at(worker) == f"{file}plan/"
    for words in ("A door that locks.", "Bikes.", "To work on bikes.", "Auntie Pretend"):
        expect(worker.locator(".plan").first).to_contain_text(words)

    # When a small step is added
    press(worker, 'main a[href$="/plan/steps/"]')
    fill(worker, what="Ask for a key", who="me")
    save(worker)
    expect(worker.locator(".steps li")).to_contain_text("Ask for a key")

    # And somebody says how it went
    press(worker, ".steps a")
    expect(worker.locator("main")).to_contain_text("Ask for a key")
    answer(worker, kind="celebrated")
    fill(worker, words="I have it!")
    save(worker)

    # Then the plan, the timeline and the overview know
    expect(worker.locator(".steps__done")).to_contain_text("I have it!")
    worker.goto(f"{file}notes/")
    expect(worker.locator(".moj-timeline__item")).to_contain_text("Ask for a key")
    worker.goto(file)
    expect(worker.locator(".gifts")).to_contain_text("To work on bikes.")


def test_a_step_with_a_day_is_due_on_home(desk):
    file = open_file(desk)
    desk.goto(f"{file}plan/steps/")
    fill(desk, what="Look at the art room", due_on="2026-01-15")
    save(desk)
    desk.goto("/")
    expect(desk.locator(".due")).to_contain_text(["Look at the art room"])


def first_change(page: Page, file: str) -> str:
    """Where the first piece of the plan is changed."""
    page.goto(f"{file}plan/")
    return str(page.locator(".plan__item a").first.get_attribute("href"))


def test_earlier_words_are_kept(desk):
    file = open_file(desk)
    write_first_words(desk, file)
    desk.goto(first_change(desk, file))
    fill(desk, words="My own key.")
    save(desk)
    earlier = desk.locator("main details")
    earlier.locator("summary").click()
    expect(earlier).to_contain_text("A door that locks.")


def test_a_piece_written_in_two_windows_shows_both(desk):
    # Given a piece of the plan open for writing in two windows
    file = open_file(desk)
    write_first_words(desk, file)
    change, other = first_change(desk, file), desk.context.new_page()
    for page in (desk, other):
        page.goto(change)

    # When both save
    fill(other, words="To paint.")
    save(other)
    fill(desk, words="To cook.")
    save(desk)

    # Then the second sees both, and decides
    expect(desk.locator(".sidebyside")).to_contain_text("To cook.")
    expect(desk.locator(".sidebyside")).to_contain_text("To paint.")
    expect(mistakes(desk)).to_have_count(1)
    expect(field(desk, "words")).to_have_value("To cook.")
    fill(desk, words="To paint and to cook.")
    save(desk)
    expect(desk.locator(".plan").first).to_contain_text("To paint and to cook.")


def test_talked_through_from_the_dream_backwards(desk):
    file = open_file(desk)
    desk.goto(f"{file}plan/")
    press(desk, 'main a[href$="?way=path"]')
    fill(desk, hopes="My own shop.", step="Ask for the paint.")
    answer(desk, sees="team")
    save(desk)
    expect(desk.locator(".plan").first).to_contain_text("My own shop.")
    expect(desk.locator(".steps").first).to_contain_text("Ask for the paint.")


def test_a_plan_is_written_without_javascript(without_javascript):
    page = without_javascript
    file = open_file(page)
    write_first_words(page, file)
    press(page, 'main a[href$="/plan/steps/"]')
    fill(page, what="Ask for a key")
    save(page)
    press(page, ".steps a")
    answer(page, kind="done")
    save(page)
    expect(page.locator(".steps__done")).to_contain_text("Ask for a key")


@pytest.mark.parametrize("copy", COPY_NAMES)
def test_a_copy_is_two_presses_from_the_overview(as_persona, language, copy, tmp_path):
    # Given an overview in either language
    page = as_persona(SPEAKS[language], language=language)
    open_noeli(page)

    # When the worker presses Plan (1) and a language to print in (2)
    press(page, '.tabs a[href$="/plan/"]')
    with page.expect_download() as coming:
        page.locator(f'a[href$="/plan/copy/{copy}/"]').click()

    # Then a tagged PDF comes, in that language, under a name that says nothing
    assert coming.value.suggested_filename == COPY_NAMES[copy]
    kept = tmp_path / "copy.pdf"
    coming.value.save_as(kept)
    assert kept.read_bytes().startswith(b"%PDF-")
    with pikepdf.open(kept) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang).startswith(copy)
        assert "Noʔeli" not in str(pdf.docinfo.get("/Title", ""))
