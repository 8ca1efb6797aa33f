import type { Redis } from 'ioredis';

export interface ChatMessage {
  id: string;
  userId: string;
  name: string;
  text: string;
  at: string;
}

const historyKey = (roomId: string): string => `room:${roomId}:chat`;

/** The messages of a room, in Redis, oldest first. */
export class ChatHistory {
  constructor(private readonly redis: Redis) {}

  async append(roomId: string, message: ChatMessage): Promise<void> {
    await this.redis.rpush(historyKey(roomId), JSON.stringify(message));
  }

  async recent(roomId: string): Promise<ChatMessage[]> {
    const raw = await this.redis.lrange(historyKey(roomId), -50, -1);
    return raw.map((entry) => JSON.parse(entry) as ChatMessage);
  }
}
