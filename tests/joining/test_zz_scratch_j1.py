import logging
import pytest
from tests.guards.sweep import walking, markup
from tests.guards.sweep.browser import undone
from tests.guards.conftest import surroundings
from tests.guards.test_every_page import wrong_answers
from tests.world.pages import joining as mine
from safety_partners.joining.models import Advert, ChatRequest
from tests.world import build
pytestmark = pytest.mark.django_db

def test_walk(monkeypatch):
    monkeypatch.setattr(walking, "EXAMPLES", mine.EXAMPLES)
    monkeypatch.setattr(walking, "DETAIL", {Advert: "joining:advert", ChatRequest: "joining:chat"})
    with surroundings(), undone():
        world = build()
        sweep = walking.Walk(world).all()
    print("looks", len(sweep.looks), "links", len(sweep.links), "sendings", len(sweep.sendings), "agreed", len(sweep.agreed))
    for line in wrong_answers(sweep.looks): print("WRONG", line)
    for line in wrong_answers(sweep.sent_without_rights): print("WRONG SENT", line)
    for one in sweep.links:
        if one.visit.status >= 400: print("LINK", one.page, one.link if hasattr(one,'link') else one, one.visit)
    for one in sweep.sendings:
        if one.visit.status >= 500 or (one.landed and one.landed.status>=500): print("SEND", one)
    for one in sweep.looks:
        if one.visit.method == "GET" and getattr(one.visit, "changes", ()): print("CHANGES ON GET", one)
    import pickle; pickle.dump(sweep, open("/tmp/j1-sweep.pickle","wb"))
    assert 0
