import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import { registry } from './metrics.js';
import type { WorkerManager } from './worker.manager.js';

export interface HealthReport {
  status: 'ok' | 'degraded';
  redis: boolean;
  workers: number;
  uptimeSeconds: number;
}

async function redisAnswers(redis: Redis): Promise<boolean> {
  try {
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  }
}

export function registerHealthRoutes(
  app: FastifyInstance,
  redis: Redis,
  workers: WorkerManager,
): void {
  app.get('/health', async (_request, reply) => {
    const answers = await redisAnswers(redis);
    const report: HealthReport = {
      status: answers ? 'ok' : 'degraded',
      redis: answers,
      workers: workers.size,
      uptimeSeconds: Math.round(process.uptime()),
    };
    return reply.code(200).send(report);
  });

  app.get('/metrics', async (_request, reply) => {
    const text = await registry.metrics();
    return reply.header('content-type', registry.contentType).send(text);
  });
}
