"""What goes wrong in the runs in which everything may."""

from typing import Any

from sandbox.faults import Trouble

POINTS = (
    "outbox.after_claim",
    "outbox.before_posting_mark",
    "outbox.before_post",
    "outbox.after_post",
    "outbox.after_delivered",
    "reconcile.mid",
)
EVERYWHERE = ";".join(f"{point}=kill%{{chance}}" for point in POINTS)
# Twelve of a hundred, half of them for messages that are shown all the same.
BAD_ANSWERS: tuple[dict[str, Any], ...] = tuple(
    {"method": "chat.postMessage", "probability": 0.015, **bad}
    for bad in (
        {"trouble": Trouble.DROPPED, "performs": True},
        {"trouble": Trouble.DROPPED, "reset": True, "performs": True},
        {"trouble": Trouble.ERROR, "error": "internal_error", "performs": True},
        {"trouble": Trouble.UNAVAILABLE, "status": 500, "performs": True},
        {"trouble": Trouble.TRUNCATED},
        {"trouble": Trouble.ERROR, "error": "fatal_error", "performs": False},
        {"trouble": Trouble.UNAVAILABLE, "status": 503, "performs": False},
        {"trouble": Trouble.LIMITED, "retry_after": "2"},
    )
)
