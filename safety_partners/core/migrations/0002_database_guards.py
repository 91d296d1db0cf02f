"""What only the database can do: refuse to change history, index words, and keep the shared cache (rate limits)."""

from django.core.management import call_command
from django.db import migrations

from safety_partners.core import append_only

WORDS = {
    "sqlite": ["CREATE VIRTUAL TABLE core_searchwords USING fts5(words, tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')"],
    "postgresql": [
        # English stems without a list of words to leave out: "her" must find "hernia", on both databases alike.
        "CREATE TEXT SEARCH DICTIONARY core_stems (TEMPLATE = snowball, LANGUAGE = english)",
        "ALTER TABLE core_searchentry ADD COLUMN words tsvector",
        "CREATE INDEX search_entry_words ON core_searchentry USING gin (words)",
    ],
}


def forwards(apps, schema_editor):
    connection = schema_editor.connection
    append_only.guard(connection)
    for statement in WORDS[connection.vendor]:
        schema_editor.execute(statement)
    call_command("createcachetable", database=connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)]
