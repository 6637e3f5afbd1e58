"""What paragraphs are for."""

import pytest

from bilateral.read.anatomy import Anatomy, anatomy
from bilateral.read.blocks import pieces

LEAD = "The two envoys met in the capital on Wednesday and spoke of trade and tourism."
MORE = "Both sides will meet again in autumn, the ministry said in a statement."


def anatomy_of(*paragraphs: str, title: str | None = None) -> tuple[Anatomy, list[tuple[str, str]]]:
    text = "\n\n".join(paragraphs)
    found = anatomy(text, pieces(text), title=title)
    return found, [(p.kind, text[p.start : p.end]) for p in found.paragraphs]


def kinds(*paragraphs: str, title: str | None = None) -> list[str]:
    return [kind for kind, _ in anatomy_of(*paragraphs, title=title)[1]]


def test_a_short_line_without_a_stop_before_the_lead_is_the_title():
    found, rows = anatomy_of("Envoys speak of trade", LEAD, MORE)

    assert found.title == "Envoys speak of trade"
    assert [kind for kind, _ in rows] == ["title", "body", "body"]


def test_a_second_line_before_the_dateline_is_the_subtitle():
    _, rows = anatomy_of(
        "Envoys speak of trade", "Pavel Orlov noted that flights must be restored", "HANOI, July 3. /TASS/. " + LEAD
    )

    assert [kind for kind, _ in rows] == ["title", "subtitle", "body"]
    assert rows[2][1] == LEAD


def test_a_title_that_asks_is_a_title_before_a_longer_sentence():
    assert kinds("Will the two envoys meet again?", LEAD, MORE) == ["title", "body", "body"]


def test_a_label_is_no_part_of_the_title():
    found, rows = anatomy_of("Headline: Envoys speak of trade", "The following is attributable to the spokesman:", LEAD)

    assert found.title == "Envoys speak of trade"
    assert rows[0] == ("title", "Envoys speak of trade")
    assert rows[1][0] == "body"


def test_before_a_dateline_a_title_may_have_a_stop():
    found, rows = anatomy_of("Envoys speak of trade.", "MANILA, Philippines (AP) — " + LEAD, MORE)

    assert found.title == "Envoys speak of trade."
    assert [kind for kind, _ in rows] == ["title", "body", "body"]


def test_a_text_that_begins_with_a_sentence_has_no_title():
    found, rows = anatomy_of(LEAD, MORE)

    assert found.title is None
    assert [kind for kind, _ in rows] == ["body", "body"]


@pytest.mark.parametrize("text", ["Envoys meet", LEAD, f"{LEAD} {MORE}"])
def test_one_or_two_sentences_alone_are_body(text):
    assert kinds(text) == ["body"]


def test_the_given_title_is_found_among_the_first_lines():
    found, rows = anatomy_of("Diplomacy in brief", "Envoys  speak of “trade”", LEAD, title='Envoys speak of "trade"')

    assert found.title == 'Envoys speak of "trade"'
    assert [kind for kind, _ in rows] == ["furniture", "title", "body"]


def test_short_lines_between_paragraphs_are_section_headings():
    assert kinds(LEAD, "Trade and tourism", MORE, "What comes next?", MORE) == [
        "body", "heading", "body", "heading", "body",
    ]  # fmt: skip


def test_quotations_list_items_and_runs_of_short_lines_are_no_headings():
    assert kinds(LEAD, "“We are glad”", MORE) == ["body"] * 3
    assert kinds(LEAD, "- Rice and rubber", MORE) == ["body"] * 3
    assert kinds(LEAD, "Rice", "Rubber", "Timber", "Fish", MORE) == ["body"] * 6
    assert kinds("They named these goods in the text of it:", "Rice", "Rubber", MORE) == ["body"] * 4


def test_a_last_line_without_a_stop_is_no_heading():
    assert kinds(LEAD, MORE, "Trade and tourism") == ["body", "body", "body"]


def test_the_name_of_a_section_is_furniture_above_the_report_and_a_heading_inside():
    assert kinds("Economy", "Envoys speak of trade", LEAD, "Economy", MORE) == [
        "furniture", "title", "body", "heading", "body",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "All news", "Read more", "READ MORE »", "Share this article", "Advertisement", "Related: Envoys to meet",
        "Read also: Envoys meet in May", "Subscribe to our newsletter", "© 2019 Example News", "All rights reserved.",
        "Copyright © 2019 Example News. All rights reserved.", "Home > World > Asia", "Home | World | Sport",
        "Facebook Twitter WhatsApp", "5 min read", "3 hours ago", "* * *", "Photo: Jane Roe/Example Agency",
        "(Photo by Jane Roe)", "Follow us on Telegram", "Tags: trade, rice", "#trade #rice", "https://news.example/1",
        "ALSO READ | Envoys meet in spring", "(With inputs from agencies)",
        "Click here to subscribe to our channel", "The post Envoys meet appeared first on Example News.", "-END-",
    ],
)  # fmt: skip
def test_page_furniture_is_told_apart(line):
    assert kinds("Envoys speak of trade", LEAD, line, MORE) == ["title", "body", "furniture", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Copyright protection was discussed by the two ministers of culture.",
        "Views differ in the two capitals on what comes next.",
        "Return to talks is possible, the envoy said on Friday.",
        "The post of ambassador has been vacant since spring.",
        "More than a hundred students went to the two capitals.",
        "Follow-up talks were held in the capital on Friday.",
        "Read by the spokesman, the statement drew applause from the hall.",
        "Next week the minister will visit the capital.",
    ],
)
def test_a_sentence_that_begins_like_furniture_is_body(line):
    assert kinds("Envoys speak of trade", LEAD, line, MORE) == ["title", "body", "body", "body"]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("BY JANE ROE", "Jane Roe"),
        ("By Jane Roe and John Doe", "Jane Roe and John Doe"),
        ("By Jane Roe | Example News", "Jane Roe"),
        ("By Jane Roe in Hanoi", "Jane Roe"),
        ("Written by Jane Roe", "Jane Roe"),
        ("Author: Jane Roe", "Jane Roe"),
        ("By Jane Roe, Staff Writer", "Jane Roe"),
        ("by Xinhua writers Jane Roe, John Doe", "Jane Roe, John Doe"),
    ],
)
def test_a_byline_names_the_author(line, author):
    found, rows = anatomy_of("Envoys speak of trade", line, LEAD)

    assert found.author == author
    assert [kind for kind, _ in rows] == ["title", "byline", "body"]


@pytest.mark.parametrize(
    "line",
    ["Reporting by Jane Roe; Editing by John Doe", "(Reporting by Jane Roe in Hanoi)", "Edited by John Doe", "JR/JD"],
)
def test_who_reported_and_edited_is_no_sentence(line):
    assert kinds(LEAD, MORE, line)[-1] in {"byline", "furniture"}


def test_by_and_a_year_is_no_byline():
    assert kinds("Envoys speak of trade", LEAD, "By 2030 trade is to double, both said.") == ["title", "body", "body"]


def test_a_credit_line_names_the_source():
    found, rows = anatomy_of(LEAD, MORE, "Source: Example Press Agency")

    assert found.credited == "Example Press Agency"
    assert rows[-1][0] == "byline"


def test_a_credit_inside_the_report_is_of_a_picture():
    assert anatomy_of(LEAD, "Source: Example Bank", MORE)[0].credited is None
    assert anatomy_of("Envoys speak of trade", "Source: Example Press", LEAD)[0].credited == "Example Press"


def test_a_stamp_before_the_report_gives_the_day():
    found, rows = anatomy_of("Envoys speak of trade", "Published: 3 July 2019, 14:05 GMT", LEAD)

    assert found.stamped == "2019-07-03"
    assert [kind for kind, _ in rows] == ["title", "furniture", "body"]


def test_a_stamp_beside_the_source_gives_the_day():
    found, rows = anatomy_of("Envoys speak of trade", "Source: Xinhua | 2019-07-03 15:14:23 | Editor: jr", LEAD)

    assert (found.stamped, found.credited) == ("2019-07-03", "Xinhua")
    assert [kind for kind, _ in rows] == ["title", "byline", "body"]


def test_the_name_of_an_outlet_alone_is_a_credit():
    found, rows = anatomy_of("Reuters", LEAD, MORE)

    assert found.credited == "Reuters"
    assert [kind for kind, _ in rows] == ["byline", "body", "body"]


def test_a_release_may_begin_with_place_and_day():
    found, rows = anatomy_of("Phnom Penh, 3 July 2019", "Press release", "Envoys speak of trade", LEAD)

    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.day, found.stamped) == ("Phnom Penh", "2019-07-03", None)
    assert rows == [("furniture", "Press release"), ("title", "Envoys speak of trade"), ("body", LEAD)]


def test_a_speech_begins_with_its_salutation():
    assert kinds("Remarks by the minister", "Ladies and gentlemen,", LEAD) == ["title", "body", "body"]


def test_marks_behind_the_last_sentence_are_left_out():
    assert anatomy_of(LEAD, MORE + " Enditem")[1][1] == ("body", MORE)
    assert anatomy_of(LEAD, MORE + "/.")[1][1] == ("body", MORE)


def test_a_day_of_change_is_no_day_of_publication():
    assert anatomy_of("Envoys speak of trade", "Updated: 3 July 2019", LEAD)[0].stamped is None


def test_a_release_ends_with_its_place_and_day():
    found, rows = anatomy_of(LEAD, MORE, "Phnom Penh, 3 July 2019")

    assert found.stamped == "2019-07-03"
    assert [kind for kind, _ in rows] == ["body", "body", "furniture"]


def test_a_day_as_heading_of_a_chronology_is_no_stamp():
    found, rows = anatomy_of("A chronology of the talks", LEAD, "3 July 2018", MORE, "4 July 2018", MORE)

    assert found.stamped is None
    assert [kind for kind, _ in rows] == ["title", "body", "heading", "body", "heading", "body"]


def test_a_dateline_on_a_line_of_its_own_belongs_to_no_paragraph():
    found, rows = anatomy_of("Envoys speak of trade", "HANOI, July 3 (Reuters)", LEAD)

    assert found.dateline is not None
    assert found.dateline.place == "HANOI"
    assert rows == [("title", "Envoys speak of trade"), ("body", LEAD)]


def test_a_place_in_capitals_alone_is_the_dateline():
    found, rows = anatomy_of("Envoys speak of trade", "ANKARA", LEAD)

    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.day) == ("ANKARA", None)
    assert [kind for kind, _ in rows] == ["title", "body"]


def test_labelled_questions_and_answers_make_an_interview():
    _, rows = anatomy_of(
        "An interview with the envoy", LEAD, "Question: How is trade?", "Answer: It grows.", "And tourism grows too."
    )

    assert [kind for kind, _ in rows] == ["title", "body", "question", "answer", "answer"]
    assert [words for _, words in rows[2:4]] == ["How is trade?", "It grows."]


def test_a_question_and_its_answer_on_one_line_are_two_paragraphs():
    _, rows = anatomy_of("Question: How is trade? Answer: It grows by a tenth.", "Q: And tourism? A: It grows too.")

    assert rows == [
        ("question", "How is trade?"), ("answer", "It grows by a tenth."),
        ("question", "And tourism?"), ("answer", "It grows too."),
    ]  # fmt: skip


def test_the_name_of_who_answers_stays_in_the_paragraph():
    _, rows = anatomy_of("QUESTION (translated): How is trade?", "Pavel Orlov: It grows.", "QUESTION: And fish?")

    assert rows[1] == ("answer", "Pavel Orlov: It grows.")


def test_names_that_take_turns_make_an_interview():
    assert kinds(
        "Example News: How is trade?", "Orlov: It grows by a tenth.", "Example News: And fish?", "Orlov: It grows too."
    ) == ["question", "answer", "question", "answer"]


def test_dashes_mark_turns():
    _, rows = anatomy_of(LEAD, "- How is trade?", "- It grows by a tenth.", "- And how is tourism?", "- It grows too.")

    assert [kind for kind, _ in rows] == ["body", "question", "answer", "question", "answer"]
    assert rows[1][1] == "How is trade?"


def test_bold_questions_mark_turns():
    assert kinds(LEAD, "**How is trade?**", MORE, "**And how is tourism?**", MORE) == [
        "body", "question", "answer", "question", "answer",
    ]  # fmt: skip


def test_questions_to_you_mark_turns_without_any_mark():
    assert kinds(LEAD, "How do you see our trade today?", MORE, "What do you expect of autumn?", MORE) == [
        "body", "question", "answer", "question", "answer",
    ]  # fmt: skip


def test_an_essay_that_asks_its_reader_is_no_interview():
    asking = ["Would you have thought so?", "Can you imagine it?"]

    assert set(kinds(LEAD, asking[0], *[MORE] * 12, asking[1], *[MORE] * 12)) == {"body", "heading"}


def test_a_quarter_of_the_year_asks_nothing():
    assert kinds(LEAD, "Q4: exports rose by a tenth.", MORE) == ["body", "body", "body"]


def test_paragraphs_that_open_with_a_name_are_no_interview_without_questions():
    assert kinds(LEAD, "Trade: It grew by a tenth in spring.", "Tourism: It grew too in spring.", MORE) == ["body"] * 4
