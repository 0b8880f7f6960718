from __future__ import annotations

import pytest
from django.test import RequestFactory

from zhunsheng.faces.addresses import client_address


@pytest.mark.parametrize(
    ("proxy", "forwarded", "address"),
    [
        (False, "", "192.0.2.1"),
        (False, "10.0.0.1", "192.0.2.1"),
        (True, "", "192.0.2.1"),
        (True, "10.0.0.1", "10.0.0.1"),
        (True, "10.9.9.9, 10.0.0.1", "10.0.0.1"),
        (True, "10.0.0.1, unknown", "192.0.2.1"),
        (True, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_only_the_proxy_is_believed(settings: pytest.FixtureRequest, proxy: bool, forwarded: str, address: str) -> None:
    settings.HTTPS = proxy  # type: ignore[attr-defined]
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address
