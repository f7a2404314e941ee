"""As much of Slack's Web API as a process under measurement asks for: every call is answered at once, and well."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "xoxb-1-1-benchmark"
SECRET = "a-signing-secret-of-32-characters"
TEAM = "T1BENCH"
# Whatever is asked: whose token it is, or who somebody is.
IDENTITY = {"ok": True, "team_id": TEAM, "user_id": "UBOT", "bot_id": "B1", "is_enterprise_install": False, "url": "",
            "user": {"team_id": TEAM, "tz": "Europe/Berlin"}}  # fmt: skip


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps(IDENTITY).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def answering() -> Iterator[str]:
    """The address of the Web API, for as long as the block lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api/"
        finally:
            server.shutdown()
            thread.join()


def settings(database_url: str, api: str) -> Mapping[str, str]:
    return {
        "DATABASE_URL": database_url,
        "SLACK_API_URL": api,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
    }
