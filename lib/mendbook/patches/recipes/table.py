"""The recipes, in the order they are tried: narrow triggers first."""

from __future__ import annotations

from mendbook.patches.recipe import Recipe
from mendbook.patches.recipes import (
    barrel_add,
    batch_emit,
    cap_list,
    close_open_only,
    config_key,
    delete_unreferenced,
    drop_unread_property,
    explicit_fields,
    guard_json_parse,
    guard_membership,
    guard_ownership,
    hoist_constant,
    membership_set,
    placeholder_secret,
    random_uuid,
    rate_limit,
    remove_debug_listener,
    unexport,
    use_constant,
)

RECIPES: tuple[Recipe, ...] = (
    placeholder_secret.RECIPE,
    guard_json_parse.RECIPE,
    rate_limit.RECIPE,
    guard_membership.RECIPE,
    guard_ownership.RECIPE,
    cap_list.RECIPE,
    config_key.RECIPE,
    batch_emit.RECIPE,
    membership_set.RECIPE,
    explicit_fields.RECIPE,
    use_constant.RECIPE,
    random_uuid.RECIPE,
    close_open_only.RECIPE,
    remove_debug_listener.RECIPE,
    drop_unread_property.RECIPE,
    barrel_add.RECIPE,
    unexport.RECIPE,
    hoist_constant.RECIPE,
    delete_unreferenced.RECIPE,
)
