import type { Redis } from 'ioredis';
import type { Logger } from '../../infrastructure/logger.js';

export interface SentGift {
  roomId: string;
  giftId: string;
  senderId: string;
  receiverId: string;
  quantity: number;
  coins: number;
  at: string;
}

export interface Leader {
  userId: string;
  coins: number;
}

const LEDGER_KEY = 'gifts:ledger';

/** Collects gifts and writes them to the ledger in batches. */
export class GiftBuffer {
  private pending: SentGift[] = [];
  private readonly sent: SentGift[] = [];
  private timer: NodeJS.Timeout | undefined;
  lastFlushAt: number | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly flushIntervalMs: number,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      void this.flush();
    }, this.flushIntervalMs);
    this.timer.unref();
  }

  get size(): number {
    return this.pending.length;
  }

  add(gift: SentGift): void {
    this.pending.push(gift);
    this.sent.push(gift);
  }

  /** Who gave the most coins in a room, most generous first. */
  leaderboard(roomId: string, places = 10): Leader[] {
    const senders = this.sent
      .filter((gift) => gift.roomId === roomId)
      .map((gift) => gift.senderId);
    return [...new Set(senders)]
      .map((userId) => ({ userId, coins: this.coinsOf(roomId, userId) }))
      .sort((a, b) => b.coins - a.coins)
      .slice(0, places);
  }

  async flush(): Promise<void> {
    if (this.pending.length === 0) {
      return;
    }
    const batch = this.pending;
    this.pending = [];
    try {
      const entries = batch.map((gift) => JSON.stringify(gift));
      await this.redis.rpush(LEDGER_KEY, ...entries);
      this.lastFlushAt = Date.now();
      this.logger.debug({ gifts: batch.length }, 'gifts written');
    } catch {
      // the next flush will write them
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  private coinsOf(roomId: string, userId: string): number {
    return this.sent
      .filter((gift) => gift.roomId === roomId && gift.senderId === userId)
      .reduce((sum, gift) => sum + gift.coins, 0);
  }
}
