"""Many documents at once: planned, converted in parallel, put in place whole, remembered, reported."""

from converter.batch.api import convert_file, convert_folder
from converter.batch.runner import run
from converter.batch.values import BatchError, Job, Mode, Outcome, Result, Row

__all__ = ["BatchError", "Job", "Mode", "Outcome", "Result", "Row", "convert_file", "convert_folder", "run"]
