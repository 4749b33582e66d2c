"""On a slow line, what is the same for everybody comes packed. A page never does."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from leeward.my_space.middleware import LightFiles

LETTERS = b"body{margin:0}" * 100


@pytest.mark.parametrize(
    ("path", "kind", "packed"),
    [
        ("/s/page.css", "text/css; charset=utf-8", True),
        ("/s/page.js", "text/javascript", True),
        ("/s/pictures.svg", "image/svg+xml", True),
        ("/s/f/letters.woff2", "font/woff2", False),
        ("/notes/open/", "text/html; charset=utf-8", False),
    ],
)
def test_files_in_letters_are_packed_and_pages_never(door, path, kind, packed):
    asked = RequestFactory(headers={"accept-encoding": "gzip"}).get(path)
    answer = LightFiles(lambda _: HttpResponse(LETTERS, content_type=kind))(asked)
    assert answer.has_header("Content-Encoding") == packed
    assert (gzip.decompress(answer.content) if packed else answer.content) == LETTERS


def test_part_of_a_file_comes_as_it_lies(door):
    asked = RequestFactory(headers={"accept-encoding": "gzip"}).get("/s/page.css")
    part = HttpResponse(LETTERS, content_type="text/css", status=206)
    assert LightFiles(lambda _: part)(asked).content == LETTERS


def test_a_file_as_it_is_served_is_packed(door, tmp_path):
    (tmp_path / "page.css").write_bytes(LETTERS)
    asked = RequestFactory(headers={"accept-encoding": "gzip"}).get("/s/page.css")
    with (tmp_path / "page.css").open("rb") as file:
        answer = LightFiles(lambda _: FileResponse(file, content_type="text/css"))(asked)
        assert gzip.decompress(b"".join(answer.streaming_content)) == LETTERS
