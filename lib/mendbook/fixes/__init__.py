"""Where a patch comes from: curated, tools' fixes, recipes; the first answer is taken."""

from mendbook.fixes.propose import Proposed, propose
from mendbook.fixes.task import Lookup, Source, Task

__all__ = ["Lookup", "Proposed", "Source", "Task", "propose"]
