import type { types } from 'mediasoup';

export interface SpeakerLevel {
  producerId: string;
  volume: number;
}

/** Tells who speaks, from mediasoup's audio levels. */
export class SpeakerDetector {
  private constructor(private readonly observer: types.AudioLevelObserver) {}

  static async attach(
    router: types.Router,
    onSpeakers: (speakers: SpeakerLevel[]) => void,
  ): Promise<SpeakerDetector> {
    const observer = await router.createAudioLevelObserver({
      maxEntries: 3,
      threshold: -60,
      interval: 800,
    });
    observer.on('volumes', (volumes) => {
      onSpeakers(volumes.map(({ producer, volume }) => ({ producerId: producer.id, volume })));
    });
    observer.on('silence', () => onSpeakers([]));
    return new SpeakerDetector(observer);
  }

  async watch(producerId: string): Promise<void> {
    await this.observer.addProducer({ producerId });
  }

  close(): void {
    this.observer.close();
  }
}
