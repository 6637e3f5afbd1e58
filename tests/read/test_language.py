"""Which language a text is in."""

import socket

import pytest

from bilateral.errors import LanguageError
from bilateral.read.language import check_english, language_of

OTHERS = {
    "Vietnamese (vi)": "Hai đại sứ đã gặp nhau tại thủ đô vào thứ Tư và nói về thương mại, du lịch và sinh viên.",
    "Russian (ru)": "Послы двух стран встретились в столице в среду и говорили о торговле, туризме и студентах.",
    "French (fr)": "Les deux ambassadeurs se sont rencontrés mercredi dans la capitale et ont parlé du commerce.",
    "German (de)": "Die beiden Botschafter trafen sich am Mittwoch in der Hauptstadt und sprachen über den Handel.",
    "Spanish (es)": "Los dos embajadores se reunieron el miércoles en la capital y hablaron del comercio del arroz.",
    "Indonesian (id)": "Kedua duta besar bertemu di ibu kota pada hari Rabu dan berbicara tentang perdagangan beras.",
    "Dutch (nl)": "De twee ambassadeurs kwamen woensdag bijeen in de hoofdstad en spraken over de handel in rijst.",
    "Khmer (km)": "ឯកអគ្គរដ្ឋទូតទាំងពីរបានជួបគ្នានៅរាជធានីកាលពីថ្ងៃពុធ ហើយបាននិយាយអំពីពាណិជ្ជកម្មនិងទេសចរណ៍។",
    "Chinese (zh)": "两国大使星期三在首都会面，讨论了大米贸易、旅游以及两国学生交流的问题，"
    "并表示将在秋季再次会面，继续就航班问题进行磋商，双方部长也将出席。",
    "Arabic (ar)": "التقى السفيران يوم الأربعاء في العاصمة وتحدثا عن التجارة والسياحة والطلاب بين البلدين.",
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_text_in_another_language_is_refused_by_name(name):
    with pytest.raises(LanguageError) as caught:
        check_english(OTHERS[name])

    assert str(caught.value).startswith(name)


@pytest.mark.parametrize(
    "text",
    [
        "The two envoys met in the capital on Wednesday and spoke of trade, tourism and students.",
        "H.E. Sok Phally received Oknha Chhay Vuthy and Lok Chumteav Keo Bopha at Wat Botum in Phnom Penh on Friday.",
        "THE TWO ENVOYS MET IN THE CAPITAL ON WEDNESDAY AND SPOKE OF TRADE, TOURISM AND STUDENTS.",
        "Prime Minister Nguyễn Văn Bình and President Trần Thị Hoa met in Hà Nội and Đà Nẵng, the ministry said.",
    ],
)
def test_english_with_foreign_names_is_english(text):
    assert check_english(text) == "en"


@pytest.mark.parametrize("text", ["", "Danke schön", "USD 202,000,000 12.5% 2018", "Hai đại sứ đã gặp nhau"])
def test_a_short_text_gets_the_benefit_of_doubt(text):
    assert language_of(text).code is None
    assert check_english(text) == "en"


def test_what_is_stated_counts_where_the_text_is_too_short():
    with pytest.raises(LanguageError, match=r"Vietnamese \(vi\) by what is stated of it"):
        check_english("Hai đại sứ", "vi-VN")
    assert check_english("Envoys meet", "en-US") == "en"
    assert check_english("Envoys meet", "unknown") == "en"


def test_the_language_of_a_long_text_is_not_what_a_page_states():
    assert check_english("The two envoys met in the capital on Wednesday and spoke of trade and tourism.", "vi") == "en"


def test_no_network_is_asked(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert language_of("The two envoys met in the capital on Wednesday and spoke of trade and tourism.").code == "en"
