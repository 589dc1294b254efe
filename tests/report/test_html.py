"""The page in a browser: nothing goes wrong, the filter filters, and a large one stays quick.

Needs Chromium and its driver (Debian: chromium, chromium-driver); without them these tests are skipped.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.rendered import is_page

from schemadiff.report import html

from . import large

OBJECTS = 3_000
SECONDS_TO_RENDER = 15.0
SECONDS_TO_FILTER = 3.0
SVG = '<svg xmlns="http://www.w3.org/2000/svg" id="picture" onload="document.title=1"><script>document.title="ran"</script></svg>'


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """A small report, open; nothing was said on the console when the test is over."""
    opened(browser, tmp_path, html.reports([large.report(9)]))
    yield browser
    assert browser.get_log("browser") == []


def opened(browser: Any, folder: Path, text: str) -> None:
    path = folder / "report.html"
    path.write_text(text, encoding="utf-8")
    browser.get(path.as_uri())


def shown(browser: Any) -> list[str]:
    return [
        e.text.split("\n")[0]
        for e in browser.find_elements("css selector", "details.object")
        if e.is_displayed()
    ]


def test_filter_by_name_kind_and_what(page: Any) -> None:
    from selenium.webdriver.support.select import Select

    assert len(shown(page)) == 9
    find = page.find_element("css selector", "input[name=text]")
    find.send_keys("F1")
    assert shown(page) == ["differing function f1() schema/schema.sql:8"]
    assert page.find_element("css selector", "output").text == "1 of 9 shown"
    find.clear()
    find.send_keys(" ")
    for select, option, count in (("kind", "columns", 3), ("kind", "", 9), ("what", "unexpected", 3)):
        Select(page.find_element("name", select)).select_by_value(option)
        assert len(shown(page)) == count, option
    assert [h.text for h in page.find_elements("css selector", "h3") if h.is_displayed()] == ["indexes"]


def test_expand_and_collapse(page: Any) -> None:
    def visible(css: str) -> int:
        return sum(e.is_displayed() for e in page.find_elements("css selector", css))

    assert visible("pre") == 0
    page.find_element("name", "expand").click()
    assert visible("pre") > 0
    assert (visible("del"), visible("ins")) == (3, 3)
    assert {e.text for e in page.find_elements("css selector", "del")} == {"a20"}
    page.find_element("name", "collapse").click()
    assert visible("pre") == 0


def test_by_keyboard_alone(page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    body = page.find_element("css selector", "body")
    body.send_keys("/")
    assert page.switch_to.active_element.get_attribute("name") == "text"
    page.switch_to.active_element.send_keys("t0")
    for _ in range(5):
        page.switch_to.active_element.send_keys(Keys.TAB)
    assert page.switch_to.active_element.tag_name == "summary"
    page.switch_to.active_element.send_keys(Keys.ENTER)
    assert page.find_element("css selector", "details.object[open]").text.startswith("missing table t0")


def test_light_and_dark(page: Any) -> None:
    def paper() -> str:
        return page.execute_script("return getComputedStyle(document.body).backgroundColor")

    button = page.find_element("id", "theme")
    colours = {}
    for name in ("light", "dark", "system"):
        button.click()
        assert button.text == f"Theme: {name}"
        colours[name] = paper()
    assert colours["light"] == "rgb(255, 255, 255)"
    assert colours["dark"] != colours["light"]
    for preferred in ("light", "dark"):
        page.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": preferred}]}
        )
        assert paper() == colours[preferred]


def test_a_diagram_is_shown_and_runs_nothing(browser: Any, tmp_path: Path) -> None:
    opened(browser, tmp_path, html.reports([large.report(3)], SVG))
    assert browser.find_element("id", "picture").is_displayed()
    assert browser.title == "schemadiff check: main"
    blocked = [entry["message"] for entry in browser.get_log("browser")]
    assert len(blocked) == 2
    assert all("Content Security Policy" in message for message in blocked)


def test_a_large_page_is_made_quickly() -> None:
    found = large.report(OBJECTS)
    start = time.perf_counter()
    text = html.reports([found])
    took = time.perf_counter() - start
    print(f"{OBJECTS} objects: rendered in {took:.2f} s, {len(text) / 2**20:.1f} MB")
    is_page(text)
    assert took < SECONDS_TO_RENDER


def test_a_large_page_stays_quick(browser: Any, tmp_path: Path) -> None:
    start = time.perf_counter()
    opened(browser, tmp_path, html.reports([large.report(OBJECTS)]))
    loaded = time.perf_counter() - start
    took = browser.execute_script(
        """
        const input = document.querySelector("form.filter input"), times = [];
        for (const text of ["f1", "f12", "f123", "", "nothing like it"]) {
            const start = performance.now();
            input.value = text;
            input.dispatchEvent(new Event("input", {bubbles: true}));
            document.body.offsetHeight;
            times.push(performance.now() - start);
        }
        return Math.max(...times) / 1000;
        """
    )
    print(f"{OBJECTS} objects: opened in {loaded:.2f} s, filtered in {took:.3f} s")
    assert took < SECONDS_TO_FILTER
    assert shown(browser) == []
