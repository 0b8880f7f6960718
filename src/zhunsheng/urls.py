"""All addresses: each face brings its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("zhunsheng.faces.portal.urls"))]

handler400 = "zhunsheng.faces.portal.errors.bad_request"
handler403 = "zhunsheng.faces.portal.errors.forbidden"
handler404 = "zhunsheng.faces.portal.errors.not_found"
handler500 = "zhunsheng.faces.portal.errors.server_error"
