import { GiftBuffer } from "./buffer.js";

const buffer = new GiftBuffer();

export function handle(round: number): number {
  for (let index = 0; index < 500; index += 1) {
    buffer.enqueue({ id: `${round}-${index}`, amount: index % 17 });
  }
  return buffer.flush();
}

let total = 0;
for (let round = 0; round < 60; round += 1) total += handle(round);
console.log(total);
