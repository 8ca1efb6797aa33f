"""An effect that waits for what it sets runs for ever; what holds it back lets it rest."""

from __future__ import annotations

import pytest

from mendbook.fixes.endless_effects import endless_effect

_HOOK = """export function useHerd(farm) {{
  const [herd, setHerd] = useState([]);
  useEffect(() => {{
    {body}
  }}, [{waits}]);
  return herd;
}}
"""


@pytest.mark.parametrize(
    ("body", "endless"),
    [
        ("setHerd([...herd, farm]);", True),
        ("load(farm).then((cows) => setHerd(cows));", True),
        ("setHerd((old) => old.concat(farm));", True),
        ("if (herd.length === 0) setHerd(cowsOf(farm));", False),
        ("if (herd.length) return; setHerd(cowsOf(farm));", False),
        ("herd.length || setHerd(cowsOf(farm));", False),
        ("setHerd(null);", False),
        ("bell.addEventListener('ring', () => setHerd([...herd, farm]));", False),
        ("count(herd);", False),
    ],
)
def test_an_effect_that_would_never_rest_is_told(body: str, endless: bool) -> None:
    """Only a new value, set whenever the effect runs, starts it again."""
    before, after = (_HOOK.format(body=body, waits=one) for one in ("farm", "farm, herd"))
    said = endless_effect("src/herd.js", before, after)
    assert said == (
        "the effect sets herd each time it runs: waiting for herd, it would never rest"
        if endless
        else ""
    )
    assert endless_effect("src/herd.js", after, after) == ""


_VIEW = """export function Herd({{ farm, load }}) {{
  const [cows, setCows] = useState([]);
  {made}
  useEffect(() => {{
    {body}
  }}, [{waits}]);
  return cows;
}}
"""


@pytest.mark.parametrize(
    ("made", "body", "endless"),
    [
        ("const filter = { farm };", "load(filter).then(setCows);", True),
        ("const filter = [farm];", "load(filter).then((all) => setCows(all));", True),
        ("const filter = () => farm;", "setCows(load(filter));", True),
        ("const filter = useMemo(() => ({ farm }), [farm]);", "load(filter).then(setCows);", False),
        ("const filter = farm.id;", "load(filter).then(setCows);", False),
        ("const filter = { farm };", "load(filter);", False),
        ("const filter = { farm };", "if (!cows.length) load(filter).then(setCows);", False),
    ],
)
def test_what_each_render_makes_anew_starts_it_again(made: str, body: str, endless: bool) -> None:
    """An object of the component is another one each time; one that is kept, or a value, is not."""
    before, after = (
        _VIEW.format(made=made, body=body, waits=one) for one in ("farm", "farm, filter")
    )
    said = endless_effect("src/Herd.jsx", before, after)
    assert said == (
        "filter is another one in each render, and the effect sets cows: "
        "waiting for filter, it would never rest"
        if endless
        else ""
    )
