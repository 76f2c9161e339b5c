import pytest

from takatuf.formats.readers.text.documents import read_document
from takatuf.formats.readers.text.language.words import words_of
from takatuf.formats.readers.text.speech.speakers import Speaker, speaker_of
from takatuf.formats.readers.text.speech.voices import sayings_of
from tests.builders_text import known, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Water is back," said Ali Issa, head of the board.',
         ("Ali Issa, head of the board", "Water is back")),
        ('"Water is back," the commander said.', ("the commander", "Water is back")),
        ('"Water is back," a farmer said.', ("a farmer", "Water is back")),
        ("The governor said on Tuesday in a statement that water was back.",
         ("The governor", "water was back")),
        ("OCHA reported the water was back.", ("OCHA", "the water was back")),
        ('The minister said: "Water is back."', ("The minister", "Water is back")),
        ("Water is back, Governor Issa told reporters.", ("Governor Issa", "Water is back")),
        ("Water is back, said the governor.", ("the governor", "Water is back")),
        ("Water is back, Ali Issa, head of the board, said.",
         ("Ali Issa, head of the board", "Water is back")),
        ("Water is back, the head of the board, Ali Issa, said.",
         ("the head of the board, Ali Issa", "Water is back")),
        ("Ali Issa, head of the board, said water was back.",
         ("Ali Issa, head of the board", "water was back")),
        ("On Tuesday, the governor said water was back.", ("the governor", "water was back")),
        ("In a statement on Monday the ministry said water was back.",
         ("the ministry", "water was back")),
        ("According to UNICEF, water is back.", ("UNICEF", "water is back")),
        ("Water is back, according to UNICEF.", ("UNICEF", "Water is back")),
        ("WHO told the council that water was back.", ("WHO", "water was back")),
        ("WHO told OCHA water was back.", ("WHO", "water was back")),
        ("WHO told Smith Jones water was back.", ("WHO", "water was back")),
        ("We were told by an official that water was back.", ("an official", "water was back")),
        ("WHO, by contrast, says water is back.", ("WHO", "water is back")),
        ("The Red Crescent, which was there, says water is back.",
         ("The Red Crescent", "water is back")),
        ("The spokesman denied it.", ("The spokesman", "The spokesman denied")),
        ("قال المحافظ إن المياه عادت.", ("المحافظ", "المياه عادت")),
        ("المحافظ قال إن المياه عادت.", ("المحافظ", "المياه عادت")),
        ("«المياه عادت»، قال مدير المياه.", ("مدير المياه", "المياه عادت")),
        ("قال المحافظ: «المياه عادت».", ("المحافظ", "المياه عادت")),
        ("قال المحافظ في بيان أمس إن المياه عادت.", ("المحافظ", "المياه عادت")),
        ("أعلنت اليونيسف عودة المياه إلى المدينة.", ("اليونيسف", "عودة المياه إلى المدينة")),
        ("أعلن محافظ المدينة عودة المياه إليها.", ("محافظ المدينة", "عودة المياه إليها")),
        ("قال المحافظ: المياه عادت إلى المدينة.", ("المحافظ", "المياه عادت إلى المدينة")),
        ("بحسب اليونيسف، عادت المياه أمس.", ("اليونيسف", "عادت المياه أمس")),
        ("وبحسب اليونيسف فإن المياه عادت.", ("اليونيسف", "المياه عادت")),
        ("نفى محافظ المدينة البعيدة الصغيرة كل ما قيل.",
         ("محافظ المدينة البعيدة الصغيرة", "كل ما قيل")),
    ],
)  # fmt: skip
def test_speaker_and_words_are_told_apart(text: str, expected: tuple[str, str]) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "It is said that water is back.",
        "He wants to say that water is back.",
        "The reported failure was mended.",
        "Fighting in the town added to the trouble of all.",
        "Water came back, adding pressure.",
        "They were told by the river that night.",
        "She sat there saying that all was well.",
        "يقع المبنى بين المدرسة والمشفى القديم.",
        "حسب.",
        "Water came back, according to.",
        "رصد الناس المياه.",
    ],
)
def test_what_reports_nobodys_words_is_the_texts_own(text: str) -> None:
    assert [speaker for speaker, _ in said(text)] == [""]


def test_two_speakers_in_a_sentence_are_two() -> None:
    text = "OCHA reported that water was back, but WHO said that pumps were idle."
    assert said(text) == [("OCHA", "water was back"), ("WHO", "pumps were idle")]


def test_words_of_many_words_are_not_taken_for_a_speaker() -> None:
    text = "WHO said the water was back in the town as everybody who lives in the quarter said."
    assert [speaker for speaker, _ in said(text)] == ["WHO"]
    text = "Governor Issa, as far as is known, who was there, has left, Ali Issa said it was well."
    assert said(text) == [("Ali Issa", "it was well")]


def test_only_what_follows_the_turn_is_according_to_somebody() -> None:
    text = "Power is still out, but water is back, according to OCHA."
    assert said(text) == [("", "Power is still out"), ("OCHA", "water is back")]


def test_the_text_and_a_speaker_may_share_a_sentence() -> None:
    text = "The town was quiet on Monday, but the governor said it was not safe."
    assert said(text) == [
        ("", "The town was quiet on Monday"),
        ("the governor", "it was not safe"),
    ]


def test_a_speaker_goes_on_in_the_same_sentence() -> None:
    text = "WHO denied that it was hit, adding that two clinics work, and said all was well."
    assert said(text) == [
        ("WHO", "it was hit"),
        ("WHO", "two clinics work"),
        ("WHO", "all was well"),
    ]
    arabic = "قالت اليونيسف إن المياه عادت، مضيفة أن الضخ مستمر."
    assert said(arabic) == [("اليونيسف", "المياه عادت"), ("اليونيسف", "الضخ مستمر")]


def doubts_of(text: str) -> list[tuple[str, ...]]:
    document = read_document(text.encode(), "a.txt")
    return [saying.speaker.doubts for saying in sayings_of(document, known())]


def test_a_speaker_inside_anothers_words_is_named_with_who_quotes_him() -> None:
    text = 'OCHA added that all was well. WHO said the governor had told it that "water is back".'
    assert said(text)[1] == ("the governor", "water is back")
    assert "quoted by OCHA" in doubts_of(text)[1]


def test_what_somebody_did_not_say_is_nobodys_statement() -> None:
    for text in ("The minister did not say when water returns.", "ولم يذكر الوزير موعد العودة."):
        document = read_document(text.encode(), "a.txt")
        (saying,) = sayings_of(document, known())
        assert saying.utterance.is_unsaid


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("WHO said all was well. It added that water was back.", "WHO"),
        ("Ali Issa, head of WHO, said all was well. Issa added that water was back.",
         "Ali Issa, head of WHO"),
        ("Governor Issa said all was well. WHO said so too. The governor added that all slept.",
         "Governor Issa"),
        ("WHO said all was well. The agency added that water was back.", "WHO"),
        ("قالت اليونيسف إن الوضع جيد. وأضافت أن المياه عادت.", "اليونيسف"),
        ("قال مدير المياه، علي عيسى، إن الوضع جيد. وقال عيسى إن المياه عادت.",
         "مدير المياه، علي عيسى"),
    ],
)  # fmt: skip
def test_who_is_meant_was_named_before(text: str, speaker: str) -> None:
    if "عيسى" in text:
        text = text.replace("علي عيسى", "عيسى")
        speaker = speaker.replace("علي عيسى", "عيسى")
    assert said(text)[-1][0] == speaker


def test_an_office_that_did_not_speak_before_is_nobody_who_did() -> None:
    text = "WHO said all was well. The government denied it."
    assert said(text)[-1][0] == "The government"


def test_a_body_that_spoke_before_is_found_by_its_office() -> None:
    text = "The Aleppo health directorate said all was well. Ali Issa, nurse of the directorate, "
    text += 'said that two clinics work. "We all stay," its driver said.'
    document = read_document(text.encode(), "a.txt")
    found = [saying.speaker.organisation for saying in sayings_of(document, known())]
    assert found == ["organisation/health"] * 3


def test_somebody_of_an_unknown_body_stays_unknown() -> None:
    text = '"All is well," a farmer said. "We all stay," its driver said.'
    document = read_document(text.encode(), "a.txt")
    assert [saying.speaker.organisation for saying in sayings_of(document, known())] == ["", ""]


def test_a_quotation_of_several_sentences_is_one_speakers() -> None:
    text = '"Water is back. Power is back. All is well," WHO said. "We stay here. We work."'
    assert [speaker for speaker, _ in said(text)] == ["WHO"] * 5


def test_a_quotation_without_a_speaker_is_asked_about() -> None:
    ((doubt,),) = doubts_of('"Water is back in the town."')
    assert "does not say whose" in doubt
    both = '"Water is back in town."\n\n"Power is back in town."'
    assert len(doubts_of(both)) == 2
    assert said("WHO said it was well.\n\n“Water is back in town.”")[-1][0] == "WHO"


def test_who_speaks_first_without_a_name_is_asked_about() -> None:
    assert "who speaks is not said" in doubts_of("وأضاف أن المياه عادت.")[0]


def body(text: str) -> Speaker:
    return speaker_of(words_of(text), text, known())


@pytest.mark.parametrize(
    ("text", "organisation", "role"),
    [
        ("WHO", "organisation/who", ""),
        ("the World Health Organization", "organisation/who", ""),
        ("Ali Issa, director of the health directorate in Aleppo", "organisation/health",
         "director of the health directorate in Aleppo (Ali Issa)"),
        ("the governor of Aleppo", "organisation/governorate", "governor of Aleppo"),
        ("the Syrian government", "organisation/government", "Syrian government"),
        ("the Red Crescent", "organisation/red-crescent", ""),
        ("Ali Issa of WHO", "organisation/who", ""),
        ("مدير الصحة في حلب، علي عيسى", "organisation/health", "مدير الصحة في حلب (علي عيسى)"),
        ("بيان", "", "بيان"),
    ],
)  # fmt: skip
def test_a_speaker_is_a_known_body_and_an_office(text: str, organisation: str, role: str) -> None:
    speaker = body(text)
    assert (speaker.organisation, speaker.role) == (organisation, role)


def test_a_private_persons_name_is_left_out() -> None:
    speaker = body("Ali Issa")
    assert speaker.role == ""
    assert "a person is named without a public office: the name is left out" in speaker.doubts


def test_bodies_that_cannot_be_told_apart_are_named() -> None:
    speaker = body("the council, in Aleppo")
    assert speaker.organisation == ""
    assert "organisation/council or organisation/councils" in speaker.doubts[0]


def test_a_second_body_is_named() -> None:
    speaker = body("OCHA and WHO")
    assert speaker.organisation == "organisation/ocha"
    assert "also named: organisation/who" in speaker.doubts
