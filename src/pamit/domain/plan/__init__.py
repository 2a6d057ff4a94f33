"""The plan of a case: what to do, by when, through which channel, and why."""

from pamit.domain.plan.planner import make_plan
from pamit.domain.plan.values import Plan, PlanWarning, Step

__all__ = ["Plan", "PlanWarning", "Step", "make_plan"]
