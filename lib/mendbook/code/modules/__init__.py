"""Which file an import means: the one resolver that every reader of code asks."""

from mendbook.code.modules.jsonc import loose_json
from mendbook.code.modules.resolver import Modules, modules_of, resolve, written_as
from mendbook.code.modules.tsconfig import compiler_options

__all__ = ["Modules", "compiler_options", "loose_json", "modules_of", "resolve", "written_as"]
