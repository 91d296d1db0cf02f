"""How Meadowbank set up its partner programme, and what it learnt since: a role in its second version, tasks, a plan."""

from __future__ import annotations

from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_, days_ago
from safety_partners.core.clock import today
from safety_partners.core.months import add_months
from safety_partners.partners import commands
from safety_partners.partners.models import NeedKind, PlanItem, RoleVersion, TaskProfile, TaskVersion
from safety_partners.partners.queries.starting import starting_role
from safety_partners.people import commands as people

Kind, Stage, Level = TaskProfile.Kind, TaskVersion.Stage, TaskVersion.Level

# Title, kind, what, time, how often, preparation, stage, level, say on a panel.
TASKS = [
    (
        "Quality and safety committee",
        Kind.COMMITTEE,
        "Sit on the committee with another partner. Read the papers, ask what patients would ask, and say when an answer is no answer.",
        "Two and a half hours",
        "Every second month",
        "About two hours of reading, sent seven working days before",
        Stage.DESIGN,
        Level.STRATEGIC,
        "",
    ),
    (
        "Policy review",
        Kind.REVIEW,
        "Read a policy before it is finished, and say what would happen to you as a patient or family member if we followed it.",
        "One to two hours, when it suits you",
        "Six to eight times a year",
        "None: the reading is the work",
        Stage.DRAFT,
        Level.WORKING_GROUP,
        "",
    ),
    (
        "Interview panel",
        Kind.PANEL,
        "Be one of the panel when we choose somebody who will work with patients, with a question of your own.",
        "Half a day",
        "Three or four times a year, if you like",
        "An hour with the chair of the panel, after a short training",
        Stage.FINAL,
        Level.STRATEGIC,
        TaskVersion.Scoring.EQUAL,
    ),
]


def set_up(cast: Cast) -> RoleVersion:
    """Grace works through the steps of the set-up in one morning; returns the role in use."""
    grace, meadowbank = as_(cast.grace), cast.organisation
    with days_ago(233):
        commands.name_people(
            grace,
            meadowbank,
            executive="Dr Ruth Calder, medical director",
            responsible_officer="Samuel Osei, non-executive director",
            lead="Grace Adeyemi, patient safety engagement manager",
            safety_specialist="Ben Carver, clinical lead for urgent care",
        )
        commands.set_policy(
            grace,
            meadowbank,
            title="Working with Patient Safety Partners",
            link="https://meadowbank.example/policies/patient-safety-partners/",
            review_on=add_months(today(), 24),
        )
        title, words = starting_role()
        role = commands.describe_role(grace, title=title, words=words)
        first = commands.bring_role_into_use(grace, role.versions.get())
        people.set_clocks(grace, meadowbank, acknowledge_days=2, own_days=5, answer_days=20)
        _plan(cast)
        commands.set_lengths(grace, meadowbank, term_months=24, keep_interest_months=6)
        commands.finish_set_up(grace, meadowbank)
    return first


def _plan(cast: Cast) -> None:
    """Our list, and one thing that only matters here."""
    grace = as_(cast.grace)
    commands.start_plan(grace, cast.organisation)
    commands.add_plan_item(
        grace,
        title="See the urgent treatment centre on a quiet morning",
        why="So that you know the rooms, and the people know you, before you talk about them in a meeting.",
        kind=NeedKind.INDUCTION,
        owner_kind=PlanItem.Owner.CONTACT,
        is_required=False,
        due_in_days=60,
        valid_months=None,
        minutes=60,
        link="",
    )


def learn(cast: Cast) -> RoleVersion:
    """Half a year on: tasks are described, the role says how much time it is, a letter sounds like Grace."""
    grace = as_(cast.grace)
    with days_ago(110):
        for title, kind, what, time, frequency, preparation, stage, level, scoring in TASKS:
            words = {"what": what, "time": time, "frequency": frequency, "preparation": preparation}
            words |= {"stage": stage, "level": level, "scoring": scoring}  # type: ignore[dict-item]
            task = commands.describe_task(grace, title=title, kind=kind, words=words)
            commands.bring_task_into_use(grace, task.versions.get())
    with days_ago(96):
        title, words = starting_role()
        role = RoleVersion.objects.visible_to(grace).get(role__title=title, number=1).role
        words |= {
            "time": "About six hours a month, with the reading. You choose what you take on, and every piece of work says beforehand how "
            "long it takes.",
            "responsible_to": "Grace Adeyemi, partner lead",
            "accountable_to": "Dr Ruth Calder, medical director",
        }
        second = commands.bring_role_into_use(grace, commands.write_role(grace, role, words=words))
        commands.change_words(
            grace,
            cast.organisation,
            purpose="welcome",
            subject="Welcome to Meadowbank",
            text=(
                "Dear [name],\n\nWelcome! All of us are glad that you said yes to being a [role].\n\n"
                "I will ring you this week, and we will go through what comes first. There are no silly questions here.\n\n"
                "You can reach me at any time: [contact].\n\nGrace\n[organisation]"
            ),
        )
    return second
