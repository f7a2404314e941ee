"""The plain case of what is taken along in a file."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.exported import Exported, ExportedAction, ExportedAssessment
from bot.domain.ids import ModelVersion, StepId, TenantId
from bot.domain.model import Form, Stage
from tests.domain.action_builders import an_action

NOW = datetime(2026, 5, 28, 10, 2, 3, 456, tzinfo=UTC)
TENANT = TenantId("T_HERE")


def exported_action(team: str = "payments", **changes: Any) -> ExportedAction:
    return ExportedAction(team, an_action(**changes))


def exported_assessment(**changes: Any) -> ExportedAssessment:
    plain = ExportedAssessment(
        team="payments",
        finished_at=NOW,
        version=ModelVersion("1.0.0"),
        form=Form.FULL,
        scope=None,
        respondents=2,
        corrected=False,
        stage=Stage.WALK,
        provisional=False,
        index=58,
        steps={StepId("process"): 2, StepId("governance"): None},
    )
    return replace(plain, **changes)


def exported(*actions: ExportedAction, assessments: tuple[ExportedAssessment, ...] = ()) -> Exported:
    return Exported(NOW, None, actions, assessments)
