"""Names of states and organisations to codes and back."""

from __future__ import annotations

import pytest

from bilateral import knowledge

CODES = [
    ("Russia", "RUS"), ("RUS", "RUS"), ("RU", "RUS"), ("Russian Federation", "RUS"), ("the Russian Federation", "RUS"),
    ("russia", "RUS"), ("RUSSIA", "RUS"), ("Cambodia", "KHM"), ("Kampuchea", "KHM"), ("Kingdom of Cambodia", "KHM"),
    ("Burma", "MMR"), ("Myanmar", "MMR"), ("Ivory Coast", "CIV"), ("Côte d'Ivoire", "CIV"), ("Cote d'Ivoire", "CIV"),
    ("Côte d’Ivoire", "CIV"), ("COTE D'IVOIRE", "CIV"), ("UK", "GBR"), ("U.K.", "GBR"), ("Great Britain", "GBR"),
    ("England", "GBR"), ("Scotland", "GBR"), ("US", "USA"), ("U.S.", "USA"), ("USA", "USA"), ("America", "USA"),
    ("United States of America", "USA"), ("DPRK", "PRK"), ("North Korea", "PRK"), ("South Korea", "KOR"),
    ("Republic of Korea", "KOR"), ("Korea, Republic of", "KOR"), ("Korea", "KOR"), ("Turkey", "TUR"),
    ("Türkiye", "TUR"), ("Turkiye", "TUR"), ("Czech Republic", "CZE"), ("Czechia", "CZE"), ("Holland", "NLD"),
    ("The Netherlands", "NLD"), ("Swaziland", "SWZ"), ("Eswatini", "SWZ"), ("Zaire", "COD"), ("DR Congo", "COD"),
    ("Congo-Brazzaville", "COG"), ("East Timor", "TLS"), ("Timor-Leste", "TLS"), ("Cabo Verde", "CPV"),
    ("Macedonia", "MKD"), ("North Macedonia", "MKD"), ("Viet Nam", "VNM"), ("Ceylon", "LKA"), ("Persia", "IRN"),
    ("Abyssinia", "ETH"), ("Siam", "THA"), ("Rhodesia", "ZWE"), ("Upper Volta", "BFA"), ("Dahomey", "BEN"),
    ("UAE", "ARE"), ("PRC", "CHN"), ("People's Republic of China", "CHN"), ("Taiwan", "TWN"), ("Kosovo", "XKX"),
    ("Palestine", "PSE"), ("Vatican", "VAT"), ("Holy See", "VAT"), ("Hong Kong", "HKG"), ("Soviet Union", "SUN"),
    ("USSR", "SUN"), ("Yugoslavia", "YUG"), ("Czechoslovakia", "CSK"), ("East Germany", "DDR"),
    ("West Germany", "DEU"), ("Greenland", "DNK"), ("Puerto Rico", "USA"), ("Macau", "CHN"), ("Bosnia", "BIH"),
    ("St. Kitts and Nevis", "KNA"), ("St Lucia", "LCA"), ("São Tomé and Príncipe", "STP"),
    ("Sao Tome and Principe", "STP"),
    ("The Gambia", "GMB"), ("Bahamas", "BHS"), ("Lao PDR", "LAO"), ("Papua New Guinea", "PNG"), ("PNG", "PNG"),
    ("Guinea-Bissau", "GNB"), ("Equatorial Guinea", "GNQ"), ("Dominican Republic", "DOM"), ("Dominica", "DMA"),
    ("Niger", "NER"), ("Nigeria", "NGA"), ("ASEAN", "IGO:ASEAN"), ("IGO:ASEAN", "IGO:ASEAN"),
    ("igo:asean", "IGO:ASEAN"),
    ("European Union", "IGO:EU"), ("EU", "IGO:EU"), ("United Nations", "IGO:UN"), ("UN", "IGO:UN"),
    ("NATO", "IGO:NATO"), ("BRICS", "IGO:BRICS"), ("Shanghai Cooperation Organisation", "IGO:SCO"),
    ("World Health Organization", "IGO:WHO"), ("African Union", "IGO:AU"), ("GCC", "IGO:GCC"),
    ("Red Cross committee", "IGO:ICRC"), ("EAEU", "IGO:EAEU"), ("Trinidad & Tobago", "TTO"),
]  # fmt: skip

DEMONYMS = [
    ("Dutch", "NLD"), ("Danes", "DNK"), ("Danish", "DNK"), ("Swiss", "CHE"), ("Filipino", "PHL"), ("Philippine", "PHL"),
    ("Thai", "THA"), ("Thais", "THA"), ("Malagasy", "MDG"), ("Kazakh", "KAZ"), ("Kazakhstani", "KAZ"),
    ("Burmese", "MMR"), ("Emirati", "ARE"), ("Emiratis", "ARE"), ("Saudi", "SAU"), ("Saudis", "SAU"), ("Kiwis", "NZL"),
    ("Poles", "POL"), ("Spaniards", "ESP"), ("Icelanders", "ISL"), ("Batswana", "BWA"), ("Basotho", "LSO"),
    ("Britons", "GBR"), ("Finns", "FIN"), ("Swedes", "SWE"), ("Turks", "TUR"), ("Serbs", "SRB"), ("Croats", "HRV"),
    ("Frenchmen", "FRA"), ("Hellenic", "GRC"), ("Monegasque", "MCO"), ("Ni-Vanuatu", "VUT"), ("Nigerien", "NER"),
    ("Kyrgyz", "KGZ"), ("Lao", "LAO"), ("Laotians", "LAO"), ("Cambodians", "KHM"), ("Khmer", "KHM"), ("Soviet", "SUN"),
    ("Palestinians", "PSE"), ("Kosovars", "XKX"), ("Vietnamese", "VNM"), ("Greenlandic", "DNK"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code"), CODES)
def test_a_name_gives_its_code(words: str, code: str) -> None:
    assert knowledge.code_of(words) == code


@pytest.mark.parametrize(("words", "code"), DEMONYMS)
def test_a_demonym_gives_its_state(words: str, code: str) -> None:
    assert knowledge.code_of(words) == code


@pytest.mark.parametrize("words", ["", "us", "who", "un", "in", "it", "is", "the", "Atlantis", "IGO:NOTHING",
"Kremlin"])
def test_what_names_no_state_gives_none(words: str) -> None:
    assert knowledge.code_of(words) is None


@pytest.mark.parametrize("words", ["Congo", "Congolese", "Dominican", "Crimea", "Kashmir", "Gaza"])
def test_an_ambiguous_or_disputed_name_is_not_settled(words: str) -> None:
    assert knowledge.code_of(words) is None
    surface = knowledge.surface_of(words)
    assert surface is not None
    assert len(surface.codes) > 1


def test_every_code_has_a_name_that_leads_back_to_it() -> None:
    for state in knowledge.states():
        assert knowledge.code_of(knowledge.name_of(state.code)) == state.code


def test_an_organisation_is_named_by_the_body_and_not_by_its_organs() -> None:
    assert knowledge.name_of("IGO:EU") == "European Union"
    assert knowledge.name_of("IGO:UN") == "United Nations"
    assert knowledge.name_of("IGO:COE") == "Council of Europe"


def test_an_unknown_code_is_its_own_name() -> None:
    assert knowledge.name_of("ZZZ") == "ZZZ"
    assert knowledge.name_of("IGO:NEWBODY") == "NEWBODY"


@pytest.mark.parametrize(
    ("code", "adjective"),
    [("RUS", "Russian"), ("NLD", "Dutch"), ("PHL", "Philippine"), ("GBR", "British"), ("IGO:EU", "European Union")],
)
def test_a_code_has_its_adjective(code: str, adjective: str) -> None:
    assert knowledge.adjective_of(code) == adjective


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Phnom Penh", "KHM"), ("Moscow", "RUS"), ("Hanoi", "VNM"), ("MOSCOW", "RUS"), ("Nay Pyi Taw", "MMR"),
        ("Yangon", "MMR"), ("Astana", "KAZ"), ("Nur-Sultan", "KAZ"), ("Kyiv", "UKR"), ("Kiev", "UKR"),
        ("Saigon", "VNM"), ("The Hague", "NLD"), ("White House", "USA"), ("the Kremlin", "RUS"), ("Élysée", "FRA"),
        ("Elysee", "FRA"), ("Downing Street", "GBR"), ("Blue House", "KOR"), ("Brussels", "BEL"), ("Bogotá", "COL"),
        ("Bogota", "COL"), ("St. Petersburg", "RUS"), ("Chisinau", "MDA"), ("Geneva", "CHE"), ("New York", "USA"),
        ("Siem Reap", "KHM"), ("Sochi", "RUS"), ("Dubai", "ARE"), ("Singapore", "SGP"), ("Xinjiang", "CHN"),
        ("San Jose", "CRI"), ("Nuuk", "DNK"), ("Tripoli", "LBY"),
    ],
)  # fmt: skip
def test_a_place_gives_the_state_it_lies_in(words: str, code: str) -> None:
    assert knowledge.place_code(words) == code


@pytest.mark.parametrize("words", ["Crimea", "Golan Heights", "Nowhereville", "ASEAN"])
def test_a_disputed_or_unknown_place_lies_in_no_state(words: str) -> None:
    assert knowledge.place_code(words) is None
