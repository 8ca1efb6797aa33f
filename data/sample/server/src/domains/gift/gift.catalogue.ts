export interface Gift {
  id: string;
  name: string;
  coins: number;
}

export const GIFTS: readonly Gift[] = [
  { id: 'clap', name: 'Clap', coins: 1 },
  { id: 'rose', name: 'Rose', coins: 5 },
  { id: 'coffee', name: 'Coffee', coins: 10 },
  { id: 'balloon', name: 'Balloon', coins: 20 },
  { id: 'guitar', name: 'Guitar', coins: 50 },
  { id: 'drumroll', name: 'Drum roll', coins: 75 },
  { id: 'spotlight', name: 'Spotlight', coins: 100 },
  { id: 'fireworks', name: 'Fireworks', coins: 250 },
  { id: 'grand-piano', name: 'Grand piano', coins: 500 },
  { id: 'concert-hall', name: 'Concert hall', coins: 1000 },
];

export const GIFT_TIERS = { small: 10, medium: 100, large: 1000 } as const;

export function findGift(giftId: string): Gift | undefined {
  return GIFTS.find((gift) => gift.id === giftId);
}
