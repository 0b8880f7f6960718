"""统一身份认证 against a provider that the test runs itself: discovery, PKCE, state, nonce, signatures."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.faces.desk.conftest import PASSWORD, give_password
from tests.faces.world import World
from zhunsheng.people.models import Member, Role

START, RETURN = "/desk/sign-in/oidc", "/desk/sign-in/oidc/return"
SECRET = "shared-secret"


@dataclass
class Provider:
    """A small OpenID provider; ``claims`` go over those that it would give, ``key`` signs."""

    address: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signs_with: RSAKey | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    exchanged: list[dict[str, str]] = field(default_factory=list)

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False, use="sig", alg="RS256")]}

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        """What the code is worth; as a real provider it compares the verifier with the challenge."""
        self.exchanged.append(form)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        if challenge.decode() != self.asked["code_challenge"] or form["code"] != "the-code":
            return {"error": "invalid_grant"}
        stamp = int(time.time())
        claims = {"iss": self.address, "sub": "42", "aud": "zhunsheng", "iat": stamp, "exp": stamp + 300}
        claims |= {"nonce": self.asked["nonce"]} | self.claims
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with or self.key)
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": signed}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(made.metadata() if self.path.startswith("/.well-known/") else made.keys())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(made.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _answer(self, content: dict[str, Any]) -> None:
            self.send_response(400 if "error" in content else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    for name, value in {"ISSUER": made.address, "CLIENT_ID": "zhunsheng", "CLIENT_SECRET": SECRET}.items():
        monkeypatch.setenv(f"OIDC_{name}", value)
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def begin(client: Client, provider: Provider, wish: str = "") -> dict[str, str]:
    """Go to the provider; what it is asked."""
    response = client.get(START, {"next": wish})
    assert response.status_code == 302
    target = urlsplit(response["Location"])
    assert f"{target.scheme}://{target.netloc}{target.path}" == f"{provider.address}/authorize"
    provider.asked = {name: values[0] for name, values in parse_qs(target.query).items()}
    return provider.asked


def come_back(client: Client, state: str, code: str = "the-code") -> tuple[int, str, str]:
    response = client.get(f"{RETURN}?{urlencode({'code': code, 'state': state})}")
    return response.status_code, response.get("Location", ""), response.content.decode()


def test_a_member_whom_the_provider_names_enters(clerk: Member, provider: Provider) -> None:
    provider.claims = {"preferred_username": clerk.username.upper()}
    client = Client()
    assert "统一身份认证登录" in client.get("/desk/sign-in").content.decode()
    asked = begin(client, provider, "/desk/account/")
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"http://testserver{RETURN}"
    assert asked["scope"] == "openid profile"
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert come_back(client, asked["state"])[:2] == (302, "/desk/account/")
    assert clerk.full_name in client.get("/desk/").content.decode()
    assert come_back(client, asked["state"])[0] == 422, "a state is good for one return"


def test_another_claim_can_hold_the_name(clerk: Member, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_USERNAME_CLAIM", "employee")
    provider.claims = {"preferred_username": "somebody", "employee": clerk.username}
    client = Client()
    assert come_back(client, begin(client, provider)["state"])[:2] == (302, "/desk/")


@pytest.mark.parametrize("who", ["nobody.here", "", "disabled"])
def test_nobody_is_made_and_nobody_disabled_enters(world: World, provider: Provider, who: str) -> None:
    closed = world.home.members[Role.REVIEWER]
    Member.objects.filter(pk=closed.pk).update(is_active=False)
    provider.claims = {"preferred_username": closed.username if who == "disabled" else who}
    before = Member.objects.count()
    client = Client()
    status, _, page = come_back(client, begin(client, provider)["state"])
    assert status == 422
    assert "本系统没有对应的、已启用的账号" in page
    assert Member.objects.count() == before
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    "claims",
    [{"nonce": "another"}, {"aud": "somebody-else"}, {"iss": "https://elsewhere.example"}, {"exp": 1_000_000_000}],
)
def test_an_answer_that_does_not_fit_is_refused(clerk: Member, provider: Provider, claims: dict[str, Any]) -> None:
    provider.claims = {"preferred_username": clerk.username, **claims}
    client = Client()
    status, _, page = come_back(client, begin(client, provider)["state"])
    assert status == 422
    assert "核对不上" in page
    assert client.get("/desk/").status_code == 302


def test_a_foreign_signature_is_refused(clerk: Member, provider: Provider) -> None:
    provider.claims = {"preferred_username": clerk.username}
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    client = Client()
    assert come_back(client, begin(client, provider)["state"])[0] == 422


def test_state_and_browser_belong_together(clerk: Member, provider: Provider) -> None:
    provider.claims = {"preferred_username": clerk.username}
    client = Client()
    state = begin(client, provider)["state"]
    assert come_back(Client(), state)[0] == 422, "another browser"
    assert come_back(client, "made-up")[0] == 422
    assert come_back(client, state, "another-code")[0] == 422
    assert client.get(RETURN, {"error": "access_denied", "state": state}).status_code == 422
    assert not provider.exchanged or provider.exchanged[-1]["code"] == "another-code"


def test_a_provider_that_is_down_leaves_the_password(
    clerk: Member, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIDC_ISSUER", "http://127.0.0.1:9")
    client = Client()
    response = client.get(START)
    assert response.status_code == 503
    assert "没有回应" in response.content.decode()
    give_password(clerk)
    assert client.post("/desk/sign-in", {"username": clerk.username, "password": PASSWORD}).status_code == 302


def test_without_a_provider_there_is_no_such_page(db: None) -> None:
    assert Client().get(START).status_code == 404
    assert Client().get(RETURN).status_code == 404
    assert "统一身份认证" not in Client().get("/desk/sign-in").content.decode()
