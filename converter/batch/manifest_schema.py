"""The tables of the manifest, and of the plan that lives beside it for one run."""

from __future__ import annotations

VERSION = 2
"""Version of the format.  Files of version 1 are read: they lack tables only."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    output TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    root TEXT NOT NULL,
    source_stamp TEXT NOT NULL,
    source_hash BLOB NOT NULL,
    options TEXT NOT NULL,
    output_stamp TEXT NOT NULL,
    output_hash BLOB NOT NULL,
    previous_hash BLOB NOT NULL,
    outcome TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (options TEXT PRIMARY KEY, settings TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS local_addresses (post TEXT PRIMARY KEY, addresses TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS incomplete (post TEXT PRIMARY KEY, rules TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS scores (post TEXT PRIMARY KEY, score TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (post TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (post, file)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_file ON files (file);
"""
OF_POSTS = ("files", "local_addresses", "incomplete", "scores")
"""Tables of what is kept of posts beside their entries."""
PLAN = """
DROP TABLE IF EXISTS temp.found;
DROP TABLE IF EXISTS temp.plan;
DROP TABLE IF EXISTS temp.planned_posts;
DROP TABLE IF EXISTS temp.named;
CREATE TEMP TABLE found (
    root INTEGER, member INTEGER, name BLOB, output TEXT, key TEXT, error TEXT, identity BLOB
);
CREATE TEMP TABLE plan (
    number INTEGER PRIMARY KEY, root INTEGER, member INTEGER, name BLOB, output TEXT, key TEXT, error TEXT,
    identity BLOB, taken TEXT
);
"""
COLUMNS = "source, root, source_stamp, source_hash, options, output_stamp, output_hash, previous_hash, outcome"
