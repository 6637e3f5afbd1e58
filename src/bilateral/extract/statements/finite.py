"""Finite clauses that a cue reports: "said (that) …", "asked whether …", and who is told."""

from __future__ import annotations

from bilateral.extract.statements.content import Matter, behind_to, content_tokens, matter, over
from bilateral.extract.statements.cues import Cue
from bilateral.extract.statements.page import Page
from bilateral.extract.statements.source import is_chained
from bilateral.syntax import is_infinitive, is_verb, kids, subtree

_MARKS = frozenset({"that", "whether", "if"})
_CLAUSES = ("ccomp", "advcl", "acl", "relcl", "parataxis", "dep", "xcomp")
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj", "csubjpass", "mark")
_BARE = frozenset({"say", "think", "believe", "claim", "hope", "insist", "argue", "note", "warn"})
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_CUTS = frozenset({",", "”", '"', "''", "—", "–"})
# Verbs with somebody told between them and a clause without "that".
_TELLERS = frozenset({
    "tell", "inform", "assure", "reassure", "remind", "warn", "ask", "advise", "notify", "promise", "brief", "apprise",
    "caution", "convince", "persuade", "show", "let", "guarantee", "bet", "text", "message",
})  # fmt: skip
# How far behind a cue its "that" may stand, in tokens.
_REACH = 12
# The longest remark between a cue and its "that", in tokens.
_ASIDE = 8


def clause(page: Page, i: int, cue: Cue) -> Matter | None:
    """The finite clause that a cue verb reports to its right; None for none, or where the cue is inserted in it."""
    parse = page.parse
    if page.word(i + 1) == ";":
        return None  # "…, the rebel said; two monks were dead"
    heads = [i, *(k for k in kids(parse, i, "acomp", "oprd", "prt", "dobj", "ccomp") if k == cue.second)]
    for k in _below(page, i, heads):
        if parse.dep[k] not in _CLAUSES or not _is_reported(page, i, k):
            continue
        if parse.dep[k] == "ccomp" and (min(subtree(parse, k)) < i or _lacks_subject(page, i, k)):
            return None  # the cue is inserted: "the talks, he said, had been frank"
        whom = _addressee(page, i, k)
        if whom is None or parse.lemma[i].lower() in _TELLERS or page.word(min(subtree(parse, k))) in _MARKS:
            return _from(page, i, k, whom)
    return _surface(page, i, cue)


def _below(page: Page, i: int, heads: list[int]) -> list[int]:
    """What hangs on a cue behind it, and the clause that the parser hung on who is told ("told the session that …")."""
    parse = page.parse
    own = [k for h in heads for k in parse.children[h] if k > i]
    if parse.lemma[i].lower() not in _TELLERS:
        return own
    return own + [k for d in kids(parse, i, "dobj", "dative") if d > i for k in kids(parse, d, "relcl") if k > d]


def _is_reported(page: Page, i: int, k: int) -> bool:
    """Whether clause k tells what verb i says: finite, or marked by "that" or a question word."""
    parse = page.parse
    if parse.dep[k] == "ccomp":
        is_gerund = parse.tag[k] == "VBG" and not kids(parse, k, "aux")
        return is_verb(parse, k) and not is_infinitive(parse, k) and not is_gerund
    mark = next((c for c in parse.children[k] if page.word(c) in ("that", "whether") and c < k), None)
    if mark is None or mark <= i or min(subtree(parse, k)) > mark + 1:
        return False
    return parse.dep[k] != "relcl" or (parse.dep[mark] == "mark" and parse.head[k] != i)


def _lacks_subject(page: Page, i: int, k: int) -> bool:
    """Whether a clause behind a comma has its subject on the other side of the cue."""
    first = min(subtree(page.parse, k))
    is_cut = page.word(first - 1) == "," and page.word(i - 1) != ","
    return is_cut and first > i + 1 and not kids(page.parse, k, *_SUBJECTS)


def _from(page: Page, i: int, k: int, addressee: int | None) -> Matter | None:
    tokens = _with_siblings(page, i, content_tokens(page, k, after=i))
    if addressee is not None:
        tokens = [t for t in tokens if t > addressee]
    found = matter(page, over(_without_day(page, tokens)), "clause", cue=i)
    return found and found._replace(addressee=addressee)


def _with_siblings(page: Page, i: int, tokens: list[int]) -> list[int]:
    """The tokens of a clause with the clauses of the same verb that follow at once, where the parser cut one in two."""
    for k in kids(page.parse, i, "ccomp"):
        if tokens and k == tokens[-1] + 1 and min(subtree(page.parse, k)) == k:
            tokens = [*tokens, *content_tokens(page, k, after=i)]
    return tokens


def _without_day(page: Page, tokens: list[int]) -> list[int]:
    """The tokens of a clause without the day of saying in front of them ("said on Friday the …")."""
    parse = page.parse
    first = at = 1 if tokens and page.word(tokens[0]) in ("on", "in", "at") else 0
    while (
        at < len(tokens) - 3 and parse.ent[tokens[at]].endswith(("DATE", "TIME")) and parse.dep[tokens[at]] != "nsubj"
    ):
        at += 1
    return tokens[at:] if at > first and page.word(tokens[at]) != "," else tokens


def _surface(page: Page, i: int, cue: Cue) -> Matter | None:
    """A clause that the parser hung elsewhere: what follows "said that", to the end of the sentence."""
    parse = page.parse
    stop = page.sentence(i).stop
    is_inverted = page.word(i - 1) in _CUTS and not kids(parse, i, "nsubj", "aux") and parse.tag[i] != "VBG"
    at = None if is_inverted else _that_behind(page, cue.second or i, stop)
    if at is None and not is_inverted and (bare := _bare(page, i, cue, stop)) is not None:
        return bare
    is_marked = at is not None and parse.dep[at] == "mark" and cue.strength == "said"
    if at is None or not (is_marked or any(is_verb(parse, k) for k in range(at + 1, stop))):
        return None
    chained = next((k for k in range(at, stop) if is_chained(page, k)), stop)
    return matter(page, [(at, chained - 1)], "clause", cue=i)


def _bare(page: Page, i: int, cue: Cue, stop: int) -> Matter | None:
    """A clause without "that" in which the parser saw none ("said single parents would gain")."""
    parse = page.parse
    if parse.lemma[i].lower() not in _BARE or not any(s < i for s in kids(parse, i, "nsubj")) or cue.second is not None:
        return None
    first = i + 1
    kinds = ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM")
    if first >= len(parse) or parse.pos[first] not in kinds or parse.tag[first] in ("WP", "WDT"):
        return None
    verb = next((t for t in range(first + 1, min(first + _REACH, stop)) if parse.tag[t] in _FINITE), None)
    if verb is None or any(page.word(t) in (",", ";", ":", "”") or page.quote_of(t) for t in range(first, verb)):
        return None
    if any(parse.tag[t] in ("WP", "WDT", "WRB") for t in range(first, verb)):
        return None
    end = next((t for t in range(verb, stop) if page.word(t) in (";", ".") or is_chained(page, t)), stop)
    return matter(page, [(first, end - 1)], "clause", cue=i)


def _that_behind(page: Page, i: int, stop: int) -> int | None:
    """The "that" behind a cue, with no verb and no comma between them but an addressee and adverbials."""
    parse = page.parse
    for at in range(_over_parenthesis(page, i + 1, stop), min(i + 1 + _REACH, stop)):
        if page.word(at) == "that":
            is_pronoun = parse.tag[at] != "IN" or parse.dep[at] in ("nsubj", "nsubjpass", "dobj", "pobj")
            return None if is_pronoun else at
        if is_verb(parse, at) or page.word(at) in (",", ";", ":"):
            return None
    return None


def _over_parenthesis(page: Page, i: int, stop: int) -> int:
    """The token behind words between two commas right behind a cue ("added, laughing, that …"), else i itself."""
    closing = next((k for k in range(i + 1, min(i + _ASIDE, stop)) if page.word(k) == ","), None)
    is_aside = page.word(i) == "," and closing is not None and page.word(closing + 1) in _MARKS
    return closing + 1 if is_aside and closing is not None else i


def _addressee(page: Page, i: int, k: int) -> int | None:
    """Who is told: the object or dative between a verb and its clause, or the noun behind "to"."""
    parse = page.parse
    before = max(min(subtree(parse, k)), k)
    bare = [c for c in kids(parse, i, "dobj", "dative", "obj") if i < c < before and parse.pos[c] != "ADP"]
    if bare:
        return bare[0]
    to = behind_to(page, i)
    return to if to is not None and to < k else None


def told(page: Page, i: int, source: tuple[int, ...] = ()) -> int | None:
    """Who is told a quotation: the object of a verb of telling that is not the `source`, or the noun behind "to"."""
    parse = page.parse
    bare = [c for c in kids(parse, i, "dobj", "dative") if c > i and parse.pos[c] in ("NOUN", "PROPN", "PRON")]
    bare = [c for c in bare if c not in source]
    if bare and parse.lemma[i].lower() in _TELLERS:
        return bare[0]
    return behind_to(page, i)
