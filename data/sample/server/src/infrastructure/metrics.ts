import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export const registry = new Registry();

collectDefaultMetrics({ register: registry });

export const socketConnections = new Counter({
  name: 'socket_connections_total',
  help: 'Sockets accepted since the process started',
  labelNames: ['namespace'],
  registers: [registry],
});

export const roomsActive = new Gauge({
  name: 'rooms_active',
  help: 'Rooms that have at least one member on this process',
  registers: [registry],
});

export const workersActive = new Gauge({
  name: 'mediasoup_workers_active',
  help: 'mediasoup workers that are alive',
  registers: [registry],
});

export const routersActive = new Gauge({
  name: 'mediasoup_routers_active',
  help: 'mediasoup routers that are open',
  registers: [registry],
});

export const transportsCreated = new Counter({
  name: 'transport_created_total',
  help: 'WebRTC transports created',
  labelNames: ['type'],
  registers: [registry],
});

export const producersCreated = new Counter({
  name: 'producer_created_total',
  help: 'Producers created',
  labelNames: ['kind'],
  registers: [registry],
});

export const consumersCreated = new Counter({
  name: 'consumer_created_total',
  help: 'Consumers created',
  labelNames: ['kind'],
  registers: [registry],
});

export const chatMessages = new Counter({
  name: 'chat_messages_total',
  help: 'Chat messages delivered',
  labelNames: ['room_id'],
  registers: [registry],
});

export const eventDuration = new Histogram({
  name: 'event_processing_duration_ms',
  help: 'Time a socket event took to handle, in milliseconds',
  labelNames: ['event_type'],
  buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000],
  registers: [registry],
});

/** Clears every collector, for a process that is reused. */
export function resetMetrics(): void {
  registry.resetMetrics();
}
