"""Where paragraphs begin and end."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bilateral.read.blocks import pieces


def words(text: str) -> list[str]:
    return [text[p.start : p.end] for p in pieces(text)]


def test_blank_lines_part_paragraphs():
    assert words("  One here.\n \n\nTwo there.  ") == ["One here.", "Two there."]


def test_without_blank_lines_each_line_is_a_paragraph():
    assert words("The envoys met.\nThey spoke of trade.\nThey parted.") == [
        "The envoys met.", "They spoke of trade.", "They parted.",
    ]  # fmt: skip


def test_single_breaks_inside_a_block_part_paragraphs_too():
    assert words("Title\n\nSubtitle\nHANOI. The envoys met.\nThey spoke.") == [
        "Title", "Subtitle", "HANOI. The envoys met.", "They spoke.",
    ]  # fmt: skip


def test_lines_that_a_program_wrapped_are_joined():
    text = (
        "The two envoys met in the capital on Wednesday and spoke about the\n"
        "trade in rice and rubber, which has grown by a tenth since spring,\n"
        "about students, and about flights between both of the capitals.\n"
        "\n"
        "Both sides will meet again in autumn, the ministry said in a long\n"
        "statement that it published on its site on Thursday afternoon.\n"
    )

    assert words(text) == [part.strip() for part in text.split("\n\n")]


def test_indented_first_lines_part_paragraphs_of_a_wrapped_text():
    text = (
        "   The two envoys met in the capital on Wednesday and spoke of the\n"
        "trade in rice and rubber, which has grown by a tenth since spring.\n"
        "   Both sides will meet again in autumn, the ministry said in a\n"
        "long statement that it published on its site on Thursday, when\n"
        "the envoys had left.\n"
    )

    assert [part.split()[0] for part in words(text)] == ["The", "Both"]


def test_a_short_line_ends_a_paragraph_of_a_wrapped_text():
    text = (
        "The two envoys met in the capital on Wednesday and spoke about the\n"
        "trade in rice and rubber, which has grown by a tenth since spring,\n"
        "and about students.\n"
        "Both sides will meet again in autumn, the ministry said in a long\n"
        "statement that it published on its site on Thursday afternoon, and\n"
        "will speak of flights.\n"
    )

    assert [part.split()[0] for part in words(text)] == ["The", "Both"]


def test_list_items_stay_apart_in_a_wrapped_text():
    text = (
        "The two envoys met in the capital on Wednesday and spoke about the\n"
        "following three matters, all of which the statement has named, in\n"
        "this order and no other, as the ministry of the host has said it:\n"
        "- the trade in rice and rubber, which has grown by a tenth in the\n"
        "spring of the year;\n"
        "- the flights between both of the capitals, which begin in autumn.\n"
    )

    assert [part[:10] for part in words(text)] == ["The two en", "- the trad", "- the flig"]


def test_markdown_marks_are_left_out():
    assert words("# Envoys meet\n\n**How is trade?**\n\nIt **grows**.") == [
        "Envoys meet", "How is trade?", "It **grows**.",
    ]  # fmt: skip
    assert pieces("## Trade")[0].hint == "heading"


def test_other_line_breaks_of_unicode_part_paragraphs():
    assert words("One here.\u2028Two there.\x0cThree.") == ["One here.", "Two there.", "Three."]


@given(st.text(alphabet="aB.?\n \t-*#\u2028\xa0", max_size=300))
def test_paragraphs_are_in_order_apart_and_stripped(text):
    found = pieces(text)

    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(words == words.strip() and words for words in (text[p.start : p.end] for p in found))
