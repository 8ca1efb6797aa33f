import type { types } from 'mediasoup';
import {
  consumersCreated,
  producersCreated,
  transportsCreated,
} from '../../infrastructure/metrics.js';
import type { SpeakerDetector } from './speaker.detector.js';

/** The media of one room: a router, and what each socket sends and receives through it. */
export class RoomMedia {
  private readonly transports = new Map<string, types.WebRtcTransport>();
  private readonly producers = new Map<string, types.Producer>();
  private readonly consumers: types.Consumer[] = [];
  lastSpeakerId: string | undefined;

  constructor(
    readonly router: types.Router,
    private readonly detector: SpeakerDetector,
    private readonly options: types.WebRtcTransportOptions,
  ) {}

  async createTransport(socketId: string, direction: string): Promise<types.WebRtcTransport> {
    const transport = await this.router.createWebRtcTransport({
      ...this.options,
      appData: { socketId, direction },
    });
    this.transports.set(transport.id, transport);
    transportsCreated.inc({ type: 'webrtc' });
    transport.on('dtlsstatechange', (state) => {
      if (state === 'closed' || state === 'failed') {
        this.closeTransport(transport.id);
      }
    });
    return transport;
  }

  transport(transportId: string): types.WebRtcTransport | undefined {
    return this.transports.get(transportId);
  }

  async produce(
    transport: types.WebRtcTransport,
    rtpParameters: types.RtpParameters,
  ): Promise<types.Producer> {
    const producer = await transport.produce({ kind: 'audio', rtpParameters });
    this.producers.set(producer.id, producer);
    producersCreated.inc({ kind: producer.kind });
    producer.observer.once('close', () => this.producers.delete(producer.id));
    await this.detector.watch(producer.id);
    return producer;
  }

  async consume(
    transport: types.WebRtcTransport,
    producerId: string,
    rtpCapabilities: types.RtpCapabilities,
  ): Promise<types.Consumer> {
    const consumer = await transport.consume({ producerId, rtpCapabilities, paused: true });
    this.consumers.push(consumer);
    consumersCreated.inc({ kind: consumer.kind });
    return consumer;
  }

  consumer(consumerId: string): types.Consumer | undefined {
    return this.consumers.find((consumer) => consumer.id === consumerId);
  }

  producerIds(): string[] {
    return [...this.producers.keys()];
  }

  producersOf(socketId: string): types.Producer[] {
    return [...this.producers.values()].filter((producer) => {
      return producer.appData.socketId === socketId;
    });
  }

  noteSpeaker(producerId: string | undefined): void {
    this.lastSpeakerId = producerId;
  }

  closeTransport(transportId: string): void {
    const transport = this.transports.get(transportId);
    this.transports.delete(transportId);
    transport?.close();
  }

  /** Closes what a socket sends, and leaves it listening. */
  closeProducers(socketId: string): void {
    for (const producer of this.producersOf(socketId)) {
      producer.close();
    }
  }

  removeSocket(socketId: string): void {
    for (const transport of this.transports.values()) {
      if (transport.appData.socketId === socketId) {
        this.closeTransport(transport.id);
      }
    }
  }

  close(): void {
    this.detector.close();
    for (const transport of this.transports.values()) {
      transport.close();
    }
    this.router.close();
  }
}
