"""Walking back from the newest record of one kind in one organisation, for words that many records hold."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_alter_message_channel")]

    operations = [
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["organisation_id", "kind", "id"], name="search_entry_newest"),
        ),
    ]
