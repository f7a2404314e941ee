"""A result that is held back because other organisations read the team's channel: its lead decides."""

from bot.domain.delivery import Message
from bot.domain.ids import AssessmentId
from bot.views import blocks, message, result, words
from bot.views.result import ResultFacts

POST_IT = "shared.post_it"


def asked(facts: ResultFacts, assessment: AssessmentId) -> Message:
    name = words.aloud(facts.team, 40)
    return message.message(
        f"{result.sentence(facts, words.NAME)} This has not been posted.",
        blocks.section(
            "The team's channel is shared with another organisation, whose people would read the stage and the score. "
            "Nothing is posted there unless you want it."
        ),
        blocks.actions(blocks.button("Post it", POST_IT, assessment, says=f"Post the result of {name} all the same")),
        blocks.context("You get this because you lead this team. Only you see it."),
        spoken=f"{result.sentence(facts, result.SHORT_NAME)} This has not been posted.",
    )
