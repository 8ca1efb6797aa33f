"""Why an edit that was read from a fix text may not stand, held against the text and the code.

Each check says in one sentence what it found, or nothing. Against the text: ``refusals`` (what is
never done), ``premises`` (its conditions), ``unmeant`` (words that say something else), ``lacking``
and ``listed`` (what an edit leaves out), ``lost`` (what goes unspoken), ``aside``, ``astray`` and
``siblings`` (another place). Against the code: ``visible`` (names out of sight), ``senseless`` and
``misused`` (what nobody can mean), ``html_attributes`` (what an element does not have),
``too_early`` (used before it is there), ``left_standing`` (what should have gone)
and ``unused_names`` (what nothing reads).
"""
