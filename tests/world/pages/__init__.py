"""Every page of the product with the records it is looked at with, by app."""

from tests.world.pages import insights, people, public, reviews

EXAMPLES = [*people.EXAMPLES, *insights.EXAMPLES, *reviews.EXAMPLES, *public.EXAMPLES]

# Names of addresses that no example can stand for, each with the reason. Kept short on purpose.
EXEMPT: dict[str, str] = {}

# Pages that exist in a demonstration only: their addresses must lead nowhere in any other mode.
ONLY_IN_A_DEMONSTRATION = ("/demonstration/", "/demonstration/mail/")
