import type { types } from 'mediasoup';
import type { WorkerManager } from '../../infrastructure/worker.manager.js';
import { RoomMedia } from './room.media.js';
import { SpeakerDetector, type SpeakerLevel } from './speaker.detector.js';

export type OnSpeakers = (roomId: string, speakers: SpeakerLevel[]) => void;

/** The media of every room on this process, opened when first asked for. */
export class MediaRooms {
  private readonly rooms = new Map<string, RoomMedia>();

  constructor(
    private readonly workers: WorkerManager,
    private readonly options: types.WebRtcTransportOptions,
    private readonly onSpeakers: OnSpeakers,
  ) {}

  get(roomId: string): RoomMedia | undefined {
    return this.rooms.get(roomId);
  }

  async open(roomId: string): Promise<RoomMedia> {
    const existing = this.rooms.get(roomId);
    if (existing) {
      return existing;
    }
    const router = await this.workers.createRouter();
    const detector = await SpeakerDetector.attach(router, (speakers) => {
      this.rooms.get(roomId)?.noteSpeaker(speakers[0]?.producerId);
      this.onSpeakers(roomId, speakers);
    });
    const media = new RoomMedia(router, detector, this.options);
    this.rooms.set(roomId, media);
    return media;
  }

  close(roomId: string): void {
    this.rooms.get(roomId)?.close();
    this.rooms.delete(roomId);
  }

  closeAll(): void {
    for (const roomId of [...this.rooms.keys()]) {
      this.close(roomId);
    }
  }
}
