"""What happens to partners' records by the clock."""

from __future__ import annotations

from contextlib import suppress

from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.schedule import nightly
from safety_partners.core.viewer import system_viewer
from safety_partners.partners import commands, queries
from safety_partners.partners.commands import importing as importing_commands
from safety_partners.partners.queries import caring, importing


@nightly("30 7 * * *")
def tell_what_runs_out() -> int:
    """Give the notices that are due today; returns how many. Another worker who was quicker leaves nothing to tell."""
    count = 0
    for need in queries.needs_to_tell().iterator(chunk_size=200):
        with suppress(Overtaken):
            commands.tell_need_runs_out(system_viewer(need.organisation_id), need)
            count += 1
    for term in queries.terms_to_tell().iterator(chunk_size=200):
        with suppress(Overtaken):
            commands.tell_term_ends(system_viewer(term.partner.organisation_id), term)
            count += 1
    return count


@nightly("10 0 * * *")
def let_agreed_changes_hold() -> int:
    """Put in force the changes of role that were agreed for today; returns how many."""
    count = 0
    for change in queries.changes_to_come().iterator(chunk_size=200):
        with suppress(Overtaken):
            commands.put_role_change_in_force(system_viewer(change.partner.organisation_id), change)
            count += 1
    return count


@nightly("40 3 * * *")
def forget_outcomes_of_checks() -> int:
    """Forget what came of checks when it has been kept long enough; returns in how many organisations."""
    organisations = caring.organisations_with_old_outcomes()
    for organisation in organisations:
        commands.forget_outcomes(system_viewer(organisation.pk), organisation)
    return len(organisations)


@nightly("20 3 * * *")
def forget_old_imports() -> int:
    """Forget what the rows of old imports said; returns in how many organisations."""
    organisations = importing.organisations_with_old_imports()
    for organisation in organisations:
        importing_commands.forget_old_imports(system_viewer(organisation.pk), organisation)
    return len(organisations)
