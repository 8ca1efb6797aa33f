/** Sliding-window limiter: at most `limit` calls for a key within `windowMs`. */
export class RateLimiter {
  private readonly calls = new Map<string, number[]>();

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  allow(key: string): boolean {
    const now = this.now();
    const recent = (this.calls.get(key) ?? []).filter((at) => now - at < this.windowMs);
    if (recent.length >= this.limit) {
      this.calls.set(key, recent);
      return false;
    }
    recent.push(now);
    this.calls.set(key, recent);
    return true;
  }

  /** Forgets keys that have been silent for a whole window. */
  prune(): void {
    const now = this.now();
    for (const [key, calls] of this.calls) {
      if (calls.every((at) => now - at >= this.windowMs)) {
        this.calls.delete(key);
      }
    }
  }
}
