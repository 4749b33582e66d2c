"""The plan in four parts, in My space and on the desk."""

import pytest
from django.urls import reverse

from leeward.plans.factories import ItemVersionFactory, WheelFactory
from leeward.plans.models import Wheel
from leeward.plans.queries import wheel_of
from leeward.plans.tests.copies import squashed, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
ROUND, LAY = "/notes/round/", "/notes/round/lay/"


def said(response):
    return response.content.decode()


def test_where_nobody_asked_it_is_offered_nowhere(own):
    for path in ("/notes/open/", "/notes/copy/", "/notes/more/"):
        assert "four parts" not in said(own.get(path))
    assert own.get(ROUND).status_code == own.get(LAY).status_code == 404


def test_they_name_the_parts_and_say_what_stands_where(own, person):
    WheelFactory(person=person)
    ItemVersionFactory(person_of=person, words="A quiet room")
    assert "four parts" in said(own.get("/notes/open/"))
    given = {"version": "1", "name_0": "Waabanong <ᐙᐸᓄᖕ>", "in_want": "0", "in_story": "2"}
    assert own.post(LAY, given).url == ROUND
    page = said(own.get(ROUND))
    for words in ("Waabanong &lt;ᐙᐸᓄᖕ&gt;", "South", "West", "North", "A quiet room"):
        assert words in page
    assert page.index("Waabanong") < page.index("A quiet room")
    assert 'value="Waabanong &lt;ᐙᐸᓄᖕ&gt;"' in said(own.get(LAY))
    copy = own.post("/notes/copy/", {"parts": "yes"})
    assert squashed("Waabanong <") in text_of(copy.content)
    assert squashed("Waabanong <") not in text_of(own.post("/notes/copy/").content)


def test_a_mistake_and_another_place_lose_nothing_typed(own, person):
    WheelFactory(person=person)
    typed = {"version": "1", "name_0": "w" * 61}
    back = own.post(LAY, typed)
    assert back.status_code == 422
    assert "w" * 61 in said(back)
    WheelFactory(person=person, laid_out=True, number=2)
    back = own.post(LAY, {"version": "1", "name_1": "Mine"})
    assert back.status_code == 422
    assert 'value="Mine"' in said(back)
    assert "Waabanong" in said(back)
    assert own.post(LAY, {"version": "2", "name_1": "Mine"}).url == ROUND


def test_they_end_it_themselves(own, person):
    WheelFactory(person=person)
    own.post(LAY, {"end": "yes"})
    assert wheel_of(person) is None
    assert own.post(LAY, {"end": "yes"}).status_code == 404


def test_a_worker_writes_down_who_asked_and_reads_nothing_of_it(client, person, wren):
    client.force_login(wren)
    asked, plan = (reverse(name, args=[person.pk]) for name in ("plan_wheel", "plan"))
    assert "Medicine Wheel" in said(client.get(plan))
    assert client.post(asked, {"said": "so"}).status_code == 422
    assert client.post(asked, {"asked_by": "them", "said": "As auntie does"}).status_code == 302
    WheelFactory(person=person, laid_out=True, number=2)
    pages = said(client.get(asked)) + said(client.get(plan))
    assert "As auntie does" in pages
    assert "Waabanong" not in pages
    client.post(asked, {"end": "yes"})
    client.post(asked, {"end": "yes"})
    kinds = Wheel.objects.order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["asked", "laid_out", "ended"]
