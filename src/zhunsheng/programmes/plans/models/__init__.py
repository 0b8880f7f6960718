"""The tables of plans: what was printed, what it asks of whom, and how far that has come."""

from zhunsheng.programmes.plans.models.edition import Edition, Goal, Name, Query, Source
from zhunsheng.programmes.plans.models.plan import Cycle, Plan
from zhunsheng.programmes.plans.models.report import Figure, Opinion, Report, ReportFigure
from zhunsheng.programmes.plans.models.task import Mention, Target, Task, WordedDue, WordedFrequency, Wording
from zhunsheng.programmes.plans.models.tracking import Assignment, Duty, Occurrence, Role

__all__ = [
    "Assignment",
    "Cycle",
    "Duty",
    "Edition",
    "Figure",
    "Goal",
    "Mention",
    "Name",
    "Occurrence",
    "Opinion",
    "Plan",
    "Query",
    "Report",
    "ReportFigure",
    "Role",
    "Source",
    "Target",
    "Task",
    "WordedDue",
    "WordedFrequency",
    "Wording",
]
