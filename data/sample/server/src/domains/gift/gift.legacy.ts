import type { SentGift } from './gift.buffer.js';

export interface LegacyGift {
  gift: string;
  from: string;
  to: string;
  count: number;
}

/** The shape that apps before 1.2 listen for. */
export function toLegacyGift(sent: SentGift): LegacyGift {
  return {
    gift: sent.giftId,
    from: sent.senderId,
    to: sent.receiverId,
    count: sent.quantity,
  };
}
