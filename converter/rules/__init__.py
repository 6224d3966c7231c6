"""The tables: what differs between sites, years and editors, as rows of data."""
