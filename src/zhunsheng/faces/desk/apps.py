"""The desk as a Django application: templates and static files, no models."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """工作台: the pages of those who have signed in."""

    name = "zhunsheng.faces.desk"
    label = "desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Let sessions know when they began, rooms draw matters, the desk list what waits and happens, the worker do chores."""
        from functools import partial

        from django.contrib.auth.signals import user_logged_in

        from zhunsheng.faces import chores
        from zhunsheng.faces.desk.matters.common import address, cards, listed
        from zhunsheng.faces.desk.sessions import begun
        from zhunsheng.faces.desk.units import cards as people
        from zhunsheng.kernel import refs, waiting
        from zhunsheng.kernel.journal import latest
        from zhunsheng.kernel.matter import desk, queries
        from zhunsheng.kernel.matter.rights import standing

        user_logged_in.connect(begun, dispatch_uid="zhunsheng.faces.desk.sessions")
        chores.register()
        refs.register("matter.matter", cards)
        people.ready()
        waiting.waits("matter", partial(desk.answer, address=address))
        waiting.falls("matter", partial(desk.agenda, address=address, listed=listed))
        latest.watch("matter.matter", standing, queries.visible_to)
