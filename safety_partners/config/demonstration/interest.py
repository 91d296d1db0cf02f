"""How people find their way in: two adverts, chats, and people who say that they are interested. All of them are invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_, days_ago
from safety_partners.core import clock
from safety_partners.core.viewer import NOBODY
from safety_partners.core.working_days import today
from safety_partners.joining import commands
from safety_partners.joining.models import Advert, Expression
from safety_partners.partners.models import Connection
from safety_partners.partners.queries.describing import role_versions_in_use

LOOKED_FOR = [
    ("You want care to be safer for everybody", ""),
    (
        "You can say what you see, also when it is not comfortable",
        "You can bring somebody. We can meet you before a meeting, and write down what you say.",
    ),
    ("You can listen to people who see things differently", "We practise this together in the first months."),
    ("You can take in papers before a meeting", "We read them with you, or send them in large print, as sound or in another language."),
]
EQUALITY = [
    {"age": "45 to 64", "sex": "female", "disability": "no", "caring": "yes"},
    {"age": "65 to 74", "sex": "male", "disability": "yes", "caring": "no"},
    {"age": "45 to 64", "sex": "female", "disability": "no", "caring": "no"},
    {"age": "65 to 74", "sex": "female", "disability": "no", "caring": "yes"},
    {"age": "45 to 64", "sex": "female", "disability": "yes", "caring": "yes"},
    {"age": "75 or over", "sex": "male", "disability": "no", "caring": "no"},
    {"age": "45 to 64", "sex": "male", "disability": "no", "caring": "no"},
    {"age": "45 to 64", "sex": "female", "disability": "no", "caring": "yes"},
    {"age": "25 to 44", "sex": "male", "disability": "no", "caring": "no"},
    {"age": "65 to 74", "sex": "male", "disability": "yes", "caring": "no"},
    {"age": "65 to 74", "sex": "male", "disability": "yes", "caring": "no"},
    {"age": "65 to 74", "sex": "female", "disability": "yes", "caring": "no"},
]


def advertise(cast: Cast) -> dict[str, Expression]:
    """An advert that is filled, one that is open, and everybody who is interested in it, by their first name."""
    _last_year(cast)
    with days_ago(18):
        advert = _advert(
            cast,
            title="Two Patient Safety Partners for community nursing",
            summary="Do you know what it is like when a nurse comes to your home? Help us to see our work with your eyes.",
            hours="About 6 hours a month, in the daytime",
            place="Elm House, Lower Meadow",
            opens_on=today(),
            closes_on=today() + dt.timedelta(days=42),
            sift_on=today() + dt.timedelta(days=49),
            meet_on=today() + dt.timedelta(days=63),
            start_on=today() + dt.timedelta(days=98),
        )
    _chats(cast, advert)
    return _interested(cast, advert)


def _advert(cast: Cast, **fields: Any) -> Advert:
    version = role_versions_in_use(as_(cast.grace))[0]
    given = {
        "role": version,
        "places": 2,
        "may_be_remote": True,
        "contact_name": "Grace Adeyemi",
        "contact_email": "partners@meadowbank.example",
        "contact_phone": "01632 960 200",
        "max_words": 400,
        "criteria": LOOKED_FOR,
    }
    advert = commands.write_advert(as_(cast.grace), **(given | fields))
    return commands.publish_advert(as_(cast.grace), advert)


def _last_year(cast: Cast) -> None:
    with days_ago(225):
        advert = _advert(
            cast,
            title="A Patient Safety Partner for urgent care",
            summary="Help us to make the urgent treatment centre safer for everybody who comes at night.",
            places=1,
            hours="About 6 hours a month",
            place="Urgent treatment centre, Upper Meadow",
            opens_on=today(),
            closes_on=today() + dt.timedelta(days=30),
        )
        for answers in EQUALITY:
            commands.count_equality(NOBODY, advert, answers=answers)
    with days_ago(190):
        commands.fill_advert(as_(cast.grace), advert)


def _chats(cast: Cast, advert: Advert) -> None:
    with days_ago(15):
        chat = commands.ask_for_chat(
            NOBODY, cast.organisation, advert=advert, name="Rowan", how="phone", reach="01632 960 311", times="After six in the evening"
        )
    with days_ago(14):
        commands.arrange_chat(as_(cast.grace), chat, turn=chat.turn, planned_at=clock.now() + dt.timedelta(hours=8))
    with days_ago(13):
        commands.hold_chat(as_(cast.grace), chat, done_on=today(), note="Send the pack in large print.")
    with days_ago(1):
        commands.record_chat_request(
            as_(cast.grace), advert=advert, name="Mrs Lindqvist", how="person", reach="01632 960 318", access_words="A room without stairs."
        )


def _interested(cast: Cast, advert: Advert) -> dict[str, Expression]:
    found: dict[str, Expression] = {}

    def send(day: int, name: str, why: str, **answers: Any) -> None:
        first = name.split(maxsplit=1)[0]
        given = {"told_by": "email", "email": f"{first.lower()}@example.org", "connection": Connection.PATIENT, "keep_months": 12}
        with days_ago(day):
            found[first] = commands.submit_expression(NOBODY, advert, agrees_to_keep=True, name=name, why=why, **(given | answers))

    send(
        16,
        "Rowan Achterberg",
        "The nurses have come to us every week for six years. I know where things go well and where they get lost.",
        connection=Connection.CARER,
        would_help="Papers in large print, and meetings that do not clash with the morning visit.",
        availability="Afternoons",
        heard_from="A chat with Grace",
    )
    send(
        12,
        "Dilys Prothero",
        "I was a school cook for thirty years. I am not afraid of asking why something is done the way it is.",
        would_help="Somebody to go through the papers with me the first few times.",
        heard_from="The poster at the pharmacy",
    )
    send(
        9,
        "Kwabena Frimpong",
        "My father got three different answers on the phone in one day. I want to help to put that right, not to complain.",
        connection=Connection.FAMILY,
        availability="Evenings, or by video at lunchtime",
        conflict_words="I work for a hospital in another county, in the laundry.",
    )
    send(
        6,
        "Zofia Wiśniewska",
        "In my village everybody asks me to ring the surgery for them. I would like to bring what they say.",
        connection=Connection.OTHER_LAY,
        access_words="I read English slowly. A phone call is easier than a letter.",
        told_by="phone",
        email="",
        phone="01632 960 322",
    )
    with days_ago(4):
        found["Albert"] = commands.record_expression(
            as_(cast.grace),
            advert,
            capture="letter",
            is_read_back=False,
            agrees_to_keep=True,
            name="Albert Quigley",
            known_as="Bert",
            told_by="letter",
            postal_address="7 Weir Cottages\nLower Meadow\nXX1 4ZY",
            connection=Connection.PATIENT,
            why="I am 81 and have time. You people do good work and could do it better if you asked us first.",
            would_help="A lift.",
            keep_months=6,
        )
    send(
        1,
        "Amina Yusuf",
        "After my children were born I had many questions that nobody had time for. Now I have time for other people’s questions.",
        availability="School hours",
        would_help="Somebody to look after the little one.",
        heard_from="The what-changed page",
        keep_months=24,
    )
    return found
