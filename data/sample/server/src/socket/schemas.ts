import { z } from 'zod';

const roomId = z.string().min(1).max(64);
const seatIndex = z.number().int().min(0).max(31);

export const emptySchema = z.object({}).default({});

export const roomCreateSchema = z.object({
  title: z.string().trim().min(1).max(80),
  seats: z.number().int().min(1).max(32).optional(),
});

export const roomSchema = z.object({ roomId });

export const seatSchema = z.object({ roomId, seat: seatIndex });

export const seatLockSchema = seatSchema.extend({ locked: z.boolean() });

export const seatMuteSchema = seatSchema.extend({ muted: z.boolean() });

export const transportCreateSchema = z.object({
  roomId,
  direction: z.enum(['send', 'receive']),
});

export const transportConnectSchema = z.object({
  roomId,
  transportId: z.string().uuid(),
  dtlsParameters: z.object({
    role: z.enum(['auto', 'client', 'server']).optional(),
    fingerprints: z
      .array(
        z.object({
          algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
          value: z.string(),
        }),
      )
      .min(1),
  }),
});

export const audioProduceSchema = z.object({
  roomId,
  transportId: z.string().uuid(),
  rtpParameters: z.object({ codecs: z.array(z.unknown()).min(1) }).passthrough(),
});

export const audioConsumeSchema = z.object({
  roomId,
  transportId: z.string().uuid(),
  producerId: z.string().uuid(),
  rtpCapabilities: z.object({ codecs: z.array(z.unknown()).optional() }).passthrough(),
});

export const consumerResumeSchema = z.object({ roomId, consumerId: z.string().uuid() });

export const giftSendSchema = z.object({
  roomId,
  giftId: z.string().min(1),
  receiverId: z.string().min(1),
  quantity: z.number().int().min(1).max(999),
});

export const chatSendSchema = z.object({
  roomId,
  text: z.string().trim().min(1).max(500),
});

export const presenceSchema = z.object({
  userId: z.string().min(1),
  online: z.boolean(),
});
