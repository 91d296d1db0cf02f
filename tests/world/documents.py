"""Documents, versions, reviews and comments in every state, with the factories of the reviews."""

from __future__ import annotations

from safety_partners.reviews import commands
from safety_partners.reviews.models import Comment, Document, Review
from tests.factories import reviews as make
from tests.world.place import Place
from tests.world.words import typed

COMMENT = typed("Ten days is far too long.")


def tell(place: Place) -> None:
    """Everything that can happen to a document that partners are asked about."""
    _quiet(place)
    _in_review(place)
    _being_answered(place)
    _finished(place)


def document(place: Place, title: str, owner: str = "staff") -> Document:
    return make.make_document(place.people[owner], title=typed(title), reference=typed("P 7"))


def review(place: Place, of: Document) -> Review:
    partners = (place.people["partner"], place.people["second partner"])
    asked = {
        "what_can_change": typed("The days."),
        "questions": [typed("Is it clear?"), typed("What is missing?")],
        "note": typed("Thank you."),
    }
    return make.make_review(of, *partners, **asked)


def _quiet(place: Place) -> None:
    """Nobody was asked about these: one in force with a newer version that waits."""
    place.keep(quiet_document=document(place, "A quiet policy"), document_to_issue=document(place, "A policy with a new version"))
    place.keep(new_version=make.make_version(place["document to issue"]), issued_version=make.newest(place["quiet document"]))


def _in_review(place: Place) -> None:
    """Open: one partner is writing, the other has sent; a third document was declined."""
    found = document(place, "A policy in review")
    asked = review(place, found)
    partner, second = place.people["partner"], place.people["second partner"]
    question = asked.questions.first()
    place.keep(
        document=found,
        version=asked.version,
        review=asked,
        reviewer=make.desk_of(asked, partner),
        comment_draft=make.make_comment(asked, partner, words=COMMENT),
        question_draft=make.make_comment(asked, partner, position=None, question=question, words=COMMENT),
        whole_comment=make.make_comment(asked, second, position=None, words=COMMENT),
        comment=make.make_sent_comment(asked, second, words=COMMENT),
        finished_reviewer=make.desk_of(asked, second),
    )
    declined = review(place, document(place, "A policy somebody cannot read"))
    place.keep(declined_reviewer=place.do("partner", commands.decline_review, make.desk_of(declined, partner)))


def _being_answered(place: Place) -> None:
    """Closed: one comment accepted, one refused, one still waiting; the partner disagrees with the refusal."""
    found = document(place, "A policy being answered")
    asked = review(place, found)
    partner = place.people["partner"]
    accepted, refused, waiting = (make.make_comment(asked, partner, position=position, words=COMMENT) for position in (6, 5, 4))
    make.finish(asked, partner)
    make.close(asked)
    place.keep(
        closed_review=asked,
        accepted_comment=make.dispose(_again(accepted), text=typed("Yes.")),
        refused_comment=make.dispose(_again(refused), "not this time", text=typed("The law says ten.")),
        waiting_comment=_again(waiting),
    )


def _again(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


def _finished(place: Place) -> None:
    """Done: every comment answered, and the next version is in force."""
    found = document(place, "A policy that changed", "second staff")
    asked = review(place, found)
    partner = place.people["partner"]
    comment = make.make_sent_comment(asked, partner, words=COMMENT)
    make.close(asked)
    make.dispose(comment, text=typed("Two days."))
    version = make.make_version(found)
    place.do("second staff", commands.issue_version, version)
    asked.refresh_from_db()
    place.keep(
        changed_document=found,
        done_review=asked,
        done_reviewer=make.desk_of(asked, partner),
        replaced_version=asked.version,
        version_in_force=version,
        done_comment=_again(comment),
    )
