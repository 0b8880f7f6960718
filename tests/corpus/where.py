"""Where the real documents lie, which are no part of the repository."""

from __future__ import annotations

import os
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]


def sources() -> Path:
    """The folder of the source documents, whether it is there or not; their gold is in ``sources/`` beside this file."""
    return Path(os.environ.get("ZHUNSHENG_SOURCES") or CHECKOUT.parent / "shared" / "source_documents")
