export interface Settings {
  theme: string;
}

export function readSettings(): Settings {
  return JSON.parse(localStorage.getItem("settings") ?? "{}");
}

export function clearSettings(): void {
  localStorage.removeItem("settings");
}
