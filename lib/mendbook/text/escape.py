"""One escaper for each sink that foreign text reaches: it stays data, and nothing is lost.

Characters that cannot be seen (control, bidirectional, zero-width, private use, unassigned, lone
surrogates) are shown as ``⟨U+202E⟩`` everywhere. Whitespace is folded to single spaces where the
sink is one line, because the sink would do the same when it is drawn.
"""

from __future__ import annotations

import hashlib
import html as _html
import re
import unicodedata

_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_UNSEEN_LETTERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    + "".join(chr(code) for code in range(0xFE00, 0xFE0F))
)
_VARIATION_SUPPLEMENT = range(0xE0100, 0xE01F0)
_SPACE = re.compile(r"[ \t\r\n]+")
_MARKDOWN = re.compile(r"[\\`*\[\]<~$|]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#|\w+;)")
_ADDRESS = re.compile(
    r"(?i)((?:(?<![a-z0-9+.-])[a-z0-9+.-]+://|www\.)(?:[^\s\\`|<>]*[^\s\\`|<>.,;:!?'\")\]}])?"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:[\w.+@-]*\w)?)"
)
"""Both begin only where a word does: tried at each letter, a long word takes time squared. The
full stop or the bracket after an address is the sentence's."""
_LINE_START = re.compile(r"^(?:([#>=|:-]|\+(?= |$))|(\d+)([.)])(?= |$))")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7e]")
_SLUG_GAP = re.compile(r"[^A-Za-z0-9]+")
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")
_MERMAID = re.compile(r"[\"#;<>&`%\\]")
_FORMULA = re.compile(r"^\s*[=+\-@|%]")


def visible(text: str, keep: str = "\n\t") -> str:
    """Return ``text`` with every character that cannot be seen shown as ``⟨U+XXXX⟩``.

    Characters in ``keep`` stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"⟨U+{ord(char):04X}⟩" if char not in keep and _unseen(char) else char for char in text
    )


def _unseen(char: str) -> bool:
    return (
        unicodedata.category(char) in _UNSEEN_CATEGORIES
        or char in _UNSEEN_LETTERS
        or ord(char) in _VARIATION_SUPPLEMENT
    )


def line(text: str) -> str:
    """Return ``text`` as one line of plain text, with nothing unseen in it."""
    return visible(_SPACE.sub(" ", text).strip(), keep="")


def text(content: str) -> str:
    """Return ``content`` as one line of Markdown prose that no reader takes for markup.

    Safe wherever inline Markdown is: in a paragraph, a heading, a list item or a table cell.
    Addresses are inline code, because GitHub makes links of them however they are escaped.
    """
    parts = _ADDRESS.split(line(content))
    shown = "".join(code(part) if at % 2 else _plain(part) for at, part in enumerate(parts))
    return _LINE_START.sub(_escape_line_start, shown)


def _plain(part: str) -> str:
    escaped = _MARKDOWN.sub(r"\\\g<0>", part)
    escaped = _UNDERSCORE.sub(r"\\_", escaped)
    return _ENTITY.sub(r"\\&", escaped)


def _escape_line_start(match: re.Match[str]) -> str:
    mark, number, dot = match.groups()
    return f"\\{mark}" if mark else f"{number}\\{dot}"


def prose(content: str) -> str:
    """Return sentences as Markdown prose: what stands between paired backticks is inline code.

    Ours quote foreign names and commands, and an audit's are foreign whole, so both sides are
    escaped as everything else is.
    """
    parts = line(content).split("`")
    if len(parts) % 2 == 0:
        return text(content)
    shown = ""
    for at, part in enumerate(parts):
        if part:
            piece = code(part) if at % 2 else f"{_edge(part, 0)}{text(part)}{_edge(part, -1)}"
            apart = " " if shown.endswith("`") and piece.startswith("`") else ""
            shown += apart + piece
    return shown.strip()


def _edge(part: str, at: int) -> str:
    return " " if part[at] == " " and part.strip() else ""


def cell(content: str) -> str:
    """Return ``content`` as the Markdown of one table cell; an empty one is a dash."""
    return text(content) or "—"


def code(content: str) -> str:
    """Return ``content`` as inline code, safe in a table cell too; an empty one is a dash.

    With a bar in it it is prose: in code, a bar is escaped in a table and cannot be elsewhere.
    """
    shown = line(content)
    if not shown:
        return "—"
    if "|" in shown or shown.endswith("\\"):
        return text(shown)
    ticks = "`" * (_longest_run(shown, "`") + 1)
    pad = " " if shown[0] == "`" or shown[-1] == "`" else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def fence(content: str, language: str = "") -> str:
    """Return ``content`` as a fenced code block whose fence is longer than any run inside it."""
    lines = (visible(row) for row in content.replace("\r\n", "\n").rstrip("\n").split("\n"))
    ticks = "`" * max(3, _longest_run(content, "`") + 1)
    return "\n".join([f"{ticks}{language}", *lines, ticks])


def _longest_run(content: str, char: str) -> int:
    return max((len(run) for run in re.findall(f"{re.escape(char)}+", content)), default=0)


def mermaid(content: str, limit: int = 60) -> str:
    """Return ``content`` as a quoted mermaid label's text, at most ``limit`` characters of it."""
    return _MERMAID.sub(_mermaid_entity, shorten(line(content), limit))


def mermaid_task(content: str, limit: int = 44) -> str:
    """Return ``content`` as the name of a gantt's task, which a colon would end."""
    return mermaid(content, limit).replace(":", "#58;")


def _mermaid_entity(match: re.Match[str]) -> str:
    return f"#{ord(match[0])};"


def html(content: str) -> str:
    """Return ``content`` as HTML text or the value of a quoted attribute."""
    return _html.escape(visible(content))


def label(content: str, width: int = 0) -> str:
    """Return ``content`` as a plotly label, which understands a little HTML of its own.

    With a ``width`` it is broken into lines of about so many characters.
    """
    words, lines = line(content).split(" "), [""]
    for word in words:
        if width and lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "<br>".join(_html.escape(row, quote=False).replace("$", "&#36;") for row in lines)


def spelled(content: str) -> str:
    """Return what ASCII spells of ``content``, gaps as single dashes; empty where it is nothing."""
    plain = unicodedata.normalize("NFKD", content).encode("ascii", "ignore").decode()
    return _SLUG_GAP.sub("-", plain).strip("-")


def slug(content: str, limit: int = 60) -> str:
    """Return ``content`` as part of a file name: ASCII letters, digits and single dashes.

    Text with nothing to spell is named by a hash of it; names that Windows reserves get a dash.
    """
    name = spelled(content)[:limit].rstrip("-")
    if not name:
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name}-" if _RESERVED.match(name) else name


def json_text(document: str) -> str:
    """Return a JSON ``document`` with every character that cannot be seen as an escape of JSON.

    It is the same JSON: outside of its strings no such character can stand.
    """
    return _BEYOND_ASCII.sub(_spelled_out, document)


def _spelled_out(match: re.Match[str]) -> str:
    if not _unseen(match[0]):
        return match[0]
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def csv(content: str) -> str:
    """Return ``content`` as a CSV cell that no spreadsheet runs as a formula."""
    shown = visible(content, keep="\n")
    return f"'{shown}" if _FORMULA.match(shown) else shown


def shorten(content: str, limit: int) -> str:
    """Return ``content`` cut at a word to at most ``limit`` characters, the cut shown as ``…``."""
    if len(content) <= limit:
        return content
    head = content[: limit - 1]
    at = head.rfind(" ")
    return f"{(head[:at] if at > limit // 2 else head).rstrip(' ,;:…')}…"
