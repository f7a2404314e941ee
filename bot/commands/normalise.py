"""Makes what phones and editors do to a command harmless, without touching the words that a person means to keep.

`clean` is for the whole text and drops only what cannot be seen. `fold` is for the word that is compared with a table:
any dash becomes a hyphen, any quote a straight one, full-width letters and other digits those of ASCII.
"""

import re
import unicodedata

_BREAKS = re.compile(r"\s+")
# Inside a word they join letters or the parts of an emoji; at its edge they are nothing.
_EDGE_JOINERS = re.compile(r"(?<!\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\S)")
_JOINERS = "\u200c\u200d"
_UNSEEN = ("Cc", "Cf", "Cs")
_DASHES = "\N{MINUS SIGN}\N{HYPHEN BULLET}\N{HEAVY MINUS SIGN}\N{MODIFIER LETTER MINUS SIGN}"
_SINGLE_QUOTES = "‘’‚‛′`´"


def clean(text: str) -> str:
    """One line without controls, turns of direction and signs without width; every space is a plain one."""
    seen = text if text.isascii() and text.isprintable() else "".join(filter(_is_seen, text))
    return _BREAKS.sub(" ", _EDGE_JOINERS.sub("", seen)).strip()


def fold(word: str) -> str:
    return word.lower() if word.isascii() else "".join(map(_folded, word)).lower()


def _is_seen(sign: str) -> bool:
    return sign in _JOINERS or sign.isspace() or unicodedata.category(sign) not in _UNSEEN


def _folded(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Pd" or sign in _DASHES:
        return "-"
    if sign in _SINGLE_QUOTES:
        return "'"
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category == "No":  # 5² is not 52
        return sign
    return "" if category == "Cf" else unicodedata.normalize("NFKC", sign)
