import { createWorker } from 'mediasoup';
import type { Config } from './config/index.js';
import { mediaCodecs, transportOptions, workerSettings } from './config/mediasoup.js';
import type { AppContext } from './context.js';
import { ChatHistory } from './domains/chat/index.js';
import { GiftBuffer } from './domains/gift/index.js';
import { MediaRooms } from './domains/media/index.js';
import { RoomRepository } from './domains/room/index.js';
import { SeatRepository } from './domains/seat/seat.repository.js';
import { createLogger, type Logger } from './infrastructure/logger.js';
import { connectRedis, disconnectRedis } from './infrastructure/redis.js';
import { createServer } from './infrastructure/server.js';
import { WorkerManager } from './infrastructure/worker.manager.js';
import { EventBus } from './shared/event.bus.js';
import { initialiseSocket } from './socket/index.js';
import { RateLimiter } from './utils/rateLimiter.js';

export interface RunningServer {
  address: string;
  logger: Logger;
  stop(): Promise<void>;
}

/** Connects, wires and starts everything; `stop` takes it down in the reverse order. */
export async function bootstrap(config: Config): Promise<RunningServer> {
  const logger = createLogger(config);
  const redis = await connectRedis(config, logger);

  const workers = new WorkerManager(
    {
      count: config.MEDIASOUP_WORKERS,
      routersPerWorker: config.MEDIASOUP_ROUTERS_PER_WORKER,
      settings: workerSettings(config),
      mediaCodecs,
    },
    createWorker,
    logger,
  );
  await workers.start();

  const { app, io } = createServer(config, redis, workers);
  const media = new MediaRooms(workers, transportOptions(config), (roomId, speakers) => {
    io.to(roomId).emit('room:speakers', speakers);
  });
  const gifts = new GiftBuffer(redis.commands, config.GIFT_FLUSH_INTERVAL_MS, logger);
  const context: AppContext = {
    config,
    logger,
    io,
    bus: new EventBus(),
    chatLimiter: new RateLimiter(10, 5000),
    rooms: new RoomRepository(redis.commands),
    seats: new SeatRepository(redis.commands),
    media,
    gifts,
    chat: new ChatHistory(redis.commands),
  };
  initialiseSocket(context);
  gifts.start();

  const address = await app.listen({ host: config.HOST, port: config.PORT });
  return {
    address,
    logger,
    async stop() {
      await io.close();
      await app.close();
      await gifts.close();
      media.closeAll();
      await workers.close();
      await disconnectRedis(redis);
    },
  };
}
