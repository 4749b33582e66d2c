"""The pictures beside the words of My space: each is there, and is silent."""

import re
from pathlib import Path

import pytest

from leeward.my_space.templatetags.pictures import picture, pictures
from leeward.plans.models import Sees
from leeward.plans.sections import sections

FILE = Path(__file__).resolve().parents[1] / "files" / "pictures.svg"


def drawn():
    """The names of every picture in the one file."""
    return set(re.findall(r'<symbol id="([a-z0-9-]+)"', FILE.read_text(encoding="utf-8")))


def test_every_row_has_its_picture_and_no_picture_lies_there_unused():
    assert set(pictures().values()) == drawn()


def test_no_two_headings_have_the_same_picture():
    beside = [name for where, name in pictures().items() if where.startswith("part_")]
    assert len(set(beside)) == len(beside)


@pytest.mark.parametrize(
    "beside", [*(f"part_{key}" for key in sections()), *(f"sees_{one}" for one in Sees.values)]
)
def test_each_heading_and_each_kind_of_reader_has_one(beside):
    assert 'aria-hidden="true"' in picture(beside)


def test_a_heading_without_one_is_a_fault_and_not_a_gap():
    with pytest.raises(KeyError):
        picture("part_", "nobody drew this")


def test_each_page_within_shows_them_beside_its_words(own):
    page = own.get("/notes/open/").content.decode()
    assert page.count('<svg class="p" aria-hidden="true">') >= 7 + len(
        [s for s in sections().values() if s.part == "plan" and not s.kept_for]
    )
