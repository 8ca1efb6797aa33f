import { hardest, isNew, type Route } from "@climbing/routes";
import { useEffect, useState } from "react";
import { readSettings } from "./settings";

export function Wall({ hall }: { hall: string }) {
  const [routes, setRoutes] = useState<Route[]>([]);
  const [now, setNow] = useState(Date.now());

  useEffect(() => {
    fetch(`/halls/${hall}/routes`)
      .then((answer) => answer.json())
      .then(setRoutes);
  }, []);

  useEffect(() => {
    setInterval(() => setNow(Date.now()), 1000);
  }, []);

  const fresh = routes.filter((route) => isNew(route, now));
  const best = routes.length > 0 ? hardest(routes) : undefined;
  return (
    <main className={readSettings().theme}>
      <h1>{best?.name ?? "No routes"}</h1>
      <ul>
        {fresh.map((route, at) => (
          <li key={at}>{route.name}</li>
        ))}
      </ul>
    </main>
  );
}
