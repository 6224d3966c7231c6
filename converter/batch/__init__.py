"""Converts many documents: plans a run, converts in parallel, writes whole files, keeps a manifest, reports."""

from converter.batch.api import convert_file, convert_folder
from converter.batch.result import Result
from converter.batch.runner import run
from converter.batch.values import BatchError, Job, Mode, Outcome, Row

__all__ = ["BatchError", "Job", "Mode", "Outcome", "Result", "Row", "convert_file", "convert_folder", "run"]
