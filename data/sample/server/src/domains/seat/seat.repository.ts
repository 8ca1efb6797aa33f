import type { Redis } from 'ioredis';

export interface Seat {
  index: number;
  userId: string;
  muted: boolean;
}

export type TakeResult = 'taken' | 'occupied' | 'locked';

const seatsKey = (roomId: string): string => `room:${roomId}:seats`;
const lockedKey = (roomId: string): string => `room:${roomId}:locked`;

/** Who sits where, in Redis; a seat is taken by one script so that two users never share it. */
export class SeatRepository {
  constructor(private readonly redis: Redis) {}

  async take(roomId: string, seat: number, userId: string): Promise<TakeResult> {
    const script = `
      if redis.call('SISMEMBER', KEYS[2], ARGV[1]) == 1 then return 'locked' end
      if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 'occupied' end
      redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
      return 'taken'
    `;
    const value = JSON.stringify({ userId, muted: false });
    const result = await this.redis.eval(
      script,
      2,
      seatsKey(roomId),
      lockedKey(roomId),
      String(seat),
      value,
    );
    return result as TakeResult;
  }

  async list(roomId: string): Promise<Seat[]> {
    const entries = await this.redis.hgetall(seatsKey(roomId));
    return Object.entries(entries).map(([index, raw]) => ({
      index: Number(index),
      ...(JSON.parse(raw) as Omit<Seat, 'index'>),
    }));
  }

  async seatOf(roomId: string, userId: string): Promise<Seat | undefined> {
    const seats = await this.list(roomId);
    return seats.find((seat) => seat.userId === userId);
  }

  async leave(roomId: string, userId: string): Promise<void> {
    const seat = await this.seatOf(roomId, userId);
    if (seat) {
      await this.redis.hdel(seatsKey(roomId), String(seat.index));
    }
  }

  async setMuted(roomId: string, index: number, muted: boolean): Promise<void> {
    const raw = await this.redis.hget(seatsKey(roomId), String(index));
    if (!raw) {
      return;
    }
    const seat = JSON.parse(raw) as Omit<Seat, 'index'>;
    const value = JSON.stringify({ ...seat, muted });
    await this.redis.hset(seatsKey(roomId), String(index), value);
  }

  async setLocked(roomId: string, index: number, locked: boolean): Promise<void> {
    if (locked) {
      await this.redis.sadd(lockedKey(roomId), String(index));
    } else {
      await this.redis.srem(lockedKey(roomId), String(index));
    }
  }

  async clear(roomId: string): Promise<void> {
    await this.redis.del(seatsKey(roomId));
    await this.redis.del(lockedKey(roomId));
  }
}
