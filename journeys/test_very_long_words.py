"""A word wider than a telephone's screen pushes no page sideways, wherever somebody typed it."""

from __future__ import annotations

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


def test_very_long_words_break_on_a_narrow_screen(visit) -> None:
    partner, lead = visit("Anjali Mistry", width=320), visit("Grace Adeyemi", width=320)
    partner.go("/insights/new/")
    partner.fill("What do you want to tell us?", WORD)
    partner.choose("A concern")
    partner.press("Continue")
    partner.press("Share")
    partner.sees("We have not answered yet.")
    code = partner.code_here()
    lead.go(f"/insights/{code}/acknowledge/")
    lead.press("Say that we have it")
    lead.go(f"/insights/{code}/hand-over/")
    lead.page.get_by_label("Who should answer?").select_option(label="Grace Adeyemi, Patient safety engagement manager")
    lead.press("Ask this person")
    lead.go(f"/insights/{code}/respond/")
    lead.choose("We will")
    lead.fill("Your answer, in plain words", WORD)
    lead.press("Send the answer")
    lead.sees("What you can do next")
    for visitor, paths in ((partner, ("verdict/", "trace/", "withdraw/")), (lead, ("actions/new/", "changes/new/", "trace/"))):
        for path in ("/home/", "/insights/", *(f"/insights/{code}/{end}" for end in ("", *paths))):
            visitor.go(path)
            visitor.check_width(path)
