"""Website records: one file a site, joined into the tables that the stages read (``sites.tables``)."""
