import { Redis } from 'ioredis';
import type { Config } from '../config/index.js';
import type { Logger } from './logger.js';

/** The three connections a process holds: commands, and the adapter's publisher and subscriber. */
export interface RedisClients {
  commands: Redis;
  publisher: Redis;
  subscriber: Redis;
}

function connect(config: Config, name: string, logger: Logger): Redis {
  const client = new Redis({
    host: config.REDIS_HOST,
    port: config.REDIS_PORT,
    password: config.REDIS_PASSWORD || undefined,
    db: config.REDIS_DB,
    tls: config.REDIS_TLS ? {} : undefined,
    connectionName: `parlour-${name}`,
    lazyConnect: true,
    maxRetriesPerRequest: 3,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5000),
  });
  client.on('error', (error) => logger.error({ error, name }, 'redis error'));
  return client;
}

export async function connectRedis(config: Config, logger: Logger): Promise<RedisClients> {
  const commands = connect(config, 'commands', logger);
  const publisher = connect(config, 'publisher', logger);
  const subscriber = connect(config, 'subscriber', logger);

  await commands.connect();
  await publisher.connect();
  await subscriber.connect();

  return { commands, publisher, subscriber };
}

export async function disconnectRedis(clients: RedisClients): Promise<void> {
  await Promise.all([clients.commands.quit(), clients.publisher.quit(), clients.subscriber.quit()]);
}
