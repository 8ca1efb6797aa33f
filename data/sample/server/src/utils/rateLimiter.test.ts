import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rateLimiter.js';

describe('RateLimiter', () => {
  it('refuses the call after the limit', () => {
    const limiter = new RateLimiter(2, 1000, () => 0);
    expect(limiter.allow('ada')).toBe(true);
    expect(limiter.allow('ada')).toBe(true);
    expect(limiter.allow('ada')).toBe(false);
  });

  it('allows again once the window has passed', () => {
    let now = 0;
    const limiter = new RateLimiter(1, 1000, () => now);
    limiter.allow('ada');
    now = 1000;
    expect(limiter.allow('ada')).toBe(true);
  });

  it('counts each key apart', () => {
    const limiter = new RateLimiter(1, 1000, () => 0);
    limiter.allow('ada');
    expect(limiter.allow('grace')).toBe(true);
  });
});
