"""Matters that are no finite clause: orders, things named, charges, nouns and gerunds, and the matters of cue nouns."""

from __future__ import annotations

from bilateral.extract.statements.content import Matter, behind, content_tokens, matter, over, up_to_dash
from bilateral.extract.statements.cues import Cue, lists
from bilateral.extract.statements.page import Page
from bilateral.syntax import OBJECTS, is_infinitive, is_verb, kids, subtree

CHARGES = ("of", "for", "with", "over", "about", "against")
_ADDED = ("for", "over", "as")
_NAMING = ("as", "to", "with")
_ABOUT = ("for", "about", "over", "of", "against", "on", "to")
# Nouns behind which "of" names whose they are, not what they are about.
_OWNED = frozenset({"statement", "remark", "comment", "plan", "view"})
# Verbs of charge that are said to the person named, not of that person.
_TO_THEM = frozenset({
    "thank", "congratulate", "tell", "inform", "assure", "remind", "warn", "ask", "brief", "notify", "apprise",
    "convince",
})  # fmt: skip
# Nouns of what is not known ("her question whether …").
_ASKING = frozenset({"question", "doubt", "enquiry", "inquiry"})
# Verbs that name a thing only with "as" ("described it as vital"); "call" and the like need none.
_ONLY_AS = frozenset({
    "describe", "characterize", "characterise", "portray", "depict", "denounce", "condemn", "dismiss", "hail", "praise",
    "herald", "tout", "paint", "cast", "criticize", "criticise", "deride", "decry", "reject", "cite", "laud",
    "identify", "welcome", "mock", "put", "view", "regard", "treat", "refer", "liken", "compare", "perceive", "name",
})  # fmt: skip


def infinitive(page: Page, i: int, cue: Cue) -> Matter | None:
    """What the speaker will do: "promised to …", with nothing but adverbs, "not" and pronouns between."""
    parse = page.parse
    for k in kids(parse, i, "xcomp", "ccomp", "advcl"):
        between = range((cue.second or i) + 1, min(subtree(parse, k)))
        is_next = all(parse.pos[t] not in ("NOUN", "PROPN", "VERB") for t in between)
        if k > i and is_next and is_infinitive(parse, k) and not kids(parse, k, "nsubj"):
            return matter(page, over(content_tokens(page, k, after=i)), "infinitive", cue=i)
    return None


def order(page: Page, i: int, cue: Cue) -> Matter | None:
    """Whom the speaker wants to do what: "urged Y to …", "called on Y to …"."""
    parse = page.parse
    below = [k for k in kids(parse, i, *OBJECTS, "dative") if k > i and parse.pos[k] != "ADP"]
    target = behind(page, cue) if cue.second is not None else next(iter(below), None)
    heads = [i] if target is None else [i, target]
    for k in (k for h in heads for k in kids(parse, h, "xcomp", "ccomp", "acl", "advcl", "relcl")):
        whom = next(iter(kids(parse, k, "nsubj")), target)
        if k > i and whom is not None and whom < k and is_infinitive(parse, k):
            found = _ordered(page, i, k, whom)
            if found is not None:
                return found
    return None


def _ordered(page: Page, i: int, k: int, whom: int) -> Matter | None:
    parse = page.parse
    to = next((t for t in kids(parse, k, "aux") if page.word(t) == "to"), k)
    start = min([*subtree(parse, whom), to])
    found = matter(page, [(max(start, i + 1), max(content_tokens(page, k, after=i)))], "order", cue=i)
    first = to - 1 if page.word(to - 1) in ("not", "never") else to
    return found and found._replace(bare=max(found.bare, parse.start[first]), addressee=whom)


def obj(page: Page, i: int, cue: Cue) -> Matter | None:
    """A noun or gerund: "condemned the attack", "denied taking part", "called for talks", "expressed hope that …"."""
    parse = page.parse
    right = (c for c in kids(parse, i, *OBJECTS, "xcomp", "ccomp", "oprd") if c > i and _is_nominal(page, c))
    k = behind(page, cue) if cue.second is not None else next(right, None)
    if k is None or parse.tag[k] in ("WDT", "WP"):
        return None
    if parse.lemma[i].lower() in lists().nouns["carriers"]:
        inner = of_noun(page, k)
        if inner is not None:
            return inner if inner.frame == "clause" else inner._replace(frame="object")
    tokens = content_tokens(page, k, after=cue.second or i)
    if not tokens:
        return None
    return matter(page, [(min(tokens), _with_added(page, i, up_to_dash(page, tokens)))], "object", cue=i)


def _is_nominal(page: Page, k: int) -> bool:
    parse = page.parse
    if parse.dep[k] == "oprd":  # "conveyed “sincere regret”"
        return parse.tag[k] in ("NN", "NNS") and page.quote_of(k) is not None
    if parse.dep[k] in OBJECTS or (parse.dep[k] == "ccomp" and page.word(min(subtree(parse, k))) == "what"):
        return True
    if parse.tag[k] == "VBN":
        return [page.word(c) for c in kids(parse, k, "aux")] == ["having"]  # "denied having fired"
    return parse.tag[k] == "VBG" and not kids(parse, k, "aux", "mark")


def _with_added(page: Page, i: int, last: int) -> int:
    """The end of an object with the phrases of its verb that follow at once ("for their help", "to develop them")."""
    parse = page.parse
    added = (*_ADDED, "to", "at", "in", "about") if parse.lemma[i].lower() in lists().nouns["carriers"] else _ADDED
    for p in sorted(kids(parse, i, "prep", "dative")):
        if p == last + 1 and page.word(p) in added:
            last = max(content_tokens(page, p, after=i))
    for k in kids(parse, i, "xcomp", "advcl", "acl"):
        if k > last and is_infinitive(parse, k) and min(subtree(parse, k)) == last + 1:
            last = max(content_tokens(page, k, after=i))
    return last


def named(page: Page, i: int, cue: Cue) -> Matter | None:
    """A thing and its name: "called the deal a mistake", "described it as vital"."""
    parse = page.parse
    thing = behind(page, cue) if cue.second is not None else next((k for k in kids(parse, i, *OBJECTS) if k > i), None)
    naming = ("at",) if parse.lemma[i].lower() == "put" else _NAMING
    by_as = [p for p in kids(parse, i, "prep") if p > i and page.word(p) in naming and _is_figure(page, p)]
    told_as = [k for k in kids(parse, i, "advcl") if k > i and parse.tag[k] in ("VBN", "JJ")]
    by_as += [k for k in told_as if page.word(min(subtree(parse, k))) == "as" and not kids(parse, k, "nsubj", "aux")]
    by_as += [p for p in (kids(parse, thing, "prep") if thing is not None else ()) if page.word(p) == "as"]
    if not by_as and parse.lemma[i].lower() in _ONLY_AS:
        return None
    name = next(iter(_names(page, i, thing)), None)
    if name is None and thing is not None:
        name = next(iter(by_as), None)
    if name is None:
        return None
    heads = [name] if thing is None else [thing, name]
    tokens = sorted(t for h in heads for t in content_tokens(page, h, after=cue.second or i))
    return matter(page, [(tokens[0], up_to_dash(page, tokens))], "named", cue=i) if tokens else None


def _is_figure(page: Page, p: int) -> bool:
    """Whether a number stands behind "at" ("put the cost at nine million"); other prepositions need none."""
    parse = page.parse
    below = {parse.pos[t] for t in subtree(parse, p)}
    return page.word(p) != "at" or "NUM" in below


def _names(page: Page, i: int, thing: int | None) -> list[int]:
    """The small clauses and complements of a verb that may be the name of a thing."""
    parse = page.parse
    small = [k for k in kids(parse, i, "ccomp", "oprd", "xcomp") if k > i and not is_infinitive(parse, k)]
    if not small and thing is not None and parse.lemma[i].lower() == "call":
        return [k for k in kids(parse, thing, "amod", "acl", "appos") if k > thing]
    return [k for k in small if thing is not None or parse.dep[k] == "oprd" or kids(parse, k, "nsubj")]


def charge(page: Page, i: int, cue: Cue) -> Matter | None:
    """A person and the matter: "accused X of …", "thanked X for …"."""
    parse = page.parse
    whom = next((k for k in kids(parse, i, *OBJECTS, "dative") if k > i), None)
    if whom is None or cue.second is not None:
        return None
    preps = [p for h in (i, whom) for p in kids(parse, h, "prep") if p > whom and page.word(p) in CHARGES]
    if not preps:
        return None
    tokens = [*(t for t in subtree(parse, whom) if t > i), *content_tokens(page, preps[0], after=i)]
    found = matter(page, over(tokens), "charge", cue=i)
    return found and found._replace(addressee=whom if parse.lemma[i].lower() in _TO_THEM else None)


def of_noun(page: Page, noun: int) -> Matter | None:
    """The matter of a cue noun: "the claim that …", "a pledge to …", "concern about …"."""
    parse, lemma, nouns = page.parse, page.parse.lemma[noun].lower(), lists().nouns
    found: Matter | None = None
    for k in kids(parse, noun, "acl", "ccomp", "relcl", "appos"):
        if k < noun or not is_verb(parse, k):
            continue
        marks = ("that", "whether") if lemma in _ASKING else ("that",)
        mark = next((c for c in parse.children[k] if page.word(c) in marks and c < k), None)
        is_clause = lemma in nouns["clause"] and mark is not None and parse.dep[mark] in ("mark", "advmod")
        if is_clause or (lemma in nouns["infinitive"] and is_infinitive(parse, k)):
            frame = "clause" if is_clause else "infinitive"
            found = matter(page, over(content_tokens(page, k, after=noun)), frame, cue=noun)
            break
    else:
        found = _about(page, noun) if lemma in nouns["object"] else None
    return found and found._replace(cue_to=noun)


def _about(page: Page, noun: int) -> Matter | None:
    """What stands behind the preposition of a cue noun ("concern about the tariff")."""
    parse = page.parse
    for p in kids(parse, noun, "prep"):
        below = kids(parse, p, "pobj", "pcomp")
        is_owner = page.word(p) == "of" and parse.lemma[noun].lower() in _OWNED
        if p > noun and below and page.word(p) in _ABOUT and not is_owner:
            return matter(page, over(content_tokens(page, below[0], after=p)), "object", cue=noun)
    return None
