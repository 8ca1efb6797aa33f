import type { types } from 'mediasoup';
import type { AppContext } from '../../context.js';
import { HandlerError, createHandler, requireRoom } from '../../shared/handler.utils.js';
import {
  audioConsumeSchema,
  audioProduceSchema,
  consumerResumeSchema,
  roomSchema,
  transportConnectSchema,
  transportCreateSchema,
} from '../../socket/schemas.js';
import type { RoomMedia } from './room.media.js';

function requireMedia(roomId: string, context: AppContext): RoomMedia {
  const media = context.media.get(roomId);
  if (!media) {
    throw new HandlerError('the room has no media yet');
  }
  return media;
}

function requireTransport(media: RoomMedia, transportId: string): types.WebRtcTransport {
  const transport = media.transport(transportId);
  if (!transport) {
    throw new HandlerError('no such transport');
  }
  return transport;
}

export const capabilitiesHandler = createHandler(
  'media:capabilities',
  roomSchema,
  async ({ roomId }, socket, context) => {
    requireRoom(socket, roomId);
    const media = await context.media.open(roomId);
    return { rtpCapabilities: media.router.rtpCapabilities, producers: media.producerIds() };
  },
);

export const createTransportHandler = createHandler(
  'transport:create',
  transportCreateSchema,
  async ({ roomId, direction }, socket, context) => {
    requireRoom(socket, roomId);
    const media = await context.media.open(roomId);
    const transport = await media.createTransport(socket.id, direction);
    return {
      id: transport.id,
      iceParameters: transport.iceParameters,
      iceCandidates: transport.iceCandidates,
      dtlsParameters: transport.dtlsParameters,
    };
  },
);

export const connectTransportHandler = createHandler(
  'transport:connect',
  transportConnectSchema,
  async ({ roomId, transportId, dtlsParameters }, socket, context) => {
    requireRoom(socket, roomId);
    const transport = requireTransport(requireMedia(roomId, context), transportId);
    await transport.connect({ dtlsParameters });
    return {};
  },
);

export const produceAudioHandler = createHandler(
  'audio:produce',
  audioProduceSchema,
  async ({ roomId, transportId, rtpParameters }, socket, context) => {
    requireRoom(socket, roomId);
    const media = requireMedia(roomId, context);
    const transport = requireTransport(media, transportId);
    const producer = await media.produce(transport, rtpParameters as types.RtpParameters);
    context.io.to(roomId).emit('audio:produced', {
      producerId: producer.id,
      userId: socket.data.user.id,
    });
    return { producerId: producer.id };
  },
);

export const consumeAudioHandler = createHandler(
  'audio:consume',
  audioConsumeSchema,
  async ({ roomId, transportId, producerId, rtpCapabilities }, socket, context) => {
    requireRoom(socket, roomId);
    const media = requireMedia(roomId, context);
    const capabilities = rtpCapabilities as types.RtpCapabilities;
    if (!media.router.canConsume({ producerId, rtpCapabilities: capabilities })) {
      throw new HandlerError('this producer cannot be consumed');
    }
    const transport = requireTransport(media, transportId);
    const consumer = await media.consume(transport, producerId, capabilities);
    return { id: consumer.id, producerId, rtpParameters: consumer.rtpParameters };
  },
);

export const resumeConsumerHandler = createHandler(
  'consumer:resume',
  consumerResumeSchema,
  async ({ roomId, consumerId }, socket, context) => {
    requireRoom(socket, roomId);
    const consumer = requireMedia(roomId, context).consumer(consumerId);
    if (!consumer) {
      throw new HandlerError('no such consumer');
    }
    await consumer.resume();
    return {};
  },
);

export const mediaHandlers = [
  capabilitiesHandler,
  createTransportHandler,
  connectTransportHandler,
  produceAudioHandler,
  consumeAudioHandler,
  resumeConsumerHandler,
];
