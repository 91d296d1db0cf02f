"""Our own words to start from: a role and a plan that an organisation makes its own.

Nothing here is copied from national guidance, names an amount of money, or claims to be a rule of law.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from safety_partners.partners.models import NeedKind, PlanItem

Owner = PlanItem.Owner
# Where the national patient safety syllabus is learnt, free of charge.


class Item(NamedTuple):
    """One item of the starting plan."""

    kind: str
    title: str
    why: str
    owner_kind: str
    due_in_days: int
    is_required: bool = True
    valid_months: int | None = None
    minutes: int | None = None


def starting_plan() -> list[Item]:
    """What we suggest to ask of every new partner, in the order in which it is usually done."""
    return [
        Item(
            NeedKind.CONTACT,
            _("A named contact, and a deputy"),
            _("So that there is always somebody to turn to, also when one person is away."),
            Owner.LEAD,
            7,
        ),
        Item(
            NeedKind.ACCESS,
            _("A talk about what you need to take part"),
            _("So that papers, places and times suit you from the first day. If you need nothing, that is an answer too."),
            Owner.CONTACT,
            14,
            valid_months=12,
        ),
        Item(
            NeedKind.AGREEMENT,
            _("How we work together"),
            _("So that both sides know what they can count on. We write it together, and both sign."),
            Owner.LEAD,
            30,
        ),
        Item(
            NeedKind.CONFIDENTIALITY,
            _("Keeping private what is private"),
            _("Because you may read or hear things about other people. Papers that are not public wait until this is signed."),
            Owner.LEAD,
            30,
            valid_months=24,
        ),
        Item(
            NeedKind.INTERESTS,
            _("Your interests, and the other groups you sit on"),
            _("So that everybody can see there is nothing that sways your view, or knows what there is. “Nothing” is an answer too."),
            Owner.PARTNER,
            30,
            valid_months=12,
        ),
        Item(
            NeedKind.CHECK,
            _("A decision whether a DBS check may be asked"),
            _("The law lets us ask for a check only where the role is eligible. So first we decide, and write down why."),
            Owner.LEAD,
            14,
        ),
        Item(
            NeedKind.TRAINING,
            _("Patient safety syllabus, level 1"),
            _("The basics of patient safety, the same for everyone in the NHS, so that we use the same words."),
            Owner.PARTNER,
            60,
            minutes=30,
        ),
        Item(
            NeedKind.TRAINING,
            _("Patient safety syllabus, level 2"),
            _("How systems make care safe or unsafe. It helps in committees and reviews, and can wait until you have begun."),
            Owner.PARTNER,
            120,
            is_required=False,
            minutes=45,
        ),
        Item(
            NeedKind.INDUCTION,
            _("Meet the people you will work with"),
            _("The lead, the patient safety specialist, the executive who answers for the programme, and other partners."),
            Owner.LEAD,
            30,
        ),
        Item(
            NeedKind.INDUCTION,
            _("Where to go when something cannot wait"),
            _("Because you may hear of a risk, a complaint or an event, and each has a place that acts on it at once."),
            Owner.CONTACT,
            14,
        ),
        Item(
            NeedKind.INDUCTION,
            _("How involvement payments and expenses work here"),
            _("So that you know what is offered, how to claim it, and where to get independent advice, before you spend anything."),
            Owner.LEAD,
            30,
        ),
        Item(
            NeedKind.INDUCTION,
            _("Sit in on a meeting before you take a seat"),
            _("To see how it works without having to say anything, and to talk about it afterwards."),
            Owner.CONTACT,
            90,
            is_required=False,
        ),
    ]


def starting_role() -> tuple[str, dict[str, str]]:
    """The title and the words of a role that an organisation can change until they are its own."""
    return _("Patient Safety Partner"), {
        "summary": _(
            "Patient Safety Partners are patients, carers, family members or other members of the public who work beside us to make care "
            "safer. They see what we no longer notice, and they say so."
        ),
        "does": "\n".join(
            [
                _("Take part in committees and groups that look after safety, usually together with another partner."),
                _("Read policies, plans and information for patients while they can still be changed."),
                _("Work on projects that make care safer."),
                _("Help to train staff, and to choose them."),
                _("Ask the questions that nobody else asks."),
            ]
        ),
        "does_not": "\n".join(
            [
                _("Care for patients, or do the work of staff."),
                _("Look into single complaints or events, or decide about them."),
                _("Speak for all patients: you bring your own view."),
                _("Take the place of a patient participation group."),
            ]
        ),
        "time": _(
            "We agree with you how much time you give. Each piece of work says beforehand how long it takes, with the reading for it."
        ),
        "term": _("A fixed time that we agree with you. Before it ends, we talk about what comes next. You can pause or stop at any time."),
        "payment": _(
            "We offer an involvement payment for pieces of work such as a seat on a committee. Each one says what is offered before you "
            "say yes. You can take all of it, a part, or none, and only those who arrange payments know which. It can count as income, so "
            "please get independent advice: we cannot give it."
        ),
        "expenses": _(
            "We pay back what it costs you to take part, such as travel, care for somebody you look after, or a person who supports you. "
            "If paying first is difficult, tell us, and we arrange it beforehand."
        ),
        "support": _(
            "A named person to talk to and a deputy. Time to learn. Papers in the way that suits you. Somebody to talk to after a hard "
            "meeting. What you need to take part."
        ),
        "not_asked": _(
            "We do not ask whether you or somebody close to you came to harm, and you never need to speak about it. You need no "
            "qualifications, no experience of meetings, no computer and no email address."
        ),
        "responsible_to": "",
        "accountable_to": "",
    }
