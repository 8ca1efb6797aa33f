import { EventEmitter } from 'node:events';

export interface BusEvents {
  'room:emptied': { roomId: string };
}

type Listener<K extends keyof BusEvents> = (event: BusEvents[K]) => void;

/** Typed events between domains. */
export class EventBus {
  private readonly emitter = new EventEmitter();

  on<K extends keyof BusEvents>(name: K, listener: Listener<K>): void {
    this.emitter.on(name, listener);
  }

  emit<K extends keyof BusEvents>(name: K, event: BusEvents[K]): void {
    this.emitter.emit(name, event);
  }

  listenerCount(name: keyof BusEvents): number {
    return this.emitter.listenerCount(name);
  }
}
