"""Reading a printed plan: text in; tasks, units, dates and targets out, each tied to its words."""

from .encode import as_json
from .model import Reading
from .reader import read_plan

__all__ = ["Reading", "as_json", "read_plan"]
