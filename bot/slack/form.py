"""A form body's fields, decoded by the standard library's C: `urllib` takes a loop of Python for each escape.

A modal's submission has some five thousand of them, which took a tenth of all that storing it takes (ADR 20). The
quoted-printable of mail differs from the percent encoding of forms in nothing but the sign and in breaks of lines.
"""

import binascii
import re
from urllib.parse import unquote_plus

_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")  # stands for itself


def fields(text: str, at_most: int) -> list[tuple[str, str]]:
    """As `urllib.parse.parse_qsl` has them, blank ones included. Raises ValueError: too many, or no UTF-8."""
    if text.count("&") >= at_most:
        raise ValueError("too many fields")
    return [
        (_decoded(name), _decoded(value)) for name, _, value in (one.partition("=") for one in text.split("&") if one)
    ]


def _decoded(quoted: str) -> str:
    if _STRAY.search(quoted):
        return unquote_plus(quoted, errors="strict")
    mail = quoted.replace("+", " ").encode().replace(b"=", b"=3D").replace(b"%", b"=")
    return binascii.a2b_qp(mail).decode()
