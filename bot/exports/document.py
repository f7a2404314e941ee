"""The same figures as one JSON document, for programs."""

import json
from typing import Any

from bot.domain.exported import Exported, ExportedAssessment
from bot.exports import records

FORMAT = "finops-assess/1"  # rises when a field changes its meaning or goes away


def build(exported: Exported) -> bytes:
    document = {
        "format": FORMAT,
        "made_at": exported.made_at.isoformat(timespec="seconds"),
        "since": exported.since.isoformat() if exported.since else None,
        "actions": [records.action(row) for row in exported.actions],
        "assessments": [_assessment(row) for row in exported.assessments],
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _assessment(row: ExportedAssessment) -> dict[str, Any]:
    return {**records.assessment(row), "levels": dict(row.steps)}
