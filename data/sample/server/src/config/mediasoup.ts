import type { types } from 'mediasoup';
import type { Config } from './index.js';

/** Opus only: rooms carry voice, never video. */
export const mediaCodecs: types.RtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
];

export function workerSettings(config: Config): types.WorkerSettings {
  return {
    logLevel: config.NODE_ENV === 'production' ? 'warn' : 'debug',
    rtcMinPort: config.RTC_MIN_PORT,
    rtcMaxPort: config.RTC_MAX_PORT,
  };
}

export function transportOptions(config: Config): types.WebRtcTransportOptions {
  return {
    listenInfos: [
      {
        protocol: 'udp',
        ip: config.MEDIASOUP_LISTEN_IP,
        announcedAddress: config.MEDIASOUP_ANNOUNCED_IP || undefined,
      },
    ],
    enableUdp: true,
    enableTcp: false,
    initialAvailableOutgoingBitrate: 128_000,
  };
}
