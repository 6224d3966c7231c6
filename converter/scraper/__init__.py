"""The scraper: the article's element out of a page, and what the page knows of itself."""

from converter.scraper.page import Page, scrape

__all__ = ["Page", "scrape"]
