"""Running text and page furniture: which blocks of a text are its paragraphs.

Text saved from a web page brings the page along: menus, share buttons, bylines, cookie notices, comment
forms, the title two or three times. Furniture is told by what it says (patterns that match a whole line)
and by its shape (a line without a final stop among paragraphs that have one). When in doubt a line stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stance.schema import Span

_LONGEST_FURNITURE: Final = 400
"""Characters; a longer line is running text whatever it says."""

_WRAP_WIDTHS: Final = range(40, 131)
"""Line lengths, in characters, at which people and programs wrap paragraphs."""

_HEAD_BLOCKS: Final = 30
"""The title and its copies stand among the first so many blocks."""

_BREAKS: Final = r"\n\r\f\v\x1c-\x1e\x85\u2028\u2029"
_LINE: Final = re.compile(rf"[^{_BREAKS}]*(?:\r\n|[{_BREAKS}]|\Z)")
_WORD: Final = re.compile(r"\w+(?:[’'.-]\w+)*")
_STOP: Final = re.compile(r"[.!?:;…。！？؟۔।॥](?:[\"'”’»)\]]|\[\d+\])*$")
_FULL_STOP: Final = re.compile(r"(?<!\.\.)[.!;:。！۔।](?:[\"'”’»)\]]|\[\d+\])*$")
_QUOTE_END: Final = re.compile(r"[\"”»]$")
_INNER_STOP: Final = re.compile(r"[.!?][\"”’)]*\s+[\"“‘(]*[A-Z]|[。！？]")
_BULLET: Final = re.compile(r"[•*‣·–—-]\s|\d{1,2}[.)]\s")
_ELLIPSIS: Final = re.compile(r"\s*(?:\.\.\.|…)$")
_CRUMBS: Final = re.compile(r"(?:[^>»›|\s][^>»›|]{0,30}[>»›|]\s*)+(?=\S)")
_SEPARATOR: Final = re.compile(r"\s*[|/>»›·•]\s*")

_LABELS: Final = frozenset(
    """
    home homepage menu search login signin world nation national international local news politics business
    economy markets sport sports opinion opinions editorial editorials analysis culture arts entertainment
    lifestyle life style tech technology science health travel climate environment education video videos
    photos gallery galleries podcast podcasts live radio tv magazine newsletter newsletters archive archives
    weather jobs events more latest trending popular breaking headlines top stories africa asia europe
    americas middle east pacific south north latest weekly daily columns features perspectives
    share tweet post facebook twitter x whatsapp telegram linkedin reddit pinterest email mail print copy
    link url save bookmark listen comment comments reply replies like likes shares views follow subscribe
    subscribed unsubscribe advertisement advertisements ad ads sponsored promoted close open back next
    previous prev skip cancel submit loading previous tags topics about contact us privacy policy terms
    sitemap help faq rss feed and of to on via this article story page by
    """.split()
)
"""Words of menus and buttons: a line of these alone is one of them."""

_DATE_WORDS: Final = frozenset(
    """
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu
    thur thurs fri sat sun am pm a.m p.m gmt utc est edt et ist bst cet cest pkt updated published posted last
    modified on at in first date hours hour minutes minute mins min days day weeks ago today yesterday read
    """.split()
)

_CREDIT_WORDS: Final = frozenset("and for the of in at from de la van von bin bint al el".split())

_SHOUTED: Final = "(?-i:(?:FOLLOW|LIKE|FIND|CONTACT) US)"
"""In capitals alone: "Follow US ..." speaks of the United States."""

_NAMES: Final = (
    r"(?-i:[A-Z])[\w.’']*+(?:[\s,;/&|•–—-]++(?:(?-i:[A-Z])[\w.’']*+|\d[\w:.]*+|(?:and|in|at|for|of|the|on|de|la|van|"
    r"von|bin|al|el|by|additional|reporting|writing|editing|written|edited|[ap]m)\b))*+[\s,;/&|•–—-]*+"
)
"""Names, places, dates and further credits, and no other words: the rest of a byline."""

_OPENINGS: Final = (
    # Comment forms.
    r"leave (?:a|your) (?:reply|comment)s?\b.{0,40}|cancel reply|comments (?:are|have been) closed.*",
    r"(?:no|\d+|view|show|post|add|hide|all) (?:a )?(?:comments?|repl(?:y|ies)|responses?)(?: yet)?[:!.]?",
    r"(?:(?:no|\d+) (?:comments|replies|responses)|1 (?:comment|reply)) on .{1,60}(?<!\.)",
    r"\d+ responses? to .{1,60}(?<!\.)",
    r"please enter (?:your|a valid) .{1,60}|you have entered an incorrect .{1,60}",
    r"your email address will not be published.*|required fields are marked.*|save my name, .*browser.*",
    r"(?:log|sign) ?in to (?:leave a |post a )?(?:comment|reply).*",
    # The law.
    r"by (?:continuing|clicking|using) .*\byou (?:agree|accept|consent)\b.*",
    r"(?:©|\(c\) ?\d|copyright [©\d]).*",
    r"(?:terms (?:of (?:use|service|sale)|and conditions)|privacy policy)\b.{0,40}",
    r"(?:the )?(?:views|opinions) expressed .*\b(?:authors?|writers?|contributors?|own|reflect)\b.*",
    # Newsletters, shops and social networks.
    r"sign up (?:here|now|today|for|to (?:our|receive|read))\b.*",
    r"sign up to (?:[\w’']+ ){1,5}(?:newsletter|briefing|e-?mail)s?\b.*",
    r"already a subscriber.*",
    r"(?:subscribe|register) (?:to|for|now|here|today)\b.*|download (?:our|the) .{0,20}\bapp\b.*",
    rf"(?:(?:follow|like|find|contact|write to|email|support) (?-i:us|Us)|{_SHOUTED})"
    r"(?: (?:on|at|via|for more|now|today|here)\b(?:[^.!?]|[.!?](?=\S)){0,100}|\s?:.*)?[.!]?",
    r"donate(?: now)?",
    r"join (?:us|our) (?:on|at|for|\w+ channel)\b.*|(?:click|tap) here\b.*|copy link.*|print this.*",
    r"share (?:this|via|on \w+)\b.{0,40}",
    # Ways to other pages.
    r"(?:read|see|find|learn|show|load) more"
    r"(?: (?:about|on|at|from|here|stories|news|articles?)\b.*|\s?:.*)?[.…]*",
    r"(?:(?:also )?read(?: also| next| the full \w+)?|see also|related(?: \w+)?|watch|listen|tags?|"
    r"topics?|filed under|categor(?:y|ies)|source|via|more)\s?: .*",
    r"(?:read also|also read|see also|continue reading)\b.*",
    r"(?:related|recommended|most (?:read|popular|viewed)|more (?:from|on|stories|news)|up next|"
    r"editor[’']?s[’']? picks?|trending(?: now)?|don[’']t miss|you (?:may|might) (?:also )?like|"
    r"what to read next|in this (?:article|story))(?: \w+)?:?",
    r"(?:next|previous) (?:article|post|story)\b.*|exit mobile version|skip to .{1,40}",
    r"back to (?:top|home).*|(?:article|story) continues (?:below|after).*",
    r"(?:advertise(?:ment|ing)|sponsored|promoted)(?: \w+){0,3}|the post .* appeared first on .*",
    r"this (?:article|story|post) (?:was |has been )?(?:first|originally) (?:published|appeared) .*",
    r"(?:\d+|a few)[ -]min(?:ute)?s?(?: read)?|(?:live )?updates?|breaking(?: news)?|exclusive",
    # Who wrote it, who took the picture.
    rf"[\[(]?(?:additional )?(?:reporting|writing|editing|written|edited|posted|published|compiled|"
    rf"translated) by {_NAMES}[.)\]]*",
    r"[\[(]?(?:file )?(?:photo|image|picture|photograph|video|illustration|graphic)s?"
    r"(?: credits?| courtesy)?(?: by (?-i:[A-Z])|\s?[:/|©]).*",
    r"[\[(]?(?:photo )?credits?: .*|[\[(]?file (?:photo|image|picture)[\])]?\.?",
    r"[\[(]?(?:[\w .’'-]{1,40}[/|])?(?:afp|reuters|ap|epa|xinhua|getty images|shutterstock|tass|anadolu)"
    r"(?:[/|, ]{1,3}(?:via )?[\w .’'-]{1,40})?[\])]?",
    r"[\w .’'-]{3,40},? (?:staff (?:writer|reporter)|contributing (?:writer|editor))",
    r"[\w .’'-]{3,40}, (?:[\w’']+ ){1,3}correspondent",
)
_OPENING: Final = re.compile("|".join(f"(?:{phrase})" for phrase in _OPENINGS), re.IGNORECASE | re.DOTALL)
_ANYWHERE: Final = re.compile(
    r"\b(?:uses? (?:\w+ )?cookies|accept (?:all )?cookies|(?:to|in) your inbox|all rights reserved|"
    r"cookies? (?:policy|settings|preferences|consent|notice)|our newsletters?|"
    r"(?:sign up|subscribe|get|receive|join)\b[^.]{0,60}\bnewsletters?)\b",
    re.IGNORECASE,
)


def paragraphs(text: str, title: str | None = None) -> list[Span]:
    """Return the blocks of running text, in order; the title is the first of them, once.

    Lines that were wrapped at a fixed width are one paragraph; otherwise a line is. Spans neither overlap
    nor begin or end with white space.

    Args:
        text: The text of an article, with the page around it or without.
        title: The article's title where it is known; it is looked for among the first lines otherwise.
    """
    blocks = [block for block in _blocks(text) if not is_furniture(block.of(text))]
    heading = _title_span(text, blocks, title)
    if heading is None:
        return _running(text, blocks)
    words = _plain(heading.of(text))
    rest = [block for block in blocks if not block.overlaps(heading) and not _repeats(block.of(text), words)]
    return [
        *_running(text, [block for block in rest if block.end <= heading.start], after=True),
        heading,
        *_running(text, [block for block in rest if block.start >= heading.end]),
    ]


def find_title(text: str) -> str | None:
    """Return the title of ``text``, told by its shape; None where no first line looks like one."""
    window = text[: _HEAD_BLOCKS * _LONGEST_FURNITURE]
    blocks = [block for block in _blocks(window) if not is_furniture(block.of(window))]
    heading = _title_span(window, blocks, None)
    return None if heading is None else " ".join(heading.of(window).split())


def is_furniture(line: str) -> bool:
    """Whether a line or sentence is page furniture by what it says, wherever it stands."""
    if len(line) > _LONGEST_FURNITURE:
        return False
    line = line.strip()
    words = _WORD.findall(line)
    if all(word.isdigit() for word in words) or _ANYWHERE.search(line):
        return True
    if len(words) <= 25 and _OPENING.fullmatch(line):
        return True
    return not _FULL_STOP.search(line) and (_is_menu(line, words) or _is_credit(words) or _is_date(words))


def _is_menu(line: str, words: list[str]) -> bool:
    """Menus, breadcrumbs and buttons: known labels alone, or short labels between separators."""
    known = sum(word.lower() in _LABELS for word in words)
    if known == len(words):
        return True
    if len(words) >= 4 and known * 10 >= len(words) * 6 and all(word[0].isupper() for word in words):
        return True
    parts = [part for part in _SEPARATOR.split(line) if part]
    if len(parts) >= 3 and all(len(part.split()) <= 3 for part in parts):
        return True
    return len(parts) >= 2 and all(is_furniture(part) for part in parts)


def _is_credit(words: list[str]) -> bool:
    """A byline: "By" and names, nothing else."""
    if len(words) < 2 or len(words) > 14 or words[0].lower() != "by":
        return False
    return all(word[0].isupper() or word in _CREDIT_WORDS for word in words[1:])


def _is_date(words: list[str]) -> bool:
    """A date or dateline alone: at most two words beside those of dates and times."""
    others = [word for word in words if word.lower() not in _DATE_WORDS and not word[0].isdigit()]
    has_number = any(word[0].isdigit() for word in words)
    return len(others) <= 2 and has_number and len(others) < len(words) - 1


def _blocks(text: str) -> Iterator[Span]:
    """Lines, with those that were wrapped put together again."""
    groups = list(_groups(text))
    lengths = sorted(line.end - line.start for group in groups for line in group)
    width = lengths[-1 - len(lengths) // 50] if lengths else 0
    for group in groups:
        run = group[:1]
        for line in group[1:]:
            if _continues(text, run[-1], line, width):
                run.append(line)
            else:
                yield from _unwrapped(text, run)
                run = [line]
        yield from _unwrapped(text, run)


def _groups(text: str) -> Iterator[list[Span]]:
    """The lines between blank lines, each without the white space around it."""
    group: list[Span] = []
    for match in _LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start < end:
            group.append(Span(start, end))
        elif group:
            yield group
            group = []
    if group:
        yield group


def _continues(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether a paragraph goes on from one line to the next: the next word had no room in the width."""
    before, after = text[line.start : line.end], text[following.start : following.end]
    if len(before) > _LONGEST_FURNITURE or is_furniture(before):
        return False
    if after[0].islower() and not _STOP.search(before[-20:]):
        return True
    if width not in _WRAP_WIDTHS or _is_title_case(before):
        return False
    return len(before) + 1 + len(after.split(maxsplit=1)[0]) > width


def _unwrapped(text: str, run: list[Span]) -> Iterator[Span]:
    """A run of lines as one paragraph if it, and not its every line, ends like one; else the lines."""
    stops = [_STOP.search(text[max(line.start, line.end - 20) : line.end]) is not None for line in run]
    if stops[-1] and not all(stops):
        yield Span(run[0].start, run[-1].end)
    else:
        yield from run


def _running(text: str, blocks: list[Span], *, after: bool = False) -> list[Span]:
    """Drop the lines that are furniture by their shape: labels, headings and titles among paragraphs."""
    running = [_is_running(block.of(text)) for block in blocks]
    if not any(running) and not after:
        return blocks
    prose = sum(len(block.of(text)) for block, flag in zip(blocks, running, strict=True) if flag)
    mostly_prose = 2 * prose >= sum(block.end - block.start for block in blocks)
    first = running.index(True) if any(running) else len(blocks)
    return [
        block
        for number, block in enumerate(blocks)
        if running[number]
        or ((number < first or not mostly_prose) and len(_WORD.findall(block.of(text))) >= 4)
    ]


def _is_running(line: str) -> bool:
    """Whether a line has the shape of a sentence: a stop at its end or within, or great length."""
    if len(line) > _LONGEST_FURNITURE:
        return True
    words = len(line.split())
    if _FULL_STOP.search(line) or _STOP.search(line):
        return words > 3 or not line.endswith((":", ";"))
    if _BULLET.match(line) or (words >= 5 and _QUOTE_END.search(line)):
        return True
    return words > 30 or (_INNER_STOP.search(line) is not None and words > 12)


def _is_title_case(line: str) -> bool:
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    return len(words) > 1 and sum(word[0].isupper() for word in words) * 5 >= len(words) * 4


def _title_span(text: str, blocks: list[Span], title: str | None) -> Span | None:
    """Where the title stands: the known one, else the repeated one, else the first that looks like one."""
    if title is not None:
        known = _plain(title)
        for block in blocks[:_HEAD_BLOCKS]:
            if known and _plain(block.of(text)) == known:
                return block
    candidates = _candidates(text, blocks)
    lines = [block.of(text) for block in candidates]
    repeated = [
        block
        for block, line in zip(candidates, lines, strict=True)
        if not _ELLIPSIS.search(line) and sum(_repeats(other, _plain(line)) for other in lines) > 1
    ]
    long = [block for block in candidates if len(block.of(text).split()) >= 4]
    long_repeated = [block for block in repeated if block in long]
    chosen = next(iter(long_repeated or long or repeated or candidates), None)
    return None if chosen is None or len(blocks) < 2 else _without_crumbs(text, chosen)


def _candidates(text: str, blocks: list[Span]) -> list[Span]:
    """The blocks before the first paragraph that are short and without a full stop."""
    head: list[Span] = []
    for block in blocks[:_HEAD_BLOCKS]:
        line = block.of(text)
        if len(line) > _LONGEST_FURNITURE // 2 or _INNER_STOP.search(line) or _FULL_STOP.search(line):
            break
        head.append(block)
    return head


def _without_crumbs(text: str, block: Span) -> Span:
    """The title behind its breadcrumbs, which are shorter than it: else it stands before a site's name."""
    line = block.of(text)
    crumbs = _CRUMBS.match(line)
    if crumbs is None:
        return block
    longest = max((len(part.split()) for part in _SEPARATOR.split(crumbs.group())), default=0)
    is_behind = len(line[crumbs.end() :].split()) > longest
    return Span(block.start + crumbs.end(), block.end) if is_behind else block


def _plain(line: str) -> list[str]:
    """The words alone, for a comparison that overlooks case, quotes and punctuation."""
    return [word.replace("’", "'").casefold() for word in _WORD.findall(line)]


def _repeats(line: str, title: list[str]) -> bool:
    """Whether ``line`` is the title again: whole, behind breadcrumbs, before a site name, or cut short."""
    if len(line) > _LONGEST_FURNITURE:
        return False
    words = _plain(line)
    if words == title or len(title) < 4 or len(words) > len(title) + 6:
        return words == title
    cut_short = _ELLIPSIS.search(line) is not None
    if _FULL_STOP.search(line) and not cut_short:
        return False
    joined, whole = " ".join(words), " ".join(title)
    if f" {whole} " in f" {joined} ":
        return True
    tails = (words[start:] for start in range(min(7, len(words))))
    return cut_short and any(len(tail) >= 4 and whole.startswith(" ".join(tail)) for tail in tails)
