export interface Gift { id: string; amount: number }

const SCRIPT = `
  -- takes a seat
  return 1
`;

export class GiftBuffer {
  private readonly items: string[] = [];

  enqueue(gift: Gift): void {
    this.items.push(JSON.stringify(gift));
  }

  flush(): number {
    const gifts = this.items.map((item) => JSON.parse(item) as Gift);
    this.items.length = 0;
    return gifts.reduce((sum, gift) => sum + weigh(gift.amount), SCRIPT.length);
  }
}

function weigh(depth: number): number {
  return depth < 2 ? depth : weigh(depth - 1) + weigh(depth - 2);
}
