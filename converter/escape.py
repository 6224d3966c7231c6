"""Escapes: which characters of a block's text need a backslash (or a character reference) to stay text.

The inline content of a block comes as one string in which each character is either the article's text
or the writer's own markup.  ``escaped`` gives it back with every character of the text that cmark-gfm,
kramdown, goldmark or markdown-it would read as markup made harmless, and no other: an escape that
changes nothing in any of them is a defect.  Two tables say what is looked for: LINES for what counts
only at the start of a line, ROWS for what counts anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html.entities import html5

from converter.delimiters import (
    ASCII_PUNCTUATION,
    READINGS,
    Run,
    can_close,
    can_open,
    kramdown_can_close,
    kramdown_can_open,
    pairs,
    surroundings,
)

SUSPECT = re.compile(r"[\\`*_~<&\[\]$|^{]|://|www\.")
STARTS = frozenset("#>-+=:0123456789")
"""First characters of lines that LINES may match, beside those of SUSPECT."""


ENDLESS = 1 << 60
"""More characters than any text has."""
LINKED, ALTERNATIVE = 2, 3
"""What a character of a link's text, and of an image's alternative text, has in ``Stretch.literal``."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of inline content stands.

    block: it begins a block (false in table cells and ATX headings).  start: it begins the document.
    item: it is the first block of a list item.
    cell: it is in a pipe table.  heading: it is an ATX heading.  formulas: the document has formulas.
    notes: the document has footnotes.  template: see Flavor.
    """

    block: bool = True
    start: bool = False
    item: bool = False
    cell: bool = False
    heading: bool = False
    formulas: bool = False
    notes: bool = False
    template: re.Pattern[str] | None = None


@dataclass(slots=True)
class Delimiter:
    """One end of an emphasis of the writer's own."""

    start: int
    char: str
    length: int
    pair: int
    opens: bool


@dataclass(slots=True)
class Stretch:
    """The inline content of a block: the string, and which of its characters are text (1, in a link's text 2)."""

    text: str
    literal: bytearray
    place: Place
    delimiters: list[Delimiter] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    edits: dict[int, str] = field(default_factory=dict)
    broken: bool = False
    """Set when an own emphasis would not be read as meant."""

    def escape(self, position: int) -> None:
        """Put a backslash before a character of the text (own markup stays as it is)."""
        if self.literal[position] == ALTERNATIVE and self.text[position] == "~":
            self.refer(position)  # kramdown keeps that backslash here
        elif self.literal[position] and position not in self.edits:
            instruction = self.text[position] == "<" and self.text[position + 1 : position + 2] in ("!", "?")
            self.edits[position] = "&lt;" if instruction else "\\" + self.text[position]  # goldmark reads \<? as a tag

    def refer(self, position: int) -> None:
        """Write a character of the text as a character reference."""
        if self.literal[position]:
            self.edits[position] = f"&#{ord(self.text[position])};"

    def bare(self, position: int) -> bool:
        """Whether the character is text and stands unescaped."""
        return bool(self.literal[position]) and position not in self.edits

    def result(self) -> str:
        """The string with its escapes."""
        if not self.edits:
            return self.text
        out: list[str] = []
        last = 0
        for position in sorted(self.edits):
            out += (self.text[last:position], self.edits[position])
            last = position + 1
        out.append(self.text[last:])
        return "".join(out)


# --------------------------------------------------------------------------------------------------
# What counts at the start of a line

HTML_BLOCKS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|source|summary|table|tbody|td|tfoot|th|thead|"
    "title|tr|track|ul"
)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A shape at the start of a line; group 1 is the character to escape."""

    name: str
    pattern: re.Pattern[str]
    origin: str
    lines: str = "all"
    """``all``, ``first`` of the block only, or ``later`` only."""
    groups: int = 1
    """How many of the groups may be escaped instead: the first that is text is."""
    reference: bool = False
    """kramdown has no backslash escape for the character."""


LINES: tuple[LineRow, ...] = (
    LineRow("heading", re.compile(r"(#)#{0,5}(?:[ \t]|\Z)"), "CommonMark 4.2"),
    LineRow("quote", re.compile(r"(>)"), "CommonMark 5.1"),
    LineRow("rule", re.compile(r"(([-*_]))[ \t]*(?:\2[ \t]*){2,}\Z"), "CommonMark 4.1"),
    LineRow("bullet", re.compile(r"([-+*])(?:[ \t|]|\Z)"), "CommonMark 5.2; kramdown LIST_START_UL, which takes |"),
    LineRow("number", re.compile(r"[0-9]+([.)])(?:[ \t|]|\Z)"), "CommonMark 5.2; kramdown LIST_START_OL"),
    LineRow("underline", re.compile(r"([-=])[-=]*[ \t]*\Z"), "CommonMark 4.3; kramdown SETEXT_HEADER_START", "later"),
    LineRow("delimiter row", re.compile(r"([|:-])(?=.*-)[|: \t-]*\Z"), "GFM 4.10", "later"),
    LineRow("backtick fence", re.compile(r"(`)``+[^`]*\Z"), "CommonMark 4.5"),
    LineRow("tilde fence", re.compile(r"(~)~~"), "CommonMark 4.5"),
    LineRow("definition", re.compile(r"(:)[ \t|]"), "kramdown DEFINITION_LIST_START"),
    LineRow("footnote", re.compile(r"\[\^[^\]]+\](:)"), "GFM footnotes"),
    LineRow(
        "reference", re.compile(r"(\[)[^\]]*\](:)"), "CommonMark 4.7; kramdown LINK_DEFINITION_START", "first", groups=2
    ),
    LineRow("abbreviation", re.compile(r"(\*)\[.+?\](:)"), "kramdown ABBREV_DEFINITION_START", groups=2),
    LineRow("end of block", re.compile(r"(\^)[ \t]*\Z"), "kramdown EOB_MARKER", reference=True),
    LineRow(
        "HTML block",
        re.compile(
            rf"(<)(?:[!?]|/?(?:{HTML_BLOCKS})(?:[ \t>]|/>|\Z)|(?:script|pre|style|textarea)(?:[ \t>]|\Z))", re.I
        ),
        "CommonMark 4.6",
    ),
)


LINE_STARTS = frozenset("#>-*_+0123456789=|:`~[^<")
"""First characters of what LINES look for."""


def _lines(stretch: Stretch) -> None:
    start = 0
    for number, line in enumerate(stretch.text.split("\n")):
        for row in LINES if line[:1] in LINE_STARTS else ():
            if (row.lines == "first" and number) or (row.lines == "later" and not number):
                continue
            if match := row.pattern.match(line):
                places = [start + match.start(group) for group in range(1, row.groups + 1)]
                position = next((place for place in places if stretch.literal[place]), places[0])
                (stretch.refer if row.reference else stretch.escape)(position)
        start += len(line) + 1


# --------------------------------------------------------------------------------------------------
# What counts anywhere

BACKTICKS = re.compile(r"`+")


def _backticks(stretch: Stretch) -> None:
    """A run that a later run could close: CommonMark asks for equal runs, kramdown for one that holds it."""
    if stretch.place.cell:  # kramdown splits rows at code spans, and knows no escape there
        for match in BACKTICKS.finditer(stretch.text):
            for position in range(*match.span()):
                stretch.refer(position)
        return
    longest = 0
    for match in reversed(list(BACKTICKS.finditer(stretch.text))):
        start, end = match.span()
        free = [position for position in range(start, end) if stretch.bare(position)]
        if len(free) < end - start and not any(map(stretch.literal.__getitem__, range(start, end))):
            longest = end - start + ENDLESS  # cmark-gfm loses a code span after an unmatched run of any length
        elif free and (len(free) <= longest or not all(stretch.literal[start:end])):
            for position in free:
                stretch.escape(position)
        if free and stretch.bare(free[0]):
            longest = max(longest, len(free))


NAME = r"[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?"
ATTRIBUTE = r"(?:[^\W\d]|:)[\w.:\-]*"
ANGLE = re.compile(
    rf"<(?:{NAME}(?>(?:\s+{ATTRIBUTE}(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>]+))?)*)\s*/?>"
    rf"|/{NAME}\s*>|[!?]"
    r"|[A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]*>|(?:mailto|https?|ftps?):.|[^\s<>@]+@[^\s<>]+>)",
    re.S,
)


def _quotation(stretch: Stretch, position: int) -> bool:
    """Whether ``<`` is the second of ``<<``, a quotation mark to kramdown, the only one to see a tag in ``<名>``."""
    before, after = position - 1, stretch.text[position + 1]
    return position > 0 and stretch.text[before] == "<" and stretch.bare(before) and not after.isascii()


def _angles(stretch: Stretch) -> None:
    last = stretch.text.rfind(">")
    position = stretch.text.find("<")
    while 0 <= position < last:
        if stretch.bare(position):
            if stretch.text[position + 1] == "<" and not stretch.literal[position + 1]:
                stretch.edits[position] = "&lt;"  # kramdown reads << as a quotation mark, escaped or not
            elif ANGLE.match(stretch.text, position, last + 1) and not _quotation(stretch, position):
                stretch.escape(position)
        position = stretch.text.find("<", position + 1)


REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|([A-Za-z][A-Za-z0-9]*));")


def _references(stretch: Stretch) -> None:
    for match in REFERENCE.finditer(stretch.text):
        position = match.start()
        if stretch.literal[position] and (match[1] is None or match[1] + ";" in html5):
            stretch.edits[position] = "&amp;"


TASK = re.compile(r"\[[ \xa0xX]\]")


def _tasks(stretch: Stretch) -> None:
    """A task's box: at the start of an item (GFM 5.3), to goldmark anywhere in its first block."""
    if stretch.place.item:
        for match in TASK.finditer(stretch.text):
            if stretch.literal[match.start()]:
                stretch.escape(match.start())
            else:
                stretch.refer(match.start() + 1)


BRACKET = re.compile(r"[\[\]]")


def _brackets(stretch: Stretch) -> None:
    """Literal brackets that make a link, an image or a footnote, or that unbalance an own link's text."""
    text = stretch.text
    starts = {start for start, _ in stretch.links}
    ends = {end for _, end in stretch.links}
    stack: list[int] = []  # positions of open brackets; own ones as -1
    last_close, last_bracket = text.rfind(")"), text.rfind("]")
    for match in BRACKET.finditer(text):
        position = match.start()
        if position in starts:
            stack.append(-1)
            _before_link(stretch, position)
        elif position in ends:
            while (opened := stack.pop()) >= 0:
                stretch.escape(opened)
        elif not stretch.bare(position):
            continue
        elif match[0] == "[":
            if not _footnote_like(stretch, position, last_bracket):
                stack.append(position)
        elif stack and stack[-1] < 0:
            stretch.escape(position)
        elif stack:
            _close(stretch, stack, position, last_close)


def _close(stretch: Stretch, stack: list[int], position: int, last_close: int) -> None:
    """Settle a literal ``]`` that answers the literal ``[`` on top of the stack."""
    if -1 in stack[-9:] and (stretch.delimiters or not all(stretch.literal[stack[-1] : position])):
        stretch.escape(stack.pop())
        stretch.escape(position)
    elif not (stretch.text[position + 1 : position + 2] == "(" and position < last_close):
        stack.pop()
    elif -1 in stack[-9:]:
        stretch.escape(stack.pop())
        stretch.escape(position)
    elif len(stack) == 1:
        stretch.escape(stack.pop())
    else:
        stretch.escape(position)


LABEL = re.compile(r"\[\^[^\\`*_~<&!\[\]]*\]")


def _footnote_like(stretch: Stretch, position: int, last_bracket: int) -> bool:
    """``[^x]`` where notes exist, where it would swallow own markup (cmark-gfm), or in a link (kramdown); ``^[x]``."""
    text = stretch.text
    reference = text[position + 1 : position + 2] == "^" and (
        stretch.place.notes
        or stretch.literal[position] >= LINKED
        or (label := LABEL.match(text, position)) is None
        or not all(stretch.literal[position : label.end()])
    )
    inline = position > 0 and text[position - 1] == "^"
    if found := (reference or inline) and position < last_bracket:
        stretch.escape(position)
    return found


def _before_link(stretch: Stretch, position: int) -> None:
    """Text right before an own bracket that would join it: ``!`` makes an image, ``^`` a footnote."""
    before = stretch.text[position - 1 : position]
    if before == "!" and stretch.literal[position - 1]:
        stretch.escape(position - 1)
    elif before == "^":
        stretch.refer(position - 1)
    if stretch.text[position + 1 : position + 2] == "^":
        stretch.refer(position + 1)


# -- emphasis


def _runs(stretch: Stretch, char: str) -> list[Run]:
    """Runs of a character that are delimiters, own or bare; text that touches own markup is escaped."""
    own = {d.start: d.length for d in stretch.delimiters if d.char == char}
    runs: list[Run] = []
    text, position = stretch.text, stretch.text.find(char)
    while position >= 0:
        mine = position in own
        run = Run(position, own.get(position, 1), mine)
        if mine or stretch.bare(position):
            _append(stretch, runs, run)
        position = text.find(char, position + run.length)
    return runs


def _append(stretch: Stretch, runs: list[Run], run: Run) -> None:
    last = runs[-1] if runs else None
    if last is None or last.start + last.length != run.start:
        runs.append(run)
    elif last.own == run.own:
        last.length += run.length
    elif run.own:
        _escape_run(stretch, last)
        runs[-1] = run
    else:
        _escape_run(stretch, run)


def _emphasis(stretch: Stretch, char: str) -> None:
    runs = _runs(stretch, char)
    literal = [run for run in runs if not run.own]
    if len(literal) != len(runs) and char == "~":
        for run in literal:
            _escape_run(stretch, run)
        return
    if char != "~":
        for run in literal:
            _shorten(stretch, run)
    if len(literal) > 1 or stretch.links or char == "~":
        _pair_literals(stretch, char, literal)
    if len(literal) != len(runs):
        _keep_own(stretch, char, runs)


def _shorten(stretch: Stretch, run: Run) -> None:
    """Four in a row are emphasis to kramdown: ``*`` around ``**``."""
    while run.length > 3:
        stretch.escape(run.start)
        run.start, run.length = run.start + 1, run.length - 1


def _escape_run(stretch: Stretch, run: Run) -> None:
    for position in range(run.start, run.start + run.length):
        stretch.escape(position)


def _kramdown(stretch: Stretch, char: str, run: Run) -> tuple[bool, bool]:
    """Whether kramdown lets a run open and close: of three and more characters, some stand next to another."""
    text, end = stretch.text, run.start + run.length
    if run.length > 2:
        return True, True
    before, after = text[max(0, run.start - 2) : run.start], text[end : end + 1]
    return kramdown_can_open(char, before, after), kramdown_can_close(char, before[-1:], after)


def _pair_literals(stretch: Stretch, char: str, runs: list[Run]) -> None:
    """Escape each run that could open an emphasis that a later one could close, from the last to the first."""
    closers: set[tuple[int, int]] = set()  # (reading, length class)
    ahead = _Ahead(stretch, char)
    for run in reversed(runs):
        kind = min(run.length, 2) if char == "~" else 0
        sides = [surroundings(stretch.text, run.start, run.start + run.length, past) for _, past in READINGS]
        ways = [can_open(char, *around, punct) for around, (punct, _) in zip(sides, READINGS, strict=True)]
        opens, closes = _kramdown(stretch, char, run)
        ways.append(opens)
        if (opens and ahead.beside_own(run)) or any(w and (reading, kind) in closers for reading, w in enumerate(ways)):
            _escape_run(stretch, run)
            continue
        for reading, (around, (punct, _)) in enumerate(zip(sides, READINGS, strict=True)):
            if can_close(char, *around, punct):
                closers.add((reading, kind))
        if closes:
            closers.add((len(READINGS), kind))


CLOSING = {"*": re.compile(r"\*"), "_": re.compile(r"_(?![^\W_])"), "~": re.compile(r"~~")}


class _Ahead:
    """What stands behind a run, asked from the last run to the first: each character is looked at once."""

    def __init__(self, stretch: Stretch, char: str) -> None:
        self.text, self.literal, self.char = stretch.text, stretch.literal, char
        self.start = self.end = self.after = len(stretch.text)
        self.closing = False
        self.tildes = stretch.text.rfind("~~") if char == "~" else -1

    def beside_own(self, run: Run) -> bool:
        """Whether kramdown would pair a run with own markup: in a link's text, one in its address; tildes, any."""
        if self.char == "~" and run.length > 1:
            return self.tildes >= run.start + run.length and not self.literal[self.tildes]
        return self.literal[run.start] >= LINKED and self._closed(run.start)

    def _closed(self, start: int) -> bool:
        """Whether what could close stands between the next own character and the end of the link."""
        end = self.literal.find(0, start, self.start)
        end = end if end >= 0 else self.end
        after = self.literal.find(1, end, self.end)
        if after >= 0:
            self.closing, self.after = False, after
        if not self.closing:
            limit = min(self.after, self.end + 1)
            self.closing = CLOSING[self.char].search(self.text, end, limit) is not None
        self.start, self.end = start, end
        return self.closing


def _keep_own(stretch: Stretch, char: str, runs: list[Run]) -> None:
    """Escape what disturbs the writer's own emphasis; where that is not enough, say so."""
    _kramdown_thieves(stretch, char, runs)
    for _ in range(2):
        left = [run for run in runs if run.own or stretch.bare(run.start)]
        if _as_meant(stretch, char, left):
            return
        for run in left:
            if not run.own:
                _escape_run(stretch, run)
    stretch.broken = True


def _as_meant(stretch: Stretch, char: str, runs: list[Run]) -> bool:
    """Whether CommonMark pairs the own delimiters as they were meant, and nothing else."""
    if all(run.own for run in runs) and _simple(stretch, char):
        return True
    index = {p: i for i, run in enumerate(runs) for p in range(run.start, run.start + run.length) if run.own}
    ends: dict[int, list[int]] = {}
    for delimiter in stretch.delimiters:
        if delimiter.char == char:
            ends.setdefault(delimiter.pair, []).append(index[delimiter.start])
            ends[delimiter.pair].append(delimiter.length)
    meant = sorted((opener, closer, length) for opener, length, closer, _ in ends.values())
    for punct, past in READINGS:
        for run in runs:
            around = surroundings(stretch.text, run.start, run.start + run.length, past)
            run.opens, run.closes = can_open(char, *around, punct), can_close(char, *around, punct)
        if sorted(pairs(runs)) != meant:
            return False
    return True


def _simple(stretch: Stretch, char: str) -> bool:
    """Whether no own delimiter touches or holds another: then each pair is read as meant."""
    last = -1
    opened = False
    for delimiter in stretch.delimiters:
        if delimiter.char != char:
            continue
        if delimiter.opens is opened or delimiter.start == last:
            return False
        opened, last = delimiter.opens, delimiter.start + delimiter.length
    return True


def _kramdown_thieves(stretch: Stretch, char: str, runs: list[Run]) -> None:
    """Literal runs that would close an own emphasis in kramdown, or open one that an own delimiter closes."""
    own = iter(sorted((d for d in stretch.delimiters if d.char == char), key=lambda d: d.start))
    waiting = next(own, None)
    opened: Counter[int] = Counter()
    after = Counter(d.length for d in stretch.delimiters if d.char == char)
    for run in runs:
        while waiting is not None and waiting.start < run.start + run.length:
            after[waiting.length] -= 1
            opened[waiting.length] = max(0, opened[waiting.length] + (1 if waiting.opens else -1))
            waiting = next(own, None)
        if run.own or not stretch.bare(run.start):
            continue
        opens, closes = _kramdown(stretch, char, run)
        closes = closes and any(n <= run.length for n in opened if opened[n])
        if closes or (opens and any(after[n] and not opened[n] and n <= run.length for n in after)):
            _escape_run(stretch, run)


# -- the rest

DOLLARS = re.compile(r"\$\$+")
FORMULA = re.compile(r"(?<![\w\\$])\$(?![\s$])[^$\n]*?(?<![\s\\$])\$(?![\w$])", re.A)


def _dollars(stretch: Stretch) -> None:
    """Formulas: any ``$`` in a document that has some; else what kramdown and GitHub would take for one."""
    text = stretch.text
    if stretch.place.formulas:
        for match in re.finditer(r"\$", text):
            stretch.escape(match.start())
        return
    doubles = [match.span() for match in DOLLARS.finditer(text)]
    if len(doubles) > 1 or any(end - start > 3 for start, end in doubles):
        for start, end in doubles:
            for position in range(start, end):
                stretch.escape(position)
    for match in FORMULA.finditer(text):
        if all(stretch.literal[match.start() : match.end()]):
            stretch.escape(match.start())


ATTRIBUTES = re.compile(r"\{(?=:[^}])")


def _attributes(stretch: Stretch) -> None:
    last = stretch.text.rfind("}")
    for match in ATTRIBUTES.finditer(stretch.text, 0, max(last, 0)):
        stretch.escape(match.start())


def _pipes(stretch: Stretch) -> None:
    """kramdown reads a paragraph as a table when every line of it has a pipe outside code."""
    text = stretch.text
    if stretch.place.cell:
        for match in re.finditer(r"\|", text):
            stretch.escape(match.start())
        return
    lines = text.split("\n")
    if stretch.place.block and all("|" in line for line in lines):
        for match in re.finditer(r"[|`]", lines[0]):
            if match[0] == "|":
                stretch.escape(match.start())
            elif match.start() in stretch.edits:
                stretch.refer(match.start())  # kramdown looks for code before it looks for escapes


def _template(stretch: Stretch) -> None:
    if stretch.place.template is not None:
        for match in stretch.place.template.finditer(stretch.text):
            stretch.refer(match.start())


ADDRESS = re.compile(r"(?<![A-Za-z])(?:(?:https?|ftp)(:)//|(?:(?<=[\s*_~(])|(?<![\s\S]))www(\.))")
ADDRESS_END = re.compile(r"[\s<]")
TRAILING = frozenset("?!.,:*_~'\"")


def _addresses(stretch: Stretch) -> None:
    """A bare address is a link to cmark-gfm, up to a blank, backslashes and own markup included.

    From the last to the first: one that holds another holds what spoils that one, too.
    """
    text, literal, edits = stretch.text, stretch.literal, stretch.edits
    following, end, spoilt = len(text), -1, False
    for match in reversed(list(ADDRESS.finditer(text))):
        start, position = match.start(), match.start(match.lastindex or 1)
        if literal[position] != 1:
            continue
        last = ADDRESS_END.search(text, match.end(), following)
        if last is not None or end < 0:
            stop = end = last.start() if last is not None else len(text)
            while text[end - 1] in TRAILING and end - 1 not in edits:
                end -= 1
            following, spoilt = end, stop in edits
        spoilt = spoilt or 0 in literal[start:following] or any(p in edits for p in range(start, following))
        following = start
        if spoilt:
            stretch.escape(position)


def _backslashes(stretch: Stretch) -> None:
    """A backslash is text unless ASCII punctuation follows it, in what is written."""
    text = stretch.text
    for match in re.finditer(r"\\", text):
        position = match.start()
        if not stretch.literal[position]:
            continue
        after = stretch.edits.get(position + 1, text[position + 1 : position + 2])[:1]
        broken = after == " " and not stretch.literal[position + 1]  # markdown-it takes a blank with it, off the break
        if after in ASCII_PUNCTUATION or broken:
            stretch.escape(position)
        elif not after and stretch.place.item:
            stretch.refer(position)  # before the next line of a tight item it is kramdown's hard break, escaped or not


TITLE_ATTRIBUTES = re.compile(r"(?:\A|[ \t])(\{)[#.:\w][^{}]*\}\Z")
CLOSING_SEQUENCE = re.compile(r"(?:\A|[ \t])(#)#*\Z")


def _heading(stretch: Stretch) -> None:
    """The end of an ATX heading: closing sequence (CommonMark 4.2), id (kramdown), attributes (goldmark)."""
    for pattern in (TITLE_ATTRIBUTES, CLOSING_SEQUENCE):
        if match := pattern.search(stretch.text):
            stretch.escape(match.start(1))


@dataclass(frozen=True, slots=True)
class Row:
    """A rule of inline text: run when any of its characters is in the text."""

    name: str
    trigger: str
    apply: Callable[[Stretch], None]
    origin: str


ROWS: tuple[Row, ...] = (
    Row("template", "{", _template, "Liquid, Hugo shortcodes, Nunjucks"),
    Row("code span", "`", _backticks, "CommonMark 6.1; kramdown CODESPAN_DELIMITER"),
    Row("HTML and autolink", "<", _angles, "CommonMark 6.5, 6.6; kramdown HTML_TAG_RE"),
    Row("character reference", "&", _references, "CommonMark 2.5"),
    Row("task", "[", _tasks, "GFM 5.3; goldmark TaskCheckBox"),
    Row("brackets", "[]", _brackets, "CommonMark 6.3, 6.4; GFM footnotes"),
    Row("asterisks", "*", lambda stretch: _emphasis(stretch, "*"), "CommonMark 6.2; kramdown EMPHASIS_START"),
    Row("underscores", "_", lambda stretch: _emphasis(stretch, "_"), "CommonMark 6.2; kramdown EMPHASIS_START"),
    Row("tildes", "~", lambda stretch: _emphasis(stretch, "~"), "GFM 6.5, single tildes too"),
    Row("formula", "$", _dollars, "kramdown INLINE_MATH_START; GitHub's formulas"),
    Row("attribute list", "{", _attributes, "kramdown IAL_SPAN_START, EXT_START_STR"),
    Row("pipe", "|", _pipes, "GFM 4.10; kramdown TABLE_START"),
    Row("backslash", "\\", _backslashes, "CommonMark 2.4"),
    Row("bare address", ":.", _addresses, "GFM 6.9"),
)


def suspicious(text: str, place: Place) -> bool:
    """Whether text that stands alone at a place could need an escape at all."""
    return text[:1] in STARTS or SUSPECT.search(text) is not None or (place.heading and text[-1:] in "#}")


def escaped(stretch: Stretch) -> str:
    """The stretch with its text made harmless; ``stretch.broken`` says whether its emphasis is not."""
    text = stretch.text
    if stretch.place.block:
        _lines(stretch)
    if stretch.place.heading:
        _heading(stretch)
    for row in ROWS:
        if any(char in text for char in row.trigger):
            row.apply(stretch)
    return stretch.result()
