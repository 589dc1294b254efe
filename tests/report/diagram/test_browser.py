"""The page of a diagram in a browser: it says nothing on the console, finds tables and shows what they are joined to.

Needs Chromium and its driver (Debian: chromium, chromium-driver); without them these tests are skipped.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from schemadiff.report.diagram.html import html
from schemadiff.report.diagram.model import Diagram


class Page:
    """An open page."""

    def __init__(self, browser: webdriver.Chrome, path: Path) -> None:
        self.browser = browser
        self.address = path.as_uri()

    def open(self, fragment: str = "") -> Page:
        self.browser.get("about:blank")
        self.browser.get(self.address + fragment)
        return self

    def find(self, selector: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def names(self, selector: str) -> set[str]:
        return {
            e.get_attribute("data-name") or "" for e in self.browser.find_elements(By.CSS_SELECTOR, selector)
        }

    @property
    def view(self) -> list[float]:
        """The scale, and how far right and down the window lies over the drawing."""
        transform = self.find("main > svg").get_dom_attribute("style").split("transform:")[1]
        scale, right, down = (float(n) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", transform)[:3])
        return [scale, -right, -down]

    def press(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()

    @property
    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.browser.get_log("browser")]


@pytest.fixture
def page(browser: webdriver.Chrome, shop: Diagram, tmp_path: Path) -> Page:
    path = tmp_path / "shop.html"
    path.write_text(html(shop), encoding="utf-8")
    browser.get_log("browser")
    browser.set_window_size(1300, 900)
    return Page(browser, path).open()


def test_a_search_leads_to_a_table_and_its_neighbours(page: Page) -> None:
    page.press("/")
    page.press("cust")
    assert [e.text for e in page.browser.find_elements(By.CSS_SELECTOR, "#found li")] == ["customer"]
    page.press(Keys.ENTER)
    assert page.names(".box.chosen") == {"customer"}
    assert page.names(".box.near") == {"customer", 'sales."Order"', "event", "spent"}
    box, stage = page.find(".box.chosen").rect, page.find("main").rect
    assert abs(box["x"] + box["width"] / 2 - stage["x"] - stage["width"] / 2) < 5
    assert abs(box["y"] + box["height"] / 2 - stage["y"] - stage["height"] / 2) < 5
    assert "customer: joined to 3 others" in page.find("#said").text
    assert page.browser.current_url.endswith("#table-public-customer")
    page.press(Keys.ESCAPE)
    assert page.names(".near") == set()
    assert page.complaints == []


def test_a_click_chooses_and_one_beside_clears(page: Page) -> None:
    ActionChains(page.browser).click(page.find("#table-public-person")).perform()
    assert page.names(".near") - {""} == {"person", "employee"}
    ActionChains(page.browser).move_to_element_with_offset(page.find("main"), -600, 330).click().perform()
    assert page.names(".near") == set()
    assert page.complaints == []


def test_keys_reach_a_table(page: Page) -> None:
    page.browser.execute_script("document.getElementById('table-public-seen').focus()")
    page.press(Keys.ENTER)
    assert page.names(".box.near") == {"seen", "event"}
    before = page.view
    page.press("+")
    assert page.view[0] > before[0]
    page.press("-", Keys.ARROW_RIGHT)
    assert page.view[1] > before[1]
    page.press("0")
    drawing, stage = page.find("main > svg").rect, page.find("main").rect
    assert drawing["width"] <= stage["width"]
    assert drawing["height"] <= stage["height"]
    assert page.complaints == []


def test_a_drag_moves_and_chooses_nothing(page: Page) -> None:
    before = page.view
    box = page.find("#table-public-person .body")
    ActionChains(page.browser).click_and_hold(box).move_by_offset(60, 40).release().perform()
    assert page.view[0] == before[0]
    assert page.view[1:] == pytest.approx([before[1] - 60 / before[0], before[2] - 40 / before[0]], abs=0.5)
    assert page.names(".near") == set()
    assert page.complaints == []


def test_the_theme_can_be_switched(page: Page) -> None:
    def colours() -> list[str]:
        return [
            page.find("body").value_of_css_property("background-color"),
            page.find(".paper").value_of_css_property("fill"),
        ]

    light = colours()
    assert page.find("#theme").text == "Dark"
    page.find("#theme").click()
    dark = colours()
    assert (light[0] != dark[0], light[1] != dark[1], page.find("#theme").text) == (True, True, "Light")
    page.find("#theme").click()
    assert colours() == light
    assert page.complaints == []


def test_dark_where_the_system_is(page: Page) -> None:
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    try:
        assert page.find(".paper").value_of_css_property("fill") == "rgb(13, 17, 23)"
        assert page.open().find("#theme").text == "Light"
    finally:
        page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert page.complaints == []


def test_a_link_to_a_table(page: Page) -> None:
    page.open("#table-sales-line")
    assert page.names(".box.chosen") == {"sales.line"}
    assert page.complaints == []


def test_far_away_only_names_are_shown(page: Page) -> None:
    assert page.find(".row text").is_displayed()
    for _ in range(6):
        page.find("#out").click()
    assert not page.find(".row text").is_displayed()
    assert page.find(".far-name").is_displayed()
    assert page.complaints == []


def test_no_name_runs_as_a_script(browser: webdriver.Chrome, hostile: Diagram, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(html(hostile), encoding="utf-8")
    browser.get_log("browser")
    page = Page(browser, path).open()
    page.press("/")
    page.press("script")
    assert page.find("#found li").text
    page.press(Keys.ENTER)
    assert len(page.browser.find_elements(By.TAG_NAME, "script")) == 1
    assert len(page.browser.find_elements(By.CSS_SELECTOR, ".box")) == len(hostile.boxes)
    assert page.complaints == []
