"""Pages of agendas, papers, packs and interests."""

from __future__ import annotations

from safety_partners.committees import policies
from tests.world.example import Example, one_of

runs, works, writes = policies.may_run, policies.may_work_on_item, policies.may_write_paper
# They may open it and have not: they come to the page before it.
NOT_OPENED = dict.fromkeys(("staff", "second staff", "finance", "board", "governance", "administrator"), 302)

AGENDA = [
    *one_of("committees:agenda", "meeting", "empty meeting", may=runs),
    *one_of("committees:agenda-start", "empty meeting", may=runs),
    *one_of("committees:item-new", "meeting", may=runs),
    *one_of("committees:item", "open item", "invited item", "restricted item", "withheld item"),
    *one_of("committees:item-change", "open item", may=works),
    *one_of("committees:item-remove", "open item", may=works),
    *one_of("committees:interest-new", "open item", may=policies.may_open_item),
    *one_of("committees:interest-record", "open item", may=works),
    *one_of("committees:interest-take-back", "recusal", may=policies.may_take_back_interest),
    *one_of("committees:declare", "partner invited", may=policies.is_invited),
]
PAPERS = [
    Example(page="committees:papers"),
    *one_of("committees:paper-new", "open item", may=works),
    *one_of("committees:paper", "open paper", "invited paper", "withheld paper", "promised paper", "full paper", "paper taken out"),
    *one_of("committees:paper-change", "open paper", "full paper", may=writes),
    *one_of("committees:paper-send-in", "promised paper", "full paper", may=writes),
    *one_of("committees:paper-take-out", "full paper", may=policies.may_work_on_paper),
    *one_of("committees:paper-version", "typed version", "file version", says_to=NOT_OPENED),
    *one_of("committees:paper-version-file", "file version", says_to=NOT_OPENED),
    *one_of("committees:paper-version-file", "typed version", says=404, because="it was typed"),
    *one_of("committees:paper-version-open", "first version", says=405, because="it is a button"),
    *one_of("committees:papers-send", "meeting", "empty meeting", may=runs),
]
COPIES = [
    Example(page="committees:copies"),
    *one_of("committees:copy", "wanted copy", "ready copy", may=policies.may_work_on_paper),
    *one_of("committees:copy-file", "ready copy"),
    *one_of("committees:copy-file", "wanted copy", says=404, because="it is not there"),
]
PACKS = [
    *one_of("committees:pack", "meeting", "empty meeting"),
    *one_of("committees:pack-file", "empty meeting", says=302, because="there is nothing in it"),
    *one_of("committees:want-paper", "partner invited", may=policies.may_arrange_pack),
    Example(page="committees:packs"),
    *one_of("committees:pack-post", "pack to post", "posted pack", may=runs),
    *one_of("committees:pack-post-file", "pack to post", may=runs),
]
EXAMPLES = [*AGENDA, *PAPERS, *COPIES, *PACKS]
