"""Reminders, the outbox, jobs of the worker, addresses of feeds."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhunsheng.kernel.now


class Migration(migrations.Migration):
    """The engine's tables."""

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64, unique=True, verbose_name="名称")),
                ("slot", models.CharField(blank=True, max_length=32, verbose_name="在办的一轮")),
                ("done_slot", models.CharField(blank=True, max_length=32, verbose_name="办完的一轮")),
                ("token", models.UUIDField(blank=True, null=True, verbose_name="领取凭据")),
                ("leased_by", models.CharField(blank=True, max_length=100, verbose_name="由谁在办")),
                ("leased_until", models.DateTimeField(blank=True, null=True, verbose_name="领取到")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="最近开始")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="最近办完")),
                ("problem", models.CharField(blank=True, max_length=300, verbose_name="最近的问题")),
            ],
            options={
                "verbose_name": "定时任务",
                "verbose_name_plural": "定时任务",
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "电子邮件"), ("wecom", "企业微信机器人"), ("dingtalk", "钉钉机器人")],
                        max_length=16,
                        verbose_name="渠道",
                    ),
                ),
                ("address", models.CharField(max_length=500, verbose_name="地址")),
                ("secret", models.CharField(blank=True, max_length=200, verbose_name="加签密钥")),
                (
                    "mode",
                    models.CharField(
                        choices=[("digest", "每天一封"), ("immediate", "随到随发")],
                        default="digest",
                        max_length=16,
                        verbose_name="方式",
                    ),
                ),
                ("plain", models.BooleanField(default=False, verbose_name="只发纯文字")),
                ("is_on", models.BooleanField(default=True, verbose_name="开启")),
                ("created_at", models.DateTimeField(default=zhunsheng.kernel.now.now, verbose_name="设置时间")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriptions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="成员",
                    ),
                ),
            ],
            options={
                "verbose_name": "推送设置",
                "verbose_name_plural": "推送设置",
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "电子邮件"), ("wecom", "企业微信机器人"), ("dingtalk", "钉钉机器人")],
                        max_length=16,
                        verbose_name="渠道",
                    ),
                ),
                ("address", models.CharField(max_length=500, verbose_name="地址")),
                ("payload", models.JSONField(verbose_name="内容")),
                ("day", models.DateField(verbose_name="提醒日期")),
                ("dedupe", models.UUIDField(default=uuid.uuid4, unique=True, verbose_name="消息编号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待发"),
                            ("claimed", "在发"),
                            ("handing", "正在交出"),
                            ("sent", "已交出"),
                            ("dropped", "无须再发"),
                            ("failed", "没有送到"),
                            ("uncertain", "说不准"),
                        ],
                        default="waiting",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="已试次数")),
                ("next_try", models.DateTimeField(verbose_name="下次发送")),
                ("token", models.UUIDField(blank=True, null=True, verbose_name="领取凭据")),
                ("leased_by", models.CharField(blank=True, max_length=100, verbose_name="由谁在发")),
                ("leased_until", models.DateTimeField(blank=True, null=True, verbose_name="领取到")),
                ("created_at", models.DateTimeField(default=zhunsheng.kernel.now.now, verbose_name="生成时间")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="交出时间")),
                ("problem", models.CharField(blank=True, max_length=300, verbose_name="问题")),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="reminders.subscription",
                        verbose_name="推送设置",
                    ),
                ),
            ],
            options={
                "verbose_name": "待发消息",
                "verbose_name_plural": "待发消息",
            },
        ),
        migrations.CreateModel(
            name="FeedToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="地址摘要")),
                ("created_at", models.DateTimeField(default=zhunsheng.kernel.now.now, verbose_name="生成时间")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feed_tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="成员",
                    ),
                ),
            ],
            options={
                "verbose_name": "日历订阅地址",
                "verbose_name_plural": "日历订阅地址",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("member",),
                        name="feedtoken_one_at_a_time",
                        violation_error_message="已有一个在用的订阅地址。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=255, unique=True, verbose_name="唯一标识")),
                ("kind", models.CharField(max_length=64, verbose_name="种类")),
                ("subject_kind", models.CharField(max_length=64, verbose_name="事项类别")),
                ("subject_key", models.CharField(max_length=64, verbose_name="事项编号")),
                ("subject_label", models.CharField(max_length=300, verbose_name="事项名称")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("notice", "提示"),
                            ("yellow", "黄"),
                            ("orange", "橙"),
                            ("red", "红"),
                            ("escalated", "升级"),
                        ],
                        max_length=16,
                        verbose_name="级别",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="内容")),
                ("url", models.CharField(max_length=300, verbose_name="打开")),
                ("due", models.DateField(verbose_name="截止日期")),
                ("raised_on", models.DateField(verbose_name="提醒日期")),
                ("batch", models.UUIDField(verbose_name="生成批次")),
                ("created_at", models.DateTimeField(default=zhunsheng.kernel.now.now, verbose_name="生成时间")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="看过时间")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="了结时间")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提醒谁",
                    ),
                ),
            ],
            options={
                "verbose_name": "催办",
                "verbose_name_plural": "催办",
                "indexes": [
                    models.Index(fields=["recipient", "-created_at"], name="reminder_of_recipient"),
                    models.Index(fields=["subject_kind", "subject_key"], name="reminder_of_subject"),
                    models.Index(fields=["batch"], name="reminder_of_batch"),
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("seen_at__isnull", True)),
                        fields=["recipient"],
                        name="reminder_unseen",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["notice", "yellow", "orange", "red", "escalated"])),
                        name="reminder_level_known",
                        violation_error_message="级别不在规定的范围内。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("key", ""), _negated=True), models.Q(("text", ""), _negated=True)),
                        name="reminder_filled",
                        violation_error_message="不能为空。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url__startswith", "/"), models.Q(("url__startswith", "//"), _negated=True)
                        ),
                        name="reminder_url_is_a_path",
                        violation_error_message="打开的地址应当是本站的路径。",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["mail", "wecom", "dingtalk"])),
                name="subscription_channel_known",
                violation_error_message="渠道不在规定的范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["digest", "immediate"])),
                name="subscription_mode_known",
                violation_error_message="方式不在规定的范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("address", ""), _negated=True),
                name="subscription_address_filled",
                violation_error_message="不能为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                fields=("member", "channel", "address"),
                name="subscription_once",
                violation_error_message="这个地址已经设置过。",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "claimed", "handing"])),
                fields=["next_try"],
                name="outbox_to_do",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(fields=["subscription", "day", "state"], name="outbox_of_day"),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(fields=["address", "sent_at"], name="outbox_rate"),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("state__in", ["failed", "uncertain"])),
                fields=["created_at"],
                name="outbox_to_look_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "claimed", "handing", "sent", "dropped", "failed", "uncertain"])
                ),
                name="outbox_state_known",
                violation_error_message="状态不在规定的范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="outbox_sent_has_its_time",
                violation_error_message="已交出的消息应当有交出时间。",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["claimed", "handing"]), _negated=True),
                    models.Q(("leased_until__isnull", False), ("token__isnull", False)),
                    _connector="OR",
                ),
                name="outbox_claim_is_held",
                violation_error_message="在发的消息应当有领取凭据。",
            ),
        ),
    ]
