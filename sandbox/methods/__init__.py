"""The methods of the Web API, as a table."""

from collections.abc import Mapping

from sandbox.methods import auth, chat, conversations, files, history, people, views
from sandbox.methods.call import Method

METHODS: Mapping[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **history.METHODS,
    **people.METHODS,
    **views.METHODS,
}
