import type { Redis } from 'ioredis';
import { describe, expect, it, vi } from 'vitest';
import type { Logger } from '../../infrastructure/logger.js';
import { GiftBuffer, type SentGift } from './gift.buffer.js';

const logger = { debug: vi.fn() } as unknown as Logger;

function gift(senderId: string, coins: number, roomId = 'room_1'): SentGift {
  const at = '2026-01-01T00:00:00.000Z';
  return { roomId, giftId: 'rose', senderId, receiverId: 'u9', quantity: 1, coins, at };
}

describe('GiftBuffer', () => {
  it('writes what is pending in one command and then is empty', async () => {
    const rpush = vi.fn().mockResolvedValue(2);
    const buffer = new GiftBuffer({ rpush } as unknown as Redis, 500, logger);
    buffer.add(gift('ada', 5));
    buffer.add(gift('grace', 10));
    await buffer.flush();
    expect(rpush).toHaveBeenCalledTimes(1);
    expect(rpush.mock.calls[0]).toHaveLength(3);
    expect(buffer.size).toBe(0);
  });

  it('does not write when nothing is pending', async () => {
    const rpush = vi.fn();
    await new GiftBuffer({ rpush } as unknown as Redis, 500, logger).flush();
    expect(rpush).not.toHaveBeenCalled();
  });

  it('ranks the senders of one room by coins', () => {
    const buffer = new GiftBuffer({} as Redis, 500, logger);
    buffer.add(gift('ada', 5));
    buffer.add(gift('grace', 20));
    buffer.add(gift('ada', 50));
    buffer.add(gift('linus', 999, 'room_2'));
    expect(buffer.leaderboard('room_1')).toEqual([
      { userId: 'ada', coins: 55 },
      { userId: 'grace', coins: 20 },
    ]);
  });
});
