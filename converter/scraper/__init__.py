"""The scraper: it takes the article's element out of a page, and what the page says of itself."""

from converter.scraper.page import Page, scrape

__all__ = ["Page", "scrape"]
