"""The routes of the API."""

from __future__ import annotations

from fastapi import FastAPI

from orchard import harvest, store, weather

app = FastAPI(title="Orchard")


@app.get("/trees/{row}")
def trees(row: str) -> list[str]:
    """List the trees of a row."""
    return store.trees_in(store.connect("orchard.db"), row)


@app.post("/harvest")
def record(crate: harvest.Crate) -> dict[str, float]:
    """Record a crate, and say what came in so far."""
    crates = harvest.add(crate)
    print("crate recorded", crate.tree, crate.kilos)
    return {"total": harvest.total_weight(crates)}


@app.get("/frost")
async def frost(stations: str) -> dict[str, float]:
    """Say tonight's lowest temperature at each station."""
    return await weather.lowest(stations.split(","))
