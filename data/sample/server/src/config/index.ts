import { cpus } from 'node:os';
import { z } from 'zod';

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');

const configSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3030),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  CORS_ORIGINS: z
    .string()
    .default('http://localhost:5173')
    .transform((value) => value.split(',').map((origin) => origin.trim())),
  AUTH_SECRET: z.string().min(16, 'AUTH_SECRET needs at least 16 characters'),

  REDIS_HOST: z.string().default('127.0.0.1'),
  REDIS_PORT: z.coerce.number().int().min(1).max(65535).default(6379),
  REDIS_PASSWORD: z.string().default(''),
  REDIS_TLS: flag,
  REDIS_DB: z.coerce.number().int().min(0).default(0),

  MEDIASOUP_WORKERS: z.coerce.number().int().min(0).default(cpus().length),
  MEDIASOUP_ROUTERS_PER_WORKER: z.coerce.number().int().min(1).default(100),
  MEDIASOUP_LISTEN_IP: z.string().default('0.0.0.0'),
  MEDIASOUP_ANNOUNCED_IP: z.string().default(''),
  RTC_MIN_PORT: z.coerce.number().int().min(1024).max(65535).default(40000),
  RTC_MAX_PORT: z.coerce.number().int().min(1024).max(65535).default(40999),

  ROOM_MAX_SEATS: z.coerce.number().int().min(1).max(32).default(8),
  ROOM_IDLE_TTL_SECONDS: z.coerce.number().int().min(60).default(3600),
  GIFT_FLUSH_INTERVAL_MS: z.coerce.number().int().min(50).default(500),
});

export type Config = z.infer<typeof configSchema>;

/** Reads the configuration from `env`; throws one error that lists every bad variable. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = configSchema.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `  ${path.join('.')}: ${message}`,
    );
    throw new Error(`Invalid configuration\n${problems.join('\n')}`);
  }
  return parsed.data;
}
