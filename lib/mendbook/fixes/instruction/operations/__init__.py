"""One file an operation: what a verb with its phrases does to the tree.

An operation returns what it makes of a clause, None where the clause does not speak of it, and
raises ``Abstain`` where it does but not clearly enough. ``OPERATIONS`` is the order in which they
are asked: those that need the most particular words come first.
"""

from __future__ import annotations

from collections.abc import Callable

from mendbook.fixes.instruction.operations.add_argument import add_argument, told_argument
from mendbook.fixes.instruction.operations.add_chain import add_chain
from mendbook.fixes.instruction.operations.add_element import add_element, join_gathered
from mendbook.fixes.instruction.operations.add_else import add_else
from mendbook.fixes.instruction.operations.add_export import add_export, add_import_line
from mendbook.fixes.instruction.operations.add_statement.add_statement import add_statement
from mendbook.fixes.instruction.operations.annotate import declare_type
from mendbook.fixes.instruction.operations.cap import cap_value
from mendbook.fixes.instruction.operations.caught import name_caught
from mendbook.fixes.instruction.operations.clean_up import finally_call
from mendbook.fixes.instruction.operations.constant import extract_constant
from mendbook.fixes.instruction.operations.constructed import called_not_constructed
from mendbook.fixes.instruction.operations.copied_first import sort_copy
from mendbook.fixes.instruction.operations.decorate import add_decorator, add_tag
from mendbook.fixes.instruction.operations.default_value import default_value
from mendbook.fixes.instruction.operations.element_attribute import use_as_attribute
from mendbook.fixes.instruction.operations.env_key import add_setting
from mendbook.fixes.instruction.operations.gathered_loop import gather_loop, gather_parallel
from mendbook.fixes.instruction.operations.in_string import swap_words
from mendbook.fixes.instruction.operations.java_catch import java_catch
from mendbook.fixes.instruction.operations.marks.awaits import add_await, drop_async
from mendbook.fixes.instruction.operations.marks.chaining import add_chaining
from mendbook.fixes.instruction.operations.marks.dropped import drop_mark
from mendbook.fixes.instruction.operations.marks.hidden import make_private
from mendbook.fixes.instruction.operations.marks.modifiers import add_modifier
from mendbook.fixes.instruction.operations.merge_imports import merge_imports
from mendbook.fixes.instruction.operations.message import change_message
from mendbook.fixes.instruction.operations.move import move_import, move_statement
from mendbook.fixes.instruction.operations.mutable_default import none_default
from mendbook.fixes.instruction.operations.only_if import only_if
from mendbook.fixes.instruction.operations.pairs.add_pair import add_pair
from mendbook.fixes.instruction.operations.pairs.returned import add_returned
from mendbook.fixes.instruction.operations.pairs.shorthand import set_shorthand
from mendbook.fixes.instruction.operations.parameter import remove_parameter
from mendbook.fixes.instruction.operations.printed import log_instead
from mendbook.fixes.instruction.operations.python_heads import add_parameter, mark_anew
from mendbook.fixes.instruction.operations.raised_from import raise_from
from mendbook.fixes.instruction.operations.remove.arguments import remove_argument
from mendbook.fixes.instruction.operations.remove.comments import remove_comment
from mendbook.fixes.instruction.operations.remove.declarations import remove_declaration
from mendbook.fixes.instruction.operations.remove.decorators import remove_decorator
from mendbook.fixes.instruction.operations.remove.defaults import remove_default
from mendbook.fixes.instruction.operations.remove.exports import remove_export
from mendbook.fixes.instruction.operations.remove.imports import remove_import
from mendbook.fixes.instruction.operations.remove.lines import remove_lines
from mendbook.fixes.instruction.operations.remove.offered import remove_offered
from mendbook.fixes.instruction.operations.remove.statements import remove_branch, remove_statement
from mendbook.fixes.instruction.operations.remove_part import (
    remove_annotation,
    remove_attribute,
    remove_element,
    remove_link,
    remove_told_line,
)
from mendbook.fixes.instruction.operations.rename import rename_symbol
from mendbook.fixes.instruction.operations.replace.become import become
from mendbook.fixes.instruction.operations.replace.replace_code import replace_code
from mendbook.fixes.instruction.operations.replace.setting import replace_setting
from mendbook.fixes.instruction.operations.shared_copy import share_instead, use_shared
from mendbook.fixes.instruction.operations.shown.framed import frame_quoted
from mendbook.fixes.instruction.operations.swap import swap_statements
from mendbook.fixes.instruction.operations.template_literal import template_literal
from mendbook.fixes.instruction.operations.try_resource import try_resource
from mendbook.fixes.instruction.operations.uncomment import uncomment
from mendbook.fixes.instruction.operations.unwrap import unwrap
from mendbook.fixes.instruction.operations.values.change_value import change_value
from mendbook.fixes.instruction.operations.values.levels import change_level
from mendbook.fixes.instruction.operations.values.operators import (
    change_comparison,
    change_operator,
)
from mendbook.fixes.instruction.operations.wrap import open_with, wrap_try
from mendbook.fixes.instruction.operations.wrap_value import wrap_value
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.work import StepEdits, Work

Step = Callable[[Work, Clause], StepEdits | None]

_REMOVE: tuple[Step, ...] = (
    remove_offered,
    use_shared,
    unwrap,
    remove_link,
    remove_annotation,
    remove_attribute,
    remove_element,
    remove_told_line,
    remove_lines,
    remove_comment,
    remove_default,
    drop_async,
    drop_mark,
    remove_export,
    remove_decorator,
    remove_import,
    remove_parameter,
    remove_argument,
    remove_branch,
    remove_statement,
    remove_declaration,
)
_ADD: tuple[Step, ...] = (
    add_parameter,
    mark_anew,
    change_message,
    add_else,
    raise_from,
    cap_value,
    add_chaining,
    add_tag,
    told_argument,
    add_decorator,
    add_setting,
    add_await,
    add_chain,
    finally_call,
    wrap_try,
    wrap_value,
    declare_type,
    add_argument,
    add_returned,
    add_pair,
    set_shorthand,
    extract_constant,
    add_modifier,
    add_import_line,
    add_export,
    move_statement,
    replace_code,
    add_element,
    add_statement,
)
_CHANGE: tuple[Step, ...] = (
    mark_anew,
    gather_loop,
    gather_parallel,
    template_literal,
    sort_copy,
    called_not_constructed,
    share_instead,
    frame_quoted,
    swap_statements,
    use_as_attribute,
    java_catch,
    try_resource,
    log_instead,
    add_chaining,
    change_message,
    merge_imports,
    swap_words,
    drop_mark,
    finally_call,
    wrap_try,
    open_with,
    none_default,
    change_level,
    change_comparison,
    change_operator,
    extract_constant,
    declare_type,
    add_returned,
    add_pair,
    set_shorthand,
    change_value,
    add_await,
    add_modifier,
    replace_code,
    add_statement,
)
OPERATIONS: dict[Verb, tuple[Step, ...]] = {
    Verb.REMOVE: _REMOVE,
    Verb.ADD: _ADD,
    Verb.SET: _CHANGE,
    Verb.REPLACE: (replace_setting, *_CHANGE),
    Verb.USE: _CHANGE,
    Verb.BECOME: (become, *_CHANGE),
    Verb.DEFAULT: (none_default, default_value),
    Verb.EXTRACT: (name_caught, move_import, change_level, extract_constant),
    Verb.MOVE: (move_import, finally_call, extract_constant, move_statement),
    Verb.CALL: (
        gather_loop,
        log_instead,
        drop_mark,
        finally_call,
        move_statement,
        replace_code,
        add_statement,
    ),
    Verb.AWAIT: (join_gathered, add_await),
    Verb.RETURN: (gather_loop, add_await, declare_type, replace_code, add_statement),
    Verb.THROW: (raise_from, replace_code, add_statement),
    Verb.WRAP: (only_if, frame_quoted, try_resource, wrap_value, finally_call, open_with, wrap_try),
    Verb.GUARD: (wrap_try, add_statement),
    Verb.CATCH: (java_catch, add_chain, wrap_try, replace_code),
    Verb.LOG: (log_instead, change_level, replace_code, add_statement),
    Verb.RENAME: (rename_symbol,),
    Verb.MARK: (make_private, mark_anew, add_tag, change_level, add_modifier, change_value),
    Verb.DECLARE: (
        name_caught,
        add_decorator,
        declare_type,
        extract_constant,
        add_modifier,
        add_pair,
    ),
    Verb.DOCUMENT: (add_tag,),
    Verb.UPDATE: (uncomment, swap_words),
    Verb.CODE: (
        gather_loop,
        frame_quoted,
        join_gathered,
        drop_mark,
        add_pair,
        change_comparison,
        change_operator,
        change_value,
        replace_code,
        add_statement,
    ),
}
