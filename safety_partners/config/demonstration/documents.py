"""Five documents under review in a year: three were answered, one waits for answers, one is open now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from safety_partners.config.demonstration import papers
from safety_partners.config.demonstration.insights import judge
from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_, days_ago
from safety_partners.core.working_days import add_working_days, today
from safety_partners.insights.models import Insight, Response, Verdict
from safety_partners.people.models import Membership
from safety_partners.reviews import commands
from safety_partners.reviews.models import Comment, Document, Paragraph, Review, Reviewer, Version

Reason, Disposition = Response.Reason, Comment.Disposition


def tell(cast: Cast) -> None:
    """All five, the oldest first."""
    _interpreters(cast)
    _going_home(cast)
    _test_results(cast)
    _visiting(cast)
    _complaints(cast)


def add(cast: Cast, day: int, title: str, sections: Iterable[papers.Section], owner: Membership, **about: Any) -> Document:
    """The owner adds a document that is in force."""
    with days_ago(day):
        taken = commands.take(papers.word_file(title, sections), f"{title}.docx")
        return commands.add_document(
            as_(owner), taken=taken, label="1", title=title, owner=owner, affects_patients=True, is_in_force=True, **about
        )


def ask(cast: Cast, document: Document, day: int, open_for: int, questions: Iterable[str]) -> Review:
    """Both partners are asked, so that nobody is alone."""
    with days_ago(day, 11):
        return commands.ask_for_review(
            as_(document.owner),
            document.versions.get(),
            partners=[cast.anjali, cast.tom],
            what_can_change="Every sentence. Nothing is settled but the legal time limits.",
            stage=Review.Stage.DRAFT,
            closes_on=add_working_days(today(), open_for),
            questions=questions,
        )


def comment(reviewer: Reviewer, day: int, beginning: str, words: str) -> Comment:
    """A partner writes about the paragraph that begins so; about the whole where it is empty."""
    with days_ago(day, 17):
        return commands.write_comment(as_(reviewer.membership), reviewer, words=words, paragraph=_find(reviewer.review, beginning))


def hear(cast: Cast, reviewer: Reviewer, day: int, beginning: str, words: str) -> Comment:
    """Tom wrote a letter; the committee's secretary copies it."""
    with days_ago(day, 15):
        return commands.record_comment(
            as_(cast.grace),
            reviewer.review,
            reviewer=reviewer,
            words=words,
            capture=Insight.Capture.LETTER,
            is_read_back=True,
            paragraph=_find(reviewer.review, beginning),
        )


def _find(review: Review, beginning: str) -> Paragraph | None:
    return review.version.paragraphs.get(text__startswith=beginning) if beginning else None


def finish(reviewer: Reviewer, day: int) -> None:
    with days_ago(day, 18):
        commands.finish_review(as_(reviewer.membership), reviewer)


def dispose(one: Comment, day: int, disposition: str, text: str, reason: str = "") -> None:
    with days_ago(day, 12):
        one = Comment.objects.get(pk=one.pk)
        commands.dispose(as_(one.insight.owner), one, disposition=disposition, text=text, reason=reason)


def _desks(cast: Cast, review: Review) -> tuple[Reviewer, Reviewer]:
    return review.reviewers.get(membership=cast.anjali), review.reviewers.get(membership=cast.tom)


def _interpreters(cast: Cast) -> None:
    """Early in the year: one comment, taken up."""
    document = add(cast, 215, "Interpreters and easy words", papers.INTERPRETERS, cast.owen, reference="MCF-G-007")
    review = ask(cast, document, 205, 10, ["Who is forgotten here?"])
    anjali, tom = _desks(cast, review)
    booked = comment(
        anjali, 202, "An interpreter is booked", "Ask when the appointment is made, not at the door. My mother went home again."
    )
    finish(anjali, 202)
    finish(tom, 200)
    with days_ago(196):
        commands.close_review(as_(cast.owen), Review.objects.get(pk=review.pk))
    dispose(booked, 194, Disposition.ACCEPTED, "The question is asked when the appointment is made, from the first of the month.")
    judge(cast, Insight.objects.get(pk=booked.insight_id), 190, Verdict.Answer.YES)


def _test_results(cast: Cast) -> None:
    """In summer: one part could be changed and one could not."""
    document = add(cast, 95, "How we tell people their test results", papers.TEST_RESULTS, cast.ben, reference="MCF-C-021")
    review = ask(cast, document, 88, 10, ["Would you know when to ring?"])
    anjali, tom = _desks(cast, review)
    silence = comment(anjali, 85, "No news means", "No news is not good news. My neighbour waited four weeks for a result that was lost.")
    finish(anjali, 85)
    evening = hear(cast, tom, 83, "Results are given by telephone", "After six, please. Those of us who work cannot talk at a till.")
    finish(tom, 83)
    with days_ago(79):
        commands.close_review(as_(cast.ben), Review.objects.get(pk=review.pk))
    dispose(silence, 77, Disposition.ACCEPTED, "Everybody hears, also when all is well. The sentence about no news is gone.")
    dispose(
        evening,
        77,
        Disposition.NOT_NOW,
        "Nobody who may give results is here after six yet. We have asked for one evening a week in the next plan.",
        Reason.RESOURCE,
    )
    judge(cast, Insight.objects.get(pk=silence.insight_id), 74, Verdict.Answer.YES, "Good.")


def _going_home(cast: Cast) -> None:
    """The whole way: review, what was done with each comment, the next version, verdicts."""
    title = "Going home safely"
    document = add(cast, 160, title, papers.GOING_HOME, cast.ben, reference="MCF-C-014", service=cast.services["Urgent treatment centre"])
    review = ask(cast, document, 150, 10, ["Would you know what to do at two in the morning?", "Which words would you change?"])
    anjali, tom = _desks(cast, review)
    number = comment(
        anjali, 147, "Patients are advised to contact", "At nine at night there is no GP. Give one number that somebody answers."
    )
    relative = comment(
        anjali,
        147,
        "Where a person cannot read",
        "Please do not ask relatives. My aunt read the wrong dose to my uncle because she was frightened.",
    )
    whole = comment(anjali, 146, "", "It never says who is responsible if the person lives alone.")
    finish(anjali, 146)
    letter = hear(cast, tom, 143, "Written information is given", "Large print without having to ask for it every time.")
    with days_ago(139):
        commands.close_review(as_(cast.ben), Review.objects.get(pk=review.pk))
    dispose(number, 137, Disposition.ACCEPTED, "One number, in large print, at the top. It is staffed all night.")
    dispose(relative, 137, Disposition.ACCEPTED, "You are right. Relatives are out; an interpreter or one of us goes through it.")
    dispose(
        whole,
        136,
        Disposition.NOT_NOW,
        "Checking who lives alone is part of the visit itself, and another team decides that form. We have asked them.",
        Reason.DEPARTMENT,
    )
    dispose(letter, 136, Disposition.ACCEPTED, "Everybody gets the format they asked for once, every time after that.")
    with days_ago(125):
        taken = commands.take(papers.word_file(title, papers.GOING_HOME_NEXT), f"{title} 2.docx", document=document)
        version = commands.add_version(as_(cast.ben), document, taken=taken, label="2")
    with days_ago(120):
        commands.issue_version(
            as_(cast.ben), Version.objects.get(pk=version.pk), approved_on=today(), next_review_on=add_working_days(today(), 500)
        )
    judge(cast, Insight.objects.get(pk=number.insight_id), 118, Verdict.Answer.YES, "That is what I meant. Thank you.")
    judge(cast, Insight.objects.get(pk=relative.insight_id), 118, Verdict.Answer.YES)
    judge(cast, Insight.objects.get(pk=letter.insight_id), 116, Verdict.Answer.YES)


def _visiting(cast: Cast) -> None:
    """Closed, with comments that wait to be answered; one of them came late and is taken all the same."""
    document = add(
        cast, 40, "Home visiting procedure", papers.VISITING, cast.priya, reference="MCF-N-003", service=cast.services["Community nursing"]
    )
    review = ask(cast, document, 24, 10, ["What would you want to know the day before?"])
    anjali, tom = _desks(cast, review)
    comment(
        anjali, 20, "The patient is told the day", "“Times are not given” means a whole day at the window. Morning or afternoon would do."
    )
    comment(anjali, 20, "If nobody answers", "Some of us take five minutes to reach the door. Please ring before you leave a card.")
    finish(anjali, 19)
    hear(cast, tom, 11, "The nurse carries photographic", "I cannot see a small badge. Say your name and the name of the team.")


def _complaints(cast: Cast) -> None:
    """Open now: one partner has begun, the other has not answered."""
    document = add(cast, 15, "Complaints and concerns policy", papers.COMPLAINTS, cast.priya, reference="MCF-G-001")
    review = ask(cast, document, 6, 14, ["Would you dare to complain after reading this?", "What is missing?"])
    anjali, _tom = _desks(cast, review)
    comment(
        anjali,
        2,
        "Complaints should be made in writing",
        "Many people cannot write a letter when they are upset. Why must it be in writing?",
    )
