"""Bytes to characters."""

import codecs

import pytest

from bilateral.errors import EncodingError, FormatError
from bilateral.read.encoding import decoded, encoding_of

TEXT = "The café in Phnom Penh — “Zürich” — was where Frédéric and Šárka met, the envoy said. " * 8


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)  # fmt: skip
def test_a_byte_order_mark_is_believed_and_dropped(mark, encoding):
    assert decoded(mark + TEXT.encode(encoding), "text/plain; charset=latin-1") == (TEXT, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_told_by_its_null_bytes(encoding):
    assert decoded(TEXT.encode(encoding)) == (TEXT, encoding)


def test_the_charset_of_the_transport_comes_before_the_page():
    page = '<meta charset="utf-8"><p>Привет</p>'.encode("cp1251")

    assert decoded(page, "text/html; charset=windows-1251", is_page=True).text.endswith("<p>Привет</p>")


def test_a_page_says_its_charset():
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head>Привет'

    assert decoded(page.encode("cp1251"), "text/html", is_page=True) == (page, "cp1251")


def test_latin_1_means_windows_1252():
    assert decoded("“Zürich”".encode("cp1252"), "text/plain; charset=ISO-8859-1").text == "“Zürich”"


def test_a_declaration_that_does_not_fit_is_passed_over():
    assert decoded(TEXT.encode(), "text/plain; charset=utf-16").text == TEXT
    assert decoded(TEXT.encode(), "text/plain; charset=klingon").text == TEXT


def test_undeclared_legacy_encodings_are_guessed():
    russian = "Послы двух стран встретились в столице и говорили о торговле рисом и каучуком. " * 5

    assert decoded(russian.encode("cp1251")).text == russian
    assert decoded(russian.encode("koi8-r")).text == russian
    assert "café" in decoded("The café of Frédéric in Genève, à côté de l'hôtel. ".encode("latin-1") * 5).text


def test_broken_utf8_is_refused_with_the_byte():
    data = TEXT.encode()[:100] + b"\xff" + TEXT.encode()[100:]

    with pytest.raises(EncodingError, match=r"byte 100 \(0xff\) is not UTF-8"):
        decoded(data)


def test_a_single_broken_byte_of_a_page_is_shown_as_in_a_browser():
    page = b'<meta charset="utf-8"><p>' + TEXT.encode() * 2 + b"\xff</p>"

    assert decoded(page, is_page=True).text.count("\ufffd") == 1


def test_a_mark_that_lies_names_the_byte_that_does_not_fit():
    with pytest.raises(EncodingError, match=r"utf-8, but byte 3 \(0xff\)"):
        decoded(codecs.BOM_UTF8 + b"abc\xff")


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"%PDF-1.7", "a PDF"), (b"PK\x03\x04....", "a ZIP"), (b"\x89PNG\r\n\x1a\n", "a PNG"), (b"\x1f\x8b", "gzip")],
)
def test_a_binary_file_is_named(data, kind):
    with pytest.raises(FormatError, match=f"binary: it is {kind}.*expected text, HTML, JSON Lines or CSV"):
        decoded(data)


def test_bytes_with_many_nulls_are_binary():
    with pytest.raises(FormatError, match=r"binary: null bytes at 0, 256, 512 and 7 more"):
        decoded(bytes(range(256)) * 10)


def test_a_null_byte_in_a_text_is_refused_with_its_place():
    with pytest.raises(FormatError, match="null bytes at 3; a text holds none"):
        decoded(b"The\x00 two envoys met in the capital.")


def test_the_encoding_of_rows_is_told_from_a_head_cut_inside_a_character():
    assert encoding_of("The café".encode()[:-1]) == "utf-8"
    assert encoding_of(b"The caf\xe9", "text/csv; charset=cp1252") == "cp1252"
