"""Make the binary corpus documents from their sources; equal sources give equal bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.corpus.build.ooxml import Docx
from tests.corpus.build.wrapped import write_pdf, write_txt

HERE = Path(__file__).parent
PLANS = HERE.parent / "plans"
CHROMIUM = os.environ.get("CHROMIUM", "chromium")


def main(names: list[str]) -> None:
    """Build the named sources, or all; the first line of a source names its format."""
    for path in sorted(HERE.glob("b*.src")):
        if names and path.stem not in names:
            continue
        first, _, source = path.read_text(encoding="utf-8").partition("\n")
        kind = first.split()[1]
        target = PLANS / f"{path.stem}.{kind}"
        if kind == "docx":
            Docx().read(source).save(target)
        else:
            {"pdf": write_pdf, "txt": write_txt}[kind](source, target)
    for path in sorted(HERE.glob("b*.html")):
        if not names or path.stem in names:
            print_page(path, PLANS / f"{path.stem}.pdf")


def print_page(page: Path, target: Path) -> None:
    """Print an HTML page with Chromium and set its two dates, the only part that differs from run to run."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    subprocess.run([CHROMIUM, *flags, page.as_uri()], check=True, capture_output=True)
    dated = re.sub(rb"Date \(D:\d{14}", b"Date (D:20200101000000", target.read_bytes())
    target.write_bytes(dated)


if __name__ == "__main__":
    main(sys.argv[1:])
