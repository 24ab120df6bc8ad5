"""What is found, and in which order; on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import pytest

from tests.factories.articles import moment

SEARCH = """query ($words: String!, $types: [SearchType!], $first: Int = 20, $after: String) {
  search(query: $words, types: $types, first: $first, after: $after) {
    totalCount edges { cursor node { title } } facets { type count } suggestion
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


@pytest.fixture
def found(graphql):
    """Titles that a search finds, in their order."""

    def titles(query: str) -> list[str]:
        answer = graphql.data(SEARCH, words=query)["search"]
        assert answer["totalCount"] == len(answer["edges"])
        return [edge["node"]["title"] for edge in answer["edges"]]

    return titles


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("vi nguoi ngheo", "Vì người nghèo"),
        ("VÌ NGƯỜI NGHÈO", "Vì người nghèo"),
        ("Vi\u0300 ngu\u031bo\u031b\u0300i nghe\u0300o", "Vì người nghèo"),
        ("phuong tien", "Phương tiện"),
        ("đường dây nong", "Đường dây nóng"),
        ("duong day nóng", "Đường dây nóng"),
        ("DUONG-DAY/NONG", "Đường dây nóng"),
        ("4524/KH-UBND", "Kế hoạch 4524/KH-UBND"),
        ("4524 kh", "Kế hoạch 4524/KH-UBND"),
    ],
)
def test_words_are_found_with_and_without_diacritics(article, found, query, title):
    for each in ("Vì người nghèo", "Phương tiện", "Đường dây nóng", "Kế hoạch 4524/KH-UBND"):
        article(each)
    assert found(query) == [title]


def test_all_words_must_be_there_and_the_last_may_be_a_beginning(article, found):
    article("khu công nghiệp")
    article("công viên")
    assert found("cong nghi") == ["khu công nghiệp"]
    assert found("con nghiep") == []


def test_the_text_is_searched_and_not_its_markup(article, found):
    article("một", 'Đường <b>dây</b> nóng &amp; <a href="https://example.test/lienket">hotline</a>')
    assert found("duong day nong hotline") == ["một"]
    assert found("lienket") == found("amp") == []


def test_exact_spelling_ranks_first_then_phrases_then_words(article, found):
    # The newest is the one that ranks last, so that nothing is in order by chance.
    article("bàn của đơ", published_at=moment(9))
    article("khác", "bạn và đỗ", published_at=moment(8))
    article("khác nữa", "ban đỏ", published_at=moment(7))
    article("ban đó", published_at=moment(6))
    article("đồ gỗ và bản", published_at=moment(5))
    article("xem", "bản đồ", published_at=moment(4))
    article("bản đồ", published_at=moment(3))
    assert found("bản đồ") == [
        "bản đồ",
        "xem",
        "đồ gỗ và bản",
        "ban đó",
        "khác nữa",
        "bàn của đơ",
        "khác",
    ]


def test_without_diacritics_a_phrase_ranks_before_words_apart(article, found):
    article("ban quản lý do tỉnh", published_at=moment(9))
    article("bản đồ", published_at=moment(3))
    assert found("ban do") == ["bản đồ", "ban quản lý do tỉnh"]


def test_among_equals_the_newest_comes_first_and_then_the_last_made(article, found):
    for title, day in (("tin một", 1), ("tin hai", 2), ("tin ba", 2)):
        article(title, published_at=moment(day))
    assert found("tin") == ["tin ba", "tin hai", "tin một"]


def test_pages_of_results_follow_each_other_without_gaps(article, graphql):
    for number in range(5):
        article(f"tin {number}", published_at=moment(1))
    titles, after, pages = [], None, 0
    while pages < 5:
        answer = graphql.data(SEARCH, words="tin", first=2, after=after)["search"]
        titles += [edge["node"]["title"] for edge in answer["edges"]]
        pages += 1
        assert answer["totalCount"] == 5
        assert answer["pageInfo"]["hasPreviousPage"] is (after is not None)
        assert answer["pageInfo"]["startCursor"] == answer["edges"][0]["cursor"]
        after = answer["pageInfo"]["endCursor"]
        if not answer["pageInfo"]["hasNextPage"]:
            break
    assert (titles, pages) == ([f"tin {number}" for number in (4, 3, 2, 1, 0)], 3)


def test_no_page_follows_where_cursors_end(article, graphql, monkeypatch):
    monkeypatch.setattr("cms.search.schema.MAX_OFFSET", 2)
    for number in range(6):
        article(f"tin {number}")
    second = graphql.data(SEARCH, words="tin", first=2)["search"]["pageInfo"]
    last = graphql.data(SEARCH, words="tin", first=2, after=second["endCursor"])["search"]["pageInfo"]
    assert (second["hasNextPage"], last["hasNextPage"]) == (True, False)


def test_a_cursor_of_another_list_or_of_none_is_refused(article, graphql):
    article("tin một")
    article("tin hai")
    own = graphql.data(SEARCH, words="tin", first=1)["search"]["pageInfo"]["endCursor"]
    listed = graphql.data("{ articles(first: 1) { pageInfo { endCursor } } }")["articles"]["pageInfo"]
    graphql.errors(SEARCH, words="hai", after=own, code="BAD_CURSOR")
    graphql.errors(SEARCH, words="tin", types=["POLL"], after=own, code="BAD_CURSOR")
    for cursor in (listed["endCursor"], "", "x", "%%", "đ", "a" * 5000, own[:-4]):
        graphql.errors(SEARCH, words="tin", after=cursor, code="BAD_CURSOR")


@pytest.mark.parametrize("first", [0, -1, 101, 10**9])
def test_a_page_size_that_nobody_needs_is_refused(graphql, first):
    graphql.errors(SEARCH, words="tin", first=first, code="BAD_PAGE_SIZE")


@pytest.mark.parametrize(
    "query",
    ["", " ", "!?…", '"', "''", "😀", "*", "AND", "( OR )", "NEAR(", "&|!<->", "\\", ":*", "%_"],
)
def test_no_input_is_an_error_and_none_without_words_finds_anything(article, found, query):
    article("tin một")
    assert found(query) == []


@pytest.mark.parametrize(
    "query",
    ['"tin"', "tin'", "tin*", "-tin", "tin:*", "title:tin", "tin 😀", "(tin", "tin \\", "tin & !"],
)
def test_operators_of_the_databases_mean_nothing(article, found, query):
    article("tin title một")
    assert found(query) == ["tin title một"]


@pytest.mark.parametrize("query", ["a" * 10_000, "tin " * 2500, "đ😀" * 5000, "½¾ ⅓ ꙮ ᚠ 𝒜 ﷺ ๑ ٣"])
def test_long_and_strange_input_is_answered(article, graphql, query):
    article("tin một")
    graphql.data(SEARCH, words=query)


def test_words_of_any_script_are_found_as_they_are_stored(article, found):
    article("Саммит 日本 مرحبا ٣")
    for query in ("саммит", "САММИТ 日本", "مرحبا", "٣"):
        assert found(query) == ["Саммит 日本 مرحبا ٣"]
