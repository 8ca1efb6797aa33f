"""Where a patch comes from: curated, tools' fixes, recipes; the first answer is taken."""

from mendbook.fixes.propose import propose
from mendbook.fixes.task import Source, Task

__all__ = ["Source", "Task", "propose"]
