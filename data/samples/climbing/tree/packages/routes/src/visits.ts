import type { Route } from "./grade";

export interface Visit {
  route: string;
  climber: string;
}

export async function routesOf(
  visits: Visit[],
  load: (id: string) => Promise<Route>,
): Promise<Route[]> {
  const found: Route[] = [];
  for (const visit of visits) {
    found.push(await load(visit.route));
  }
  return found;
}

export function parseVisits(text: string): Visit[] {
  return JSON.parse(text) as Visit[];
}
