import { createAdapter } from '@socket.io/redis-adapter';
import Fastify, { type FastifyInstance } from 'fastify';
import { Server } from 'socket.io';
import type { Config } from '../config/index.js';
import type { AppServer } from '../socket/types.js';
import { registerHealthRoutes } from './health.js';
import type { RedisClients } from './redis.js';
import type { WorkerManager } from './worker.manager.js';

export interface HttpServer {
  app: FastifyInstance;
  io: AppServer;
}

export function createServer(
  config: Config,
  redis: RedisClients,
  workers: WorkerManager,
): HttpServer {
  const app = Fastify({ logger: false, trustProxy: true });
  registerHealthRoutes(app, redis.commands, workers);

  const io: AppServer = new Server(app.server, {
    adapter: createAdapter(redis.publisher, redis.subscriber),
    cors: { origin: config.CORS_ORIGINS, credentials: true },
    transports: ['websocket', 'polling'],
    pingInterval: 25_000,
    pingTimeout: 20_000,
  });
  return { app, io };
}
