"""All addresses: each face brings its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("desk/", include("zhunsheng.faces.desk.urls")),
    path("", include("zhunsheng.faces.portal.urls")),
]

handler400 = "zhunsheng.faces.errors.bad_request"
handler403 = "zhunsheng.faces.desk.refusals.forbidden"
handler404 = "zhunsheng.faces.desk.refusals.not_found"
handler500 = "zhunsheng.faces.errors.server_error"
