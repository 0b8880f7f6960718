"""Rule packs 规则包: what a county may change without a programmer, as YAML with id, version, source and a checked schema.

A pack ships in ``zhunsheng/packs/NAME.yaml`` beside ``NAME.schema.json``; a file of the same name in ``packs/`` of the
home replaces it whole.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import jsonschema
import yaml
from django.conf import settings

import zhunsheng

SHIPPED: Final = Path(zhunsheng.__file__).parent / "packs"
# libyaml reads ten times as fast; the same values come out.
LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadPack(ValueError):
    """A pack that cannot be used. ``str(error)`` is Chinese: which file, where in it, what is wrong."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as loaded: ``content`` satisfies the schema; ``where`` is the file that it came from."""

    name: str
    version: str
    source: str
    where: Path
    content: dict[str, Any]


def load(name: str) -> Pack:
    """The pack of that name, the county's own before the shipped one. Raises ``BadPack``."""
    own = Path(settings.HOME) / "packs" / f"{name}.yaml"
    path = own if own.is_file() else SHIPPED / f"{name}.yaml"
    stamp = path.stat()
    return _loaded(name, path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=64)
def _loaded(name: str, path: Path, _modified: int, _size: int) -> Pack:
    """Read and check once for each state of the file."""
    content = parsed(path)
    check(content, json.loads((SHIPPED / f"{name}.schema.json").read_text("utf-8")), path)
    return Pack(name, str(content["version"]), str(content["source"]), path, content)


def parsed(path: Path) -> dict[str, Any]:
    """A YAML file as plain values. Raises ``BadPack``."""
    try:
        content = yaml.load(path.read_text("utf-8"), LOADER)  # noqa: S506 - both loaders are safe ones
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadPack(f"规则包 {path} 读不了：{' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise BadPack(f"规则包 {path} 的最外层应当是一组“名称: 内容”。")
    return content


def check(content: dict[str, Any], schema: dict[str, Any], path: Path) -> None:
    """Raise ``BadPack`` for the first place in which ``content`` breaks ``schema``."""
    error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema).iter_errors(content))
    if error is not None:
        place = "/".join(map(str, error.absolute_path)) or "最外层"
        raise BadPack(f"规则包 {path} 的 {place} 不合格式：{error.message}")
