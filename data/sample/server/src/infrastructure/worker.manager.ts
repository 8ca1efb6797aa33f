import type { types } from 'mediasoup';
import type { Logger } from './logger.js';
import { routersActive, workersActive } from './metrics.js';

export type CreateWorker = (settings: types.WorkerSettings) => Promise<types.Worker>;

export interface WorkerManagerOptions {
  /** Workers to start; 0 runs the server for signalling only. */
  count: number;
  routersPerWorker: number;
  settings: types.WorkerSettings;
  mediaCodecs: types.RtpCodecCapability[];
}

interface WorkerSlot {
  index: number;
  worker: types.Worker;
  routers: number;
  cpuSeconds: number;
}

const RESTART_BACKOFF_MS = [1000, 2000, 4000];

/** Keeps a fixed number of mediasoup workers alive and spreads routers over them. */
export class WorkerManager {
  private slots: WorkerSlot[] = [];
  private restarts = new Map<number, number>();
  private cpuTimer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly options: WorkerManagerOptions,
    private readonly createWorker: CreateWorker,
    private readonly logger: Logger,
  ) {}

  get size(): number {
    return this.slots.length;
  }

  async start(): Promise<void> {
    for (let index = 0; index < this.options.count; index += 1) {
      await this.spawn(index);
    }
    this.cpuTimer = setInterval(() => {
      this.sampleCpu();
    }, 10_000);
    this.cpuTimer.unref();
  }

  /** Opens a router on the worker with the fewest; throws when every worker is full. */
  async createRouter(): Promise<types.Router> {
    const slot = this.leastLoaded();
    if (!slot) {
      throw new Error('No media worker is available');
    }
    if (slot.routers >= this.options.routersPerWorker) {
      throw new Error('Every media worker is full');
    }
    const router = await slot.worker.createRouter({ mediaCodecs: this.options.mediaCodecs });
    slot.routers += 1;
    routersActive.inc();
    router.observer.once('close', () => {
      slot.routers -= 1;
      routersActive.dec();
    });
    return router;
  }

  findWorkerByPid(pid: number): types.Worker | undefined {
    return this.slots.find((slot) => slot.worker.pid === pid)?.worker;
  }

  async close(): Promise<void> {
    this.stopping = true;
    clearInterval(this.cpuTimer);
    for (const slot of this.slots) {
      slot.worker.close();
    }
    this.slots = [];
    workersActive.set(0);
  }

  private leastLoaded(): WorkerSlot | undefined {
    return [...this.slots].sort((a, b) => a.routers - b.routers)[0];
  }

  private async spawn(index: number): Promise<void> {
    const worker = await this.createWorker(this.options.settings);
    this.slots.push({ index, worker, routers: 0, cpuSeconds: 0 });
    workersActive.set(this.slots.length);
    worker.once('died', (error) => {
      this.logger.error({ error, pid: worker.pid }, 'media worker died');
      this.slots = this.slots.filter((slot) => slot.worker !== worker);
      workersActive.set(this.slots.length);
      this.restart(index);
    });
  }

  private restart(index: number): void {
    if (this.stopping) {
      return;
    }
    const attempt = this.restarts.get(index) ?? 0;
    const delay = RESTART_BACKOFF_MS[attempt];
    if (delay === undefined) {
      this.logger.fatal({ index }, 'media worker gave up restarting');
      return;
    }
    this.restarts.set(index, attempt + 1);
    setTimeout(() => {
      void this.spawn(index).catch((error: unknown) => {
        this.logger.error({ error, index }, 'media worker did not restart');
        this.restart(index);
      });
    }, delay);
  }

  private async sampleCpu(): Promise<void> {
    for (const slot of this.slots) {
      const usage = await slot.worker.getResourceUsage();
      slot.cpuSeconds = (usage.ru_utime + usage.ru_stime) / 1000;
    }
  }
}
