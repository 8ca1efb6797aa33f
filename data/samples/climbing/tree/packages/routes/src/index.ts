export * from "./grade";
export * from "./visits";
