import type { Config } from './config/index.js';
import type { ChatHistory } from './domains/chat/index.js';
import type { GiftBuffer } from './domains/gift/index.js';
import type { MediaRooms } from './domains/media/index.js';
import type { RoomRepository } from './domains/room/index.js';
import type { SeatRepository } from './domains/seat/seat.repository.js';
import type { Logger } from './infrastructure/logger.js';
import type { EventBus } from './shared/event.bus.js';
import type { AppServer } from './socket/types.js';
import type { RateLimiter } from './utils/rateLimiter.js';

/** What every handler is given. */
export interface AppContext {
  config: Config;
  logger: Logger;
  io: AppServer;
  bus: EventBus;
  chatLimiter: RateLimiter;
  rooms: RoomRepository;
  seats: SeatRepository;
  media: MediaRooms;
  gifts: GiftBuffer;
  chat: ChatHistory;
}
