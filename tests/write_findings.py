"""`python -m tests.write_findings`: write docs/findings.md anew, after a change of the catalogue or of a pack."""

from __future__ import annotations

from pathlib import Path

from grants.services.findings import describe_findings

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "findings.md"

if __name__ == "__main__":
    PAGE.write_text(describe_findings(ROOT / "templates"), "utf-8")
