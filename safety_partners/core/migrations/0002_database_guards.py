"""What only the database can do: refuse to change history, index words, keep the shared cache (rate limits), and keep
organisations apart.
"""

from django.core.management import call_command
from django.db import migrations

from safety_partners.core import append_only, wall

WORDS = {
    "sqlite": ["CREATE VIRTUAL TABLE core_searchwords USING fts5(words, tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')"],
    "postgresql": [
        # English stems without a list of words to leave out: "her" must find "hernia", on both databases alike.
        "CREATE TEXT SEARCH DICTIONARY core_stems (TEMPLATE = snowball, LANGUAGE = english)",
        "ALTER TABLE core_searchentry ADD COLUMN words tsvector",
        "CREATE INDEX search_entry_words ON core_searchentry USING gin (words)",
    ],
}


def index_words(apps, schema_editor):
    for statement in WORDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def keep_a_cache(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        append_only.EVENTS,
        migrations.RunPython(index_words, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(keep_a_cache, migrations.RunPython.noop, elidable=False),
        # Row-level security would keep PostgreSQL from using the index of words; what is found is looked up behind the wall.
        wall.Wall(without=["SearchEntry"]),
    ]
