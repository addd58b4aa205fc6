"""Running text stays, the page around it goes, and the title counts once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.text.furniture import find_title, is_furniture, paragraphs

TITLE = "Ruritania’s Slow Turn Toward Beijing Worries Its Western Neighbours"
FIRST = (
    "The prime minister of Ruritania praised the new railway on Monday. It was built with loans from Beijing."
)
SECOND = "His foreign minister told reporters that the country would still take part in Western exercises."
BODY = f"{FIRST}\n\n{SECOND}"


def blocks(text: str, title: str | None = None) -> list[str]:
    return [span.of(text) for span in paragraphs(text, title)]


@pytest.mark.parametrize(
    "line",
    [
        "LEAVE A REPLY",
        "Follow us on Twitter and Facebook",
        "FOLLOW US ON TWITTER",
        "Like us on facebook.com/zenda for more.",
        "Contact us: news@example.org",
        "Reporting by Rose Kaine in Zenda; Editing by John Roe",
        "Written by Rose Kaine, 12:30 pm",
        "Terms and conditions apply",
        "Sign up to the Daily Briefing newsletter",
        "No comments on Why Ruritania turns east",
        "Rose Kaine, Asia correspondent",
        "Get the weekly newsletter with all of it",
        "Leave a comment",
        "NO COMMENTS",
        "14 Comments",
        "Please enter your comment!",
        "Please enter your name here",
        "Your email address will not be published. Required fields are marked *",
        "Save my name, email, and website in this browser for the next time I comment.",
        "You have entered an incorrect email address!",
        "This website uses cookies to improve your experience.",
        "Accept all cookies",
        "Cookie settings",
        "By continuing to browse the site you agree to our terms.",
        "Sign up for our weekly newsletter",
        "Subscribe to our channel for more stories.",
        "Get the day’s top stories delivered to your inbox.",
        "Follow us on Telegram",
        "Share this article",
        "Facebook Twitter WhatsApp Email",
        "Share",
        "Tweet",
        "Copy link",
        "By Anna Muster",
        "By Anna Muster and Jan van Dijk",
        "BY ANNA MUSTER, STAFF WRITER",
        "Anna Muster, diplomatic correspondent",
        "By Anna Muster and Jan Novak | May 8, 2023 | 4 min read",
        "(Reporting by Anna Muster in Zenda; editing by Jan Novak)",
        "Reporting by Anna Muster; Editing by Jan Novak",
        "ZENDA, April 30, 2023",
        "Published: 30 April 2023 10:15 GMT",
        "Updated 3 hours ago",
        "May 3, 2021",
        "Photo: Anna Muster",
        "Photo by Anna Muster/Agency",
        "[Anna Muster/Reuters]",
        "AFP via Getty Images",
        "Image credit: Ministry of Defence",
        "Read more",
        "Read more: What the railway means for the coast",
        "ALSO READ: Five charts on the railway",
        "Related articles",
        "You may also like",
        "Advertisement",
        "ADVERTISEMENT CONTINUE READING BELOW",
        "Story continues below",
        "5 min read",
        "Home > World > Europe",
        "Home World Politics Business Opinion",
        "Skip to main content",
        "Back to top",
        "Exit mobile version",
        "© 2023 The Zenda Herald",
        "The Zenda Herald 2023. All rights reserved.",
        "The post A railway to the coast appeared first on The Zenda Herald.",
        "This article was originally published on a partner’s site.",
        "The views expressed in this article are the author’s own.",
        "Tags: railway, loans, coast",
        "0",
        "1,204",
        "* * *",
    ],
)
def test_furniture_is_told_by_what_it_says(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "By Tuesday, Ruritania had signed the accord with Beijing.",
        "Like US allies in Europe, Japan sanctioned Moscow.",
        "Follow US lead on Huawei, Poland tells EU",
        "Like us, Vietnam wants good ties with Beijing, the Philippine president said.",
        "Support US sanctions on Moscow, Ukraine told India.",
        "Published by Moscow's foreign ministry, the statement condemned Japan.",
        "Terms of the loan from Beijing were not disclosed.",
        "Sign up to the Belt and Road, Beijing told Brazil.",
        "No response on Taiwan from Beijing.",
        "Moscow expels BBC correspondent",
        "Support us with weapons, Ruritania tells Beijing",
        "SUPPORT US ON TAIWAN, JAPAN TELLS EU",
        "No responses to US offer from Tehran",
        "In his weekly newsletter, Ruritania's foreign minister called Beijing a threat. He left.",
        "By then Moscow Had Left",
        "No comment was made by the ministry in Moscow.",
        "He declined to comment on the leaked papers.",
        "Comments by the minister angered Washington.",
        "Share prices fell in Shanghai after the vote.",
        "Home to a Russian base, the port has long been courted by Moscow.",
        "World leaders met in Geneva on May 3.",
        "In May 2023 the two navies trained together.",
        "Photographs by satellites show new Chinese ships.",
        "Reporting by state media suggests that the talks failed.",
        "By using its veto, Russia made sure that nothing was agreed.",
        "Read in Moscow, the speech sounded like a threat.",
        "Sign the treaty or lose the loans, Beijing told its neighbour.",
        "Russia follows China.",
        "Related talks in Vienna ended without a result.",
        "Updates to the treaty were agreed with Washington in 2019.",
        "Subscribers to the Chinese bond include three Gulf states.",
        "Advertisements for the Russian army appeared in Minsk.",
        "Reuters reported that Ankara would buy the missiles.",
        "More loans came from Beijing.",
        "It ended in 2014.",
        "Watch towers were built along the border with Russia.",
    ],
)
def test_real_sentences_that_resemble_furniture_stay(sentence: str) -> None:
    assert not is_furniture(sentence)


def test_paragraphs_are_the_blocks_of_running_text() -> None:
    assert blocks(BODY) == [FIRST, SECOND]


def test_paragraphs_need_no_blank_line_between_them() -> None:
    assert blocks(f"{FIRST}\n{SECOND * 3}\n{FIRST}") == [FIRST, SECOND * 3, FIRST]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_every_kind_of_line_end_counts(newline: str) -> None:
    assert blocks(f"{TITLE}\n\n{BODY}".replace("\n", newline)) == [TITLE, FIRST, SECOND]


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The prime minister of Ruritania praised the new railway\n"
        "on Monday. Trains will run to the coast from June, and\n"
        "the loans will be paid back over thirty years."
    )
    assert blocks(f"{wrapped}\n\n{wrapped}") == [wrapped, wrapped]


def test_a_title_right_above_its_paragraph_stays_apart() -> None:
    assert blocks(f"{TITLE}\nBy Anna Muster\n{FIRST}\n{SECOND}") == [TITLE, FIRST, SECOND]


@pytest.mark.parametrize(
    "head",
    [
        TITLE,
        f"{TITLE}\n\n{TITLE}",
        f"{TITLE}\n\n0\n\n{TITLE.replace('’', chr(39))}",
        f"Home World {TITLE[:40]}...\n\n{TITLE}",
        f"{TITLE[:30]}…\n\n{TITLE}\n\nBy Anna Muster",
        f"Home > World > {TITLE}\n\n{TITLE}",
        f"Home > World > {TITLE}",
        f"{TITLE} | The Zenda Herald\n\n{TITLE}",
        f"World\n\n{TITLE}\n\nShare",
        f"The Zenda Herald\n\n{TITLE}",
        f"Skip to content\nZenda\nHome\nZenda\nE-Paper\nSearch\n\nHome » Zenda » {TITLE}\n\n{TITLE}",
    ],
)
def test_the_title_counts_once_and_clean(head: str) -> None:
    assert blocks(f"{head}\n\n{BODY}") == [TITLE, FIRST, SECOND]


def test_a_title_that_comes_back_at_the_end_is_dropped() -> None:
    assert blocks(f"{TITLE}\n\n{BODY}\n\n{TITLE}") == [TITLE, FIRST, SECOND]


def test_a_known_title_is_found_whatever_its_shape() -> None:
    assert blocks(f"Choosing sides.\n\nChoosing sides.\n\n{BODY}", "Choosing sides.") == [
        "Choosing sides.",
        FIRST,
        SECOND,
    ]


def test_a_sentence_that_quotes_the_title_stays() -> None:
    sentence = f"{TITLE}, the paper wrote."
    assert blocks(f"{TITLE}\n\n{FIRST}\n\n{sentence}") == [TITLE, FIRST, sentence]


def test_a_standfirst_stays() -> None:
    standfirst = "A railway, a loan and a port: how the country is drifting east"
    assert blocks(f"{TITLE}\n\n{standfirst}\n\n{BODY}") == [TITLE, standfirst, FIRST, SECOND]


@pytest.mark.parametrize(
    "line", ["LandFinder", "The Zenda Herald", "What Comes Next", "Ten Things to Know About the New Railway"]
)
def test_labels_and_other_titles_among_paragraphs_are_dropped(line: str) -> None:
    assert blocks(f"{TITLE}\n\n{FIRST}\n\n{line}\n\n{SECOND}") == [TITLE, FIRST, SECOND]


@pytest.mark.parametrize(
    "line", ["• Beijing will pay for the port", "“We will never join a bloc against Moscow”"]
)
def test_lists_and_quotations_among_paragraphs_stay(line: str) -> None:
    assert blocks(f"{TITLE}\n\n{FIRST}\n\n{line}\n\n{SECOND}") == [TITLE, FIRST, line, SECOND]


def test_a_list_of_headlines_is_kept_whole() -> None:
    lines = ["Ruritania courts Beijing again", "Moscow warns Ruritania over pipeline", "Envoys meet in Zenda"]
    assert blocks("\n".join(lines)) == lines


def test_one_line_alone_is_a_paragraph() -> None:
    assert blocks("Ruritania courts Beijing") == ["Ruritania courts Beijing"]


@given(st.text())
def test_spans_are_in_order_and_trimmed_in_any_text(text: str) -> None:
    end = 0
    for span in paragraphs(text):
        assert span.start >= end
        assert span.of(text) == span.of(text).strip()
        end = span.end


@given(st.lists(st.sampled_from([TITLE, FIRST, SECOND, "Share", "LEAVE A REPLY", "", "0"]), max_size=8))
def test_no_page_loses_its_sentences(lines: list[str]) -> None:
    found = blocks("\n\n".join([TITLE, FIRST, *lines]))
    assert all(line in found for line in lines if line in {FIRST, SECOND})
    assert found.count(TITLE) == 1


def test_the_title_is_found_clean() -> None:
    assert find_title(f"Home World {TITLE[:40]}...\n\n{TITLE}\n\n{BODY}") == TITLE


def test_a_separator_alone_is_no_breadcrumb() -> None:
    assert find_title(f"• | Ruritania turns down Beijing\n\n{BODY}") == "Ruritania turns down Beijing"


@pytest.mark.parametrize("piece", ["  &  Bb", " & Bb", "  Bb", "  0,"])
def test_a_long_line_of_credits_takes_no_time(piece: str) -> None:
    assert not is_furniture("Reporting by Aa" + piece * 40 + " said so.")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("World > Asia > Ruritania turns down Beijing", "Ruritania turns down Beijing"),
        ("Ruritania turns down Beijing | Herald", "Ruritania turns down Beijing | Herald"),
    ],
)
def test_breadcrumbs_stand_before_a_title_and_are_shorter(head: str, title: str) -> None:
    assert find_title(f"{head}\n\n{BODY}") == title


@pytest.mark.parametrize("text", ["", "Ruritania courts Beijing", BODY, f"{FIRST} {SECOND}", "0\n\n1"])
def test_without_a_title_there_is_none(text: str) -> None:
    assert find_title(text) is None
