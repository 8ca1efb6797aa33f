import { describe, expect, it } from 'vitest';
import { loadConfig } from './index.js';

const secret = 'a-secret-for-the-tests';

describe('loadConfig', () => {
  it('fills in defaults and reads numbers and flags from strings', () => {
    const config = loadConfig({ AUTH_SECRET: secret, REDIS_TLS: 'true', PORT: '4040' });
    expect(config.PORT).toBe(4040);
    expect(config.REDIS_TLS).toBe(true);
    expect(config.ROOM_MAX_SEATS).toBe(8);
  });

  it('splits the allowed origins', () => {
    const origins = 'https://a.test, https://b.test';
    const config = loadConfig({ AUTH_SECRET: secret, CORS_ORIGINS: origins });
    expect(config.CORS_ORIGINS).toEqual(['https://a.test', 'https://b.test']);
  });

  it('names every variable that is wrong', () => {
    expect(() => loadConfig({ AUTH_SECRET: 'short', REDIS_PORT: 'none' })).toThrow(
      /AUTH_SECRET[\s\S]*REDIS_PORT/,
    );
  });
});
