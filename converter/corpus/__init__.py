"""Writes all documents of a run as rows of one table: JSON Lines or Parquet."""
