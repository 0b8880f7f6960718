"""``python -m zhunsheng``."""

from __future__ import annotations

from zhunsheng.faces.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
