import type { AppContext } from '../../context.js';
import { HandlerError, createHandler, requireRoom } from '../../shared/handler.utils.js';
import { roomSchema, seatLockSchema, seatMuteSchema, seatSchema } from '../../socket/schemas.js';
import type { AppSocket } from '../../socket/types.js';

async function requireOwner(roomId: string, socket: AppSocket, context: AppContext): Promise<void> {
  const room = await context.rooms.find(roomId);
  if (room?.ownerId !== socket.data.user.id) {
    throw new HandlerError('only the owner of the room may do this');
  }
}

export const takeSeatHandler = createHandler(
  'seat:take',
  seatSchema,
  async ({ roomId, seat }, socket, context) => {
    requireRoom(socket, roomId);
    const result = await context.seats.take(roomId, seat, socket.data.user.id);
    if (result !== 'taken') {
      throw new HandlerError(`the seat is ${result}`);
    }
    context.io.to(roomId).emit('seat:taken', { seat, user: socket.data.user });
    return { seat };
  },
);

export const leaveSeatHandler = createHandler(
  'seat:leave',
  roomSchema,
  async ({ roomId }, socket, context) => {
    requireRoom(socket, roomId);
    await context.seats.leave(roomId, socket.data.user.id);
    context.media.get(roomId)?.closeProducers(socket.id);
    context.io.to(roomId).emit('seat:left', { userId: socket.data.user.id });
    return {};
  },
);

export const lockSeatHandler = createHandler(
  'seat:lock',
  seatLockSchema,
  async ({ roomId, seat, locked }, socket, context) => {
    await requireOwner(roomId, socket, context);
    await context.seats.setLocked(roomId, seat, locked);
    context.io.to(roomId).emit('seat:locked', { seat, locked });
    return {};
  },
);

export const muteSeatHandler = createHandler(
  'seat:mute',
  seatMuteSchema,
  async ({ roomId, seat, muted }, socket, context) => {
    await requireOwner(roomId, socket, context);
    await context.seats.setMuted(roomId, seat, muted);
    context.io.to(roomId).emit('seat:muted', { seat, muted });
    return {};
  },
);

export const seatHandlers = [takeSeatHandler, leaveSeatHandler, lockSeatHandler, muteSeatHandler];
