"""The HTML report in a real browser: it lists every document, and its search and buttons work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.kit.batch import csdn2md, make

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine")


def test_the_table_of_documents(tmp_path: Path) -> None:
    make(tmp_path / "in", one_html="one", two_html="two", empty_html=b"")
    csdn2md("convert", "in", "-o", "out", "--report", "report.html", cwd=tmp_path)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((tmp_path / "report.html").as_uri())
        rows = page.locator("#rows tr")
        sync_api.expect(rows).to_have_count(3)
        assert "empty.html" in rows.first.inner_text()
        page.locator("#search").fill("two")
        sync_api.expect(rows).to_have_count(1)
        assert rows.locator("a").evaluate_all("links => links.map(a => a.getAttribute('href'))") == [
            "in/two.html",
            "out/two.md",
        ]
        assert errors == []
        browser.close()


def test_the_report_is_chinese_where_the_browser_is(tmp_path: Path) -> None:
    make(tmp_path / "in", one_html="one", empty_html=b"")
    csdn2md("convert", "in", "-o", "out", "--report", "report.html", cwd=tmp_path)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(locale="zh-CN")
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((tmp_path / "report.html").as_uri())
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        text = page.locator("body").inner_text()
        for words in (
            "csdn2md 报告",
            "转换 1，失败 1，用时",
            "失败: 1",
            "文件是空的",
            "全部文件",
            "2 个文件，第 1/1 页",
        ):
            assert words in text
        assert "the file is empty" not in text
        assert page.locator("#search").get_attribute("placeholder") == "在名称、结果、说明里搜索"
        page.locator("#search").fill("空的")
        sync_api.expect(page.locator("#rows tr")).to_have_count(1)
        page.locator("#language").click()
        assert page.locator("html").get_attribute("lang") == "en"
        text = page.locator("body").inner_text()
        assert "the file is empty" in text and "文件是空的" not in text
        assert errors == []
        browser.close()
