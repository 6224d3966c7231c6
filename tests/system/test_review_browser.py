"""The review page in a real browser: list, search, open, next, toggle; a hostile post runs nothing, fetches nothing."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import pytest

from converter.batch.pairs import named
from converter.options import Options
from converter.review.export import export
from converter.review.index import Archive, Index
from converter.review.marks import Marks
from converter.review.server import Server
from converter.verify.verdict import Facet
from tests.kit import review_pages

if TYPE_CHECKING:
    from playwright import sync_api
else:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine")

FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync""".split()
MANY = 150
expect = sync_api.expect
expect.set_options(timeout=30_000)  # a machine under load is slow, not wrong


class Watched:
    """Open a page whose requests, script errors and dialogs are recorded."""

    def __init__(self, page: sync_api.Page, home: str) -> None:
        self.page, self.home = page, home
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.context.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", self.refuse)

    def refuse(self, dialog: sync_api.Dialog) -> None:
        """Record a dialog as an error: the page never opens one."""
        self.errors.append(dialog.message)
        dialog.dismiss()

    def open(self, name: str) -> None:
        """Search for a post in the list and open it."""
        self.page.goto(self.home)
        self.page.locator("#search").fill(name)
        expect(self.page.locator("#rows tr")).to_have_count(1)
        self.page.locator("#rows tr", has_text=name).click()
        expect(self.page.locator("body[data-post]")).to_be_visible()

    def foreign(self) -> list[str]:
        """Return the requests to any server but the page's own."""
        return [url for url in self.requests if not url.startswith((self.home, "data:", f"blob:{self.home}"))]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    source, out = review_pages.write(tmp_path_factory.mktemp("archive"), MANY)
    index = Index(Archive(out=out, pairs=named(source, out, Options())))
    index.fill()
    return index


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def running(index: Index) -> Iterator[Server]:
    with Server(index, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def served(index: Index, browser: sync_api.Browser) -> Iterator[Watched]:
    with running(index) as server:
        page = browser.new_page(viewport={"width": 1500, "height": 900})
        watched = Watched(page, server.address)
        yield watched
        page.close()
    assert watched.errors == []
    assert watched.foreign() == []


def test_the_list_is_searched_paged_and_walked_by_keys(served: Watched) -> None:
    page = served.page
    page.goto(served.home)
    expect(page.locator("#rows tr")).to_have_count(100)
    expect(page.locator("#totals")).to_contain_text(f"{MANY + 3} posts")
    expect(page.locator("#rows tr").nth(0)).to_have_class("here")
    page.keyboard.press("j")
    expect(page.locator("#rows tr").nth(1)).to_have_class("here")
    page.keyboard.press("k")
    page.keyboard.press("]")
    expect(page.locator("#page")).to_have_text("2 of 2")
    expect(page.locator("#rows tr")).to_have_count(MANY + 3 - 100)
    page.keyboard.press("/")
    page.keyboard.type("post-0042")
    expect(page.locator("#rows tr")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.locator("#rendered")).to_have_text("post number 42\n")
    expect(page.frame_locator("#original").locator("body")).to_contain_text("post number 42")


def test_words_typed_before_the_first_list_are_searched(served: Watched) -> None:
    page = served.page

    def typed(route: sync_api.Route) -> None:
        page.evaluate("""() => { const box = document.getElementById("search");
            box.value = "post-0042"; box.dispatchEvent(new Event("input")); }""")
        route.continue_()

    page.route("**/marks", typed)
    page.goto(served.home)
    expect(page.locator("#rows tr")).to_have_count(1)


def test_next_goes_down_the_list_and_escape_back(served: Watched) -> None:
    page = served.page
    page.goto(served.home)
    expect(page.locator("#rows tr")).to_have_count(100)
    first, second = (page.locator("#rows tr").nth(index).get_attribute("data-number") for index in (0, 1))
    page.keyboard.press("Enter")
    expect(page.locator(f"body[data-post='{first}']")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(f"body[data-post='{second}']")).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator(f"body[data-post='{first}']")).to_be_visible()
    page.locator("#next-button").click()
    expect(page.locator(f"body[data-post='{second}']")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#list")).to_be_visible()
    expect(page.locator("#rows tr").nth(1)).to_have_class("here")


def test_differences_are_marked_on_both_sides(served: Watched) -> None:
    page = served.page
    served.open("faulty")
    expect(page.locator("#differences li", has_text="heading level 2 became 3")).to_be_visible()
    expect(page.locator("#rendered h3.different")).to_have_text("二、参数对照")
    expect(page.frame_locator("#original").locator("h2.x-different")).to_have_text("二、参数对照")
    page.locator("#differences li", has_text="heading level 2 became 3").click()
    expect(page.locator("#rendered h3.current")).to_be_in_viewport()
    expect(page.frame_locator("#original").locator("h2.x-different")).to_be_in_viewport()


def test_the_original_follows_the_markdown(served: Watched) -> None:
    page = served.page
    page.set_viewport_size({"width": 1500, "height": 420})
    served.open("good")
    last = page.frame_locator("#original").locator("p", has_text="hello world")
    expect(last).not_to_be_in_viewport()
    page.locator("#rendered p", has_text="hello world").evaluate("box => box.scrollIntoView({block: 'start'})")
    expect(last).to_be_in_viewport()
    page.locator("#shield").hover()
    page.mouse.wheel(0, -100000)
    expect(page.frame_locator("#original").locator("h1")).to_be_in_viewport()


def test_source_findings_and_formulas(served: Watched) -> None:
    page = served.page
    served.open("good")
    expect(page.locator("#rendered .math math")).to_have_count(1)
    expect(page.frame_locator("#original").locator("math")).to_have_count(1)
    expect(page.locator("#rendered pre code.language-bash")).to_contain_text("make -j4 && make install")
    expect(page.locator("#findings summary", has_text="image/watermark")).to_be_visible()
    page.keyboard.press("m")
    expect(page.locator("#source")).to_contain_text("## 一、安装")
    expect(page.locator("#rendered")).to_be_hidden()
    page.keyboard.press("m")
    expect(page.locator("#rendered")).to_be_visible()
    page.keyboard.press("d")
    expect(page.locator("#side")).to_be_hidden()


def test_a_hostile_post_runs_nothing_and_fetches_nothing(served: Watched) -> None:
    page = served.page
    served.open("hostile")
    frame = page.frame_locator("#original")
    expect(frame.locator("body")).to_contain_text("hostile words")
    page.evaluate("document.body.classList.add('free')")
    expect(frame.locator("a")).to_have_count(2)
    for link in frame.locator("a").all():
        link.click()
    for link in page.locator("#rendered a").all():
        if not (link.get_attribute("href") or "").startswith("http"):
            link.click()
    expect(frame.locator("body")).to_contain_text("hostile words")
    assert page.title() == "csdn2md review"
    assert page.evaluate("window.owned") is None
    assert all(frame.url.startswith(served.home) for frame in page.frames)
    assert len(page.context.pages) == 1


def test_titles_texts_and_filters(served: Watched) -> None:
    page = served.page
    page.goto(served.home)
    expect(page.locator("#rows tr")).to_have_count(100)
    expect(page.locator("#rows tr", has_text="faulty.md").locator("a")).to_have_text("从零开始搭建 Redis 集群")
    page.locator("#search").fill("max_memory 哨兵")
    expect(page.locator("#rows tr")).to_have_count(1)
    page.locator("#search").fill("")
    page.locator("#state").select_option("differs")
    expect(page.locator("#rows tr")).to_have_count(2)
    expect(page.locator("#found")).to_have_text(f"2 / {MANY + 3}")
    page.locator("#complete").select_option("no")
    expect(page.locator("#empty")).to_be_visible()


def test_marks_are_kept_and_exported(served: Watched, index: Index) -> None:
    page = served.page
    served.open("good")
    page.keyboard.press("g")
    expect(page.locator("[data-mark=good]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#rows td.given")).to_have_text("Good")
    page.locator("#search").fill("")
    page.locator("#mark").select_option("good")
    expect(page.locator("#rows tr")).to_have_count(1)
    assert Marks(index.marks.path).all() == {"good.md": "good"}
    for kind, text in (("csv", "post,mark\ngood.md,good\n"), ("json", '{\n "good.md": "good"\n}\n')):
        with page.expect_download() as saved:
            page.locator(f"#save-{kind}").click()
        assert saved.value.path().read_text(encoding="utf-8") == text
    page.locator("#rows a").click()
    page.locator("[data-mark=good]").click()
    expect(page.locator("[data-mark=good]")).to_have_attribute("aria-pressed", "false")
    assert Marks(index.marks.path).all() == {}


@pytest.fixture(scope="module")
def unwell(tmp_path_factory: pytest.TempPathFactory) -> Index:
    source, out = review_pages.write_unwell(tmp_path_factory.mktemp("unwell"))
    index = Index(Archive(out=out, pairs=named(source, out, Options())))
    index.fill()
    return index


def test_the_list_is_ordered_by_health(unwell: Index, browser: sync_api.Browser, tmp_path: Path) -> None:
    """With a server and without, and in both languages."""
    export(unwell, tmp_path)
    with running(unwell) as server:
        for home in (server.address, (tmp_path / "index.html").as_uri()):
            page = browser.new_page()
            page.goto(home)
            names, points = page.locator("#rows a"), page.locator("#rows td.health")
            expect(names).to_have_text(["different.md", "garbled.md", "well.md"])
            page.locator("#order").select_option(label="Worst health first")
            expect(names).to_have_text(["garbled.md", "different.md", "well.md"])
            expect(points).to_have_text(["65", "70", "100"])
            page.locator("#language-button").click()
            expect(page.locator("#order option:checked")).to_have_text("健康值最低的在前")
            page.locator("#order").select_option("")
            expect(names).to_have_text(["different.md", "garbled.md", "well.md"])
            page.close()


def test_chinese_by_the_browser_s_language_and_by_the_switch(index: Index, browser: sync_api.Browser) -> None:
    with running(index) as server:
        page = browser.new_page(locale="zh-CN")
        page.goto(server.address)
        expect(page.locator("#totals")).to_contain_text(f"{MANY + 3} 篇")
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
        page.locator("#language-button").click()
        expect(page.locator("#totals")).to_contain_text(f"{MANY + 3} posts")
        page.reload()
        expect(page.locator("#totals")).to_contain_text(f"{MANY + 3} posts")
        strings = page.evaluate("window.STRINGS")
        page.close()
    assert list(strings["en"]) == list(strings["zh"])
    assert [facet for facet in get_args(Facet) if f"in {facet}" not in strings["zh"]] == []
    holes = {language: {key: text.count("{") for key, text in texts.items()} for language, texts in strings.items()}
    assert holes["en"] == holes["zh"]


@pytest.mark.parametrize("width", [360, 700, 1280, 3840])
def test_any_width_shows_all_without_scrolling_sideways(served: Watched, width: int) -> None:
    page = served.page
    page.set_viewport_size({"width": width, "height": 800})
    served.open("faulty")
    sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(sideways)
    expect(page.locator("#tabs")).to_be_visible(visible=width <= 800)
    if width <= 800:
        page.locator("#tab-left").click()
        expect(page.locator("#original")).to_be_visible()
        expect(page.locator("#rendered")).to_be_hidden()
        page.locator("#tab-side").click()
        expect(page.locator("#findings")).to_be_visible()
        page.locator("#differences li", has_text="heading level 2 became 3").click()
        expect(page.locator("#rendered .current")).to_be_in_viewport()
    page.locator("#back").click()
    expect(page.locator("#rows tr")).to_have_count(1)
    assert not page.evaluate(sideways)


AXE = files("axe_playwright_python") / "axe.min.js"
"""The checker axe-core, as a package for Python ships it."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(served: Watched, scheme: Literal["light", "dark"], width: int) -> None:
    """In the list, in a post (all but the content of the article), and in the help."""
    page = served.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(served.home)
    expect(page.locator("#rows tr")).to_have_count(100)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = [found(page)]
    page.locator("#rows tr", has_text="faulty").locator("a").click()
    expect(page.locator("#differences li").first).to_be_attached()
    violations.append(found(page))
    page.locator("#help-button").click()
    violations.append(found(page))
    assert violations == [[], [], []]


def found(page: sync_api.Page) -> list[str]:
    """Return the violations that axe-core finds in what is shown."""
    script = "() => axe.run({exclude: [['#rendered > *'], ['iframe']]}, {iframes: false})"
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary']}"
        for one in page.evaluate(script)["violations"]
        for node in one["nodes"]
    ]


def test_the_frame_is_a_stranger(served: Watched) -> None:
    served.open("good")
    assert served.page.locator("#original").get_attribute("sandbox") == ""
    assert served.page.locator("#original").evaluate("frame => frame.contentDocument") is None


def test_an_export_works_without_a_server(index: Index, browser: sync_api.Browser, tmp_path: Path) -> None:
    export(index, tmp_path)
    page = browser.new_page()
    home = (tmp_path / "index.html").as_uri()
    watched = Watched(page, home)
    page.goto(home)
    expect(page.locator("#rows tr")).to_have_count(100)
    page.locator("#search").fill("faulty")
    expect(page.locator("#rows tr")).to_have_count(1)
    page.locator("#rows tr").click()
    expect(page.locator("#rendered h3.different")).to_have_text("二、参数对照")
    expect(page.frame_locator("#original").locator("h2.x-different")).to_have_text("二、参数对照")
    page.locator("#differences li", has_text="heading level 2 became 3").click()
    expect(page.frame_locator("#original").locator("h2.x-different:target")).to_be_attached()
    page.locator("#language-button").click()
    expect(page.locator("#differences li", has_text="标题级别从 2 变成了 3")).to_be_attached()
    page.goto(f"{home}#/post/{next(n for n, pair in enumerate(index.pairs.found) if pair.name == 'hostile.md')}")
    expect(page.frame_locator("#original").locator("body")).to_contain_text("hostile words")
    assert page.evaluate("window.owned") is None
    page.close()
    assert watched.errors == []
    assert [url for url in watched.requests if not url.startswith((tmp_path.as_uri(), "data:"))] == []
