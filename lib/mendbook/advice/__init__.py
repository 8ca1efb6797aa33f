"""What the platform needs: one advisor a file, each reading the target's code."""

from mendbook.advice.advise import ADVISORS, advise
from mendbook.advice.advisor import Advisor, Survey

__all__ = ["ADVISORS", "Advisor", "Survey", "advise"]
