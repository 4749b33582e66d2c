"""The same desk on PostgreSQL: one journey per role."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser_postgres


@pytest.mark.parametrize("persona", ["wren", "sam"])
def test_a_persona_reaches_their_desk(as_persona, persona):
    page = as_persona(persona)
    expect(page).to_have_url(re.compile(r"/$"))
    expect(page.locator("h1")).to_be_visible()
