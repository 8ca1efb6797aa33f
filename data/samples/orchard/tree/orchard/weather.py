"""Tonight's frost, from the weather service."""

from __future__ import annotations

import httpx

SERVICE = "https://weather.example/stations"


async def temperature(station: str) -> float:
    """Ask for the lowest temperature of one station."""
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{SERVICE}/{station}/tonight")
    return float(answer.json()["lowest"])


async def lowest(stations: list[str]) -> dict[str, float]:
    """Ask for all stations."""
    found: dict[str, float] = {}
    for station in stations:
        found[station] = await temperature(station)
    return found
