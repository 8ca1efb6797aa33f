import type { Redis } from 'ioredis';
import type { Room } from './room.types.js';

const infoKey = (roomId: string): string => `room:${roomId}:info`;
const membersKey = (roomId: string): string => `room:${roomId}:members`;

/** Rooms and their members, in Redis. */
export class RoomRepository {
  constructor(private readonly redis: Redis) {}

  async save(room: Room): Promise<void> {
    await this.redis.set(infoKey(room.id), JSON.stringify(room), 'EX', 86_400);
  }

  async find(roomId: string): Promise<Room | undefined> {
    const raw = await this.redis.get(infoKey(roomId));
    return raw ? (JSON.parse(raw) as Room) : undefined;
  }

  /** Every open room, for the lobby. */
  async list(): Promise<Room[]> {
    const keys = await this.redis.keys('room:*:info');
    const rooms: Room[] = [];
    for (const key of keys) {
      const raw = await this.redis.get(key);
      if (raw) {
        rooms.push(JSON.parse(raw) as Room);
      }
    }
    return rooms;
  }

  async addMember(roomId: string, userId: string): Promise<void> {
    await this.redis.sadd(membersKey(roomId), userId);
  }

  async removeMember(roomId: string, userId: string): Promise<void> {
    await this.redis.srem(membersKey(roomId), userId);
  }

  async countMembers(roomId: string): Promise<number> {
    return this.redis.scard(membersKey(roomId));
  }

  async isMember(roomId: string, userId: string): Promise<boolean> {
    return (await this.redis.sismember(membersKey(roomId), userId)) === 1;
  }

  async delete(roomId: string): Promise<void> {
    await this.redis.del(infoKey(roomId), membersKey(roomId));
  }
}
