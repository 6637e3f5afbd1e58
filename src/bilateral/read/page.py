"""What the head of an HTML page says of its report: title, day, publisher, author, address, language.

Order of trust: JSON-LD, then OpenGraph and named meta tags, then marked-up elements, then the page's looks. Dates are
read by our own rules: htmldate, inside trafilatura, asks the clock and guesses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from bilateral.read.credits import is_stamp, stamped
from bilateral.read.dates import date_of
from bilateral.read.report import Said

_ARTICLES = ("newsarticle", "reportagenewsarticle", "article", "blogposting", "pressrelease", "report", "webpage")
_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "og:pubdate",
    "datepublished", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date",
    "publication_date", "publication-date", "originalpublicationdate", "article.published", "date.published",
    "cxenseparse:recs:publishtime", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created",
    "dcterms.date", "dc.date", "citation_publication_date", "citation_date", "rnews:datepublished", "date", "created",
)  # fmt: skip
_SITES = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher", "application-name")
_AUTHORS = ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")
_SUFFIX = re.compile(r"\s+(?:[|–—»·•]|::|-)\s+")
_ADDRESS = re.compile(r"https?://\S+")


def said_of(tree: Any) -> Said:
    """What a page's head says of its report; None for what it does not say."""
    nodes = list(_articles(tree))
    meta = _meta(tree)
    site = _first([*(_name(node.get("publisher")) for node in nodes), *(meta.get(key) for key in _SITES)])
    lang = _first(tree.xpath("//html/@lang | //html/@xml:lang"))
    return Said(
        uri=_address(tree, meta, nodes),
        title=_title(tree, meta, nodes, site),
        published=_published(tree, meta, nodes),
        publisher=site,
        author=_author(tree, meta, nodes),
        lang=lang or meta.get("content-language") or meta.get("og:locale"),
    )


def _meta(tree: Any) -> dict[str, str]:
    """The meta tags by name, property or itemprop, in lower case; the first of each."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        content = (tag.get("content") or "").strip()
        for key in (tag.get("property"), tag.get("name"), tag.get("itemprop"), tag.get("http-equiv")):
            if key and content:
                found.setdefault(key.strip().lower(), content)
    return found


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD nodes that describe an article, the best kind first; broken JSON is passed over."""
    found = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            data = json.loads((script.text or "").strip(" ;\n\t"), strict=False)
        except (ValueError, RecursionError):
            continue
        found += [(rank, node) for node in _nodes(data) if (rank := _rank(node)) is not None]
    yield from (node for _, node in sorted(found, key=lambda pair: pair[0]))


def _nodes(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict) and depth < 6:
        yield data
        yield from _nodes(data.get("@graph"), depth + 1)
        yield from _nodes(data.get("mainEntity"), depth + 1)


def _rank(node: dict[str, Any]) -> int | None:
    kinds = node.get("@type")
    names = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]
    return min((_ARTICLES.index(name) for name in names if name in _ARTICLES), default=None)


def _published(tree: Any, meta: dict[str, str], nodes: list[dict[str, Any]]) -> str | None:
    """The first date of publication that can be read, as EDTF."""
    candidates: list[str | None] = [_words(node.get("datePublished")) for node in nodes]
    candidates += [meta.get(key) for key in _DATES]
    candidates += tree.xpath("//*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content")
    candidates += tree.xpath("//time[@pubdate]/@datetime | //article//time/@datetime | //main//time/@datetime")
    candidates += tree.xpath("//time/@datetime")[:1]
    for words in candidates:
        if words and (value := date_of(words)):
            return value
    looks = "//time | //*[contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish')]"
    lines = (" ".join(element.text_content().split()) for element in tree.xpath(looks)[:40])
    return next(filter(None, (stamped(line) for line in lines if line and is_stamp(line))), None)


def _title(tree: Any, meta: dict[str, str], nodes: list[dict[str, Any]], site: str | None) -> str | None:
    heads = [" ".join(h.text_content().split()) for h in tree.xpath("//h1")]
    headline = _first(_words(node.get("headline")) for node in nodes)
    shown = _without_site(_first([meta.get("og:title"), meta.get("twitter:title")]), site)
    only = heads[0] if len(heads) == 1 else None
    page = _first(" ".join(t.text_content().split()) for t in tree.xpath("//head/title | //title"))
    found = headline or shown or only or _without_site(page, site)
    # A longer title on the page holds the rest of one that search engines' limits cut short.
    return next((h for h in heads if found and h.startswith(found.rstrip(" .…")) and len(h) > len(found)), found)


def _without_site(title: str | None, site: str | None) -> str | None:
    """A title without the name of its site at its end ("Talks open | Example News")."""
    title = " ".join((title or "").split())
    parts = _SUFFIX.split(title)
    if len(parts) < 2:
        return title or None
    last = parts[-1].casefold()
    is_site = site is not None and (last in site.casefold() or site.casefold() in last)
    is_short = site is None and len(parts[-1].split()) <= 4 and len(parts[0].split()) >= 4
    return title[: list(_SUFFIX.finditer(title))[-1].start()] if is_site or is_short else title


def _author(tree: Any, meta: dict[str, str], nodes: list[dict[str, Any]]) -> str | None:
    shown = (" ".join(a.text_content().split()) for a in tree.xpath("//a[@rel='author'] | //*[@itemprop='author']")[:1])
    names = [*(_name(node.get("author")) for node in nodes), *(meta.get(key) for key in _AUTHORS), *shown]
    return _first(name for name in names if name and "://" not in name and len(name) <= 120)


def _address(tree: Any, meta: dict[str, str], nodes: list[dict[str, Any]]) -> str | None:
    links = tree.xpath("//link[@rel='canonical']/@href")
    known = [*links, meta.get("og:url"), *(_words(node.get("url")) for node in nodes)]
    return _first(a.strip() for a in known if a and _ADDRESS.fullmatch(a.strip()))


def _name(value: object) -> str | None:
    """The name of a person or body in JSON-LD: a string, an object with a name, or a list of these."""
    if isinstance(value, dict):
        return _words(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(item) if not isinstance(item, list) else None for item in value))) or None
    return _words(value)


def _words(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _first(values: Iterable[str | None]) -> str | None:
    return next((value.strip() for value in values if value and value.strip()), None)
