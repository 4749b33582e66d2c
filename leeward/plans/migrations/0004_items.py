import django.db.models.deletion
import leeward.core.ids
import leeward.sealing.fields
from django.conf import settings
from django.db import migrations, models
from leeward.core.operations import Tables


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_standing'),
        ('plans', '0003_own_person_required'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables([
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.UUIDField(default=leeward.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('section_key', leeward.sealing.fields.SealedText('sensitive', always=True, blank=True, room=128)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_items', to='people.youngperson')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['person', 'recorded_at'], name='item_person'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ItemNews',
            fields=[
                ('id', models.UUIDField(default=leeward.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('done', 'Done'), ('celebrated', 'Celebrated'), ('let_go', 'Let go for now')], max_length=10)),
                ('on', models.DateField()),
                ('words', leeward.sealing.fields.SealedText('sensitive', blank=True, null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='news', to='plans.item')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.youngperson')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['done', 'celebrated', 'let_go'])), name='item_news_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ItemVersion',
            fields=[
                ('id', models.UUIDField(default=leeward.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('number', models.PositiveIntegerField()),
                ('sees', models.CharField(choices=[('me', 'only me'), ('named', 'people I choose'), ('team', 'my team')], max_length=5)),
                ('words', leeward.sealing.fields.SealedText('sensitive', blank=True, null=True)),
                ('who', leeward.sealing.fields.SealedText('identifying', blank=True, null=True)),
                ('due_on', models.DateField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='plans.item')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.youngperson')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['person', 'due_on'], name='item_due'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('item', 'number'), name='one_item_version_per_number'),
                    models.CheckConstraint(condition=models.Q(models.Q(('sees', 'me'), _negated=True), ('recorded_by__isnull', True), _connector='OR'), name='item_of_mine_alone_is_written_by_me'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('id', models.UUIDField(default=leeward.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.youngperson')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readers', to='plans.itemversion')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('version', 'worker'), name='a_reader_is_named_once'),
                ],
            },
        ),
        ]),
        migrations.AddField(
            model_name='itemversion',
            name='named',
            field=models.ManyToManyField(related_name='+', through='plans.Reader', to=settings.AUTH_USER_MODEL),
        ),
        Tables([
        migrations.CreateModel(
            name='SafetyReview',
            fields=[
                ('id', models.UUIDField(default=leeward.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('on', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.youngperson')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.UUIDField(default=leeward.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('section_key', leeward.sealing.fields.SealedText('sensitive', always=True, blank=True, room=128)),
                ('words', leeward.sealing.fields.SealedText('sensitive', blank=True, null=True)),
                ('why', leeward.sealing.fields.SealedText('sensitive', blank=True, null=True)),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.item')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='people.youngperson')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SuggestionAnswer',
            fields=[
                ('id', models.UUIDField(default=leeward.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('took', models.BooleanField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.youngperson')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('suggestion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='plans.suggestion')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('recorded_by__isnull', True)), name='suggestion_answered_by_themselves'),
                ],
            },
        ),
        ]),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.CheckConstraint(condition=models.Q(('sees__in', ['me', 'named', 'team'])), name='item_sees_known'),
        ),
    ]
