import { expect, it } from "vitest";
import { isHard } from "../src";

it("calls a 7a hard", () => {
  expect(isHard({ id: "1", name: "Overhang", grade: "7a+", setAt: 0 })).toBe(true);
});
