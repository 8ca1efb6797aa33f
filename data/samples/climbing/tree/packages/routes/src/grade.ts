export interface Route {
  id: string;
  name: string;
  grade: string;
  setAt: number;
}

const HARD = ["7a", "7b", "7c", "8a", "8b", "8c", "9a"];

export function isHard(route: Route): boolean {
  return HARD.includes(route.grade.slice(0, 2));
}

export function isNew(route: Route, now: number): boolean {
  return now - route.setAt < 1209600000;
}

export function hardest(routes: Route[]): Route {
  return routes.sort((one, other) => other.grade.localeCompare(one.grade))[0];
}
