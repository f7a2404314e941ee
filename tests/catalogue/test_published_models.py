"""The models that the bot brings along: complete, and never edited once they are published."""

from hashlib import sha256
from pathlib import Path

import pytest

from bot.catalogue.loading import CATALOGUE, BrokenModel, flaws, load, published
from bot.domain.ids import ModelVersion
from bot.domain.model import Form, MaturityModel

FILES = sorted(CATALOGUE.glob("*.yaml"))
FROZEN = {
    "finops-1.0.0.yaml": "546220c41c57f880e4e16e83476d2089771cf4232a5a97eadf12ef15b1261453",
}
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


@every_file
def test_a_published_file_is_never_edited(path: Path) -> None:
    assert sha256(path.read_bytes()).hexdigest() == FROZEN.get(path.name), (
        f"{path.name} is published, and assessments are scored with it for ever: make a new version"
        " (a new file with a new version number, and its hash here)"
    )


@every_file
def test_a_file_has_no_flaws(path: Path) -> None:
    assert flaws(path) == []


@every_file
def test_a_file_is_named_after_its_version(path: Path) -> None:
    assert path.stem == f"finops-{load(path).version}"


def test_the_latest_published_version_is_the_highest(tmp_path: Path) -> None:
    original = FILES[0].read_text()
    for version, status in [("1.2.0", "published"), ("1.10.0", "published"), ("2.0.0", "draft"), ("0.9.0", "retired")]:
        changed = original.replace('version: "1.0.0"', f'version: "{version}"')
        (tmp_path / f"finops-{version}.yaml").write_text(changed.replace("status: published", f"status: {status}"))
    models = published(tmp_path)
    assert models.latest.version == "1.10.0"
    assert models.version(ModelVersion("0.9.0")).version == "0.9.0"
    assert len(models.by_version) == 4


def test_a_broken_file_is_refused_with_its_flaws(tmp_path: Path) -> None:
    path = tmp_path / "finops-1.0.0.yaml"
    path.write_text("id: finops")
    with pytest.raises(BrokenModel, match="version: is missing") as broken:
        load(path)
    assert "steps: is missing" in broken.value.flaws


@pytest.fixture
def model() -> MaturityModel:
    return published().latest


@pytest.mark.parametrize(("form", "counts"), [(Form.FULL, [6, 5, 5, 6, 0]), (Form.SHORT, [3, 3, 3, 3, 0])])
def test_a_form_asks_so_many_questions(model: MaturityModel, form: Form, counts: list[int]) -> None:
    assert [len(model.questions_of(step, form)) for step in model.steps] == counts


def test_every_part_is_found_by_its_id(model: MaturityModel) -> None:
    for step in model.steps:
        assert model.step(step.id) is step
        for question in step.questions:
            assert (model.question(question.id), model.step_of(question.id)) == (question, step)
    for action in model.actions:
        assert model.action(action.id) is action
        assert model.owner_role(action.owner_role).id == action.owner_role
    for persona in model.personas:
        assert model.persona(persona.id) is persona


def test_every_answer_below_run_has_an_action_that_lifts_it(model: MaturityModel) -> None:
    lifted = {(trigger, action.to) for action in model.actions for trigger in action.triggers}
    asked = [question.id for step in model.scored_steps for question in step.questions]
    assert [(question, to) for question in asked for to in (1, 2, 3) if (question, to) not in lifted] == []
