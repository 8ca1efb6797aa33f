import type { AppContext } from '../../context.js';
import { HandlerError, createHandler, requireRoom } from '../../shared/handler.utils.js';
import { emptySchema, roomCreateSchema, roomSchema } from '../../socket/schemas.js';
import type { AppSocket } from '../../socket/types.js';
import { createId } from '../../utils/ids.js';
import type { Room, RoomSummary } from './room.types.js';

export const createRoomHandler = createHandler(
  'room:create',
  roomCreateSchema,
  async (payload, socket, context) => {
    const room: Room = {
      id: createId('room'),
      title: payload.title,
      ownerId: socket.data.user.id,
      seats: payload.seats ?? context.config.ROOM_MAX_SEATS,
      createdAt: new Date().toISOString(),
    };
    await context.rooms.save(room);
    return room;
  },
);

export const joinRoomHandler = createHandler(
  'room:join',
  roomSchema,
  async ({ roomId }, socket, context) => {
    const room = await context.rooms.find(roomId);
    if (!room) {
      throw new HandlerError('no such room');
    }
    await context.rooms.addMember(roomId, socket.data.user.id);
    await socket.join(roomId);
    socket.data.roomId = roomId;

    const seats = await context.seats.list(roomId);
    const messages = await context.chat.recent(roomId);
    const leaders = context.gifts.leaderboard(roomId);
    const sockets = await context.io.in(roomId).fetchSockets();

    context.io.to(roomId).emit('room:joined', {
      user: socket.data.user,
      members: sockets.length,
    });
    return { room, seats, messages, leaders, members: sockets.length };
  },
);

export const leaveRoomHandler = createHandler(
  'room:leave',
  roomSchema,
  async ({ roomId }, socket, context) => {
    requireRoom(socket, roomId);
    await leaveRoom(roomId, socket, context);
    return {};
  },
);

export const listRoomsHandler = createHandler(
  'room:list',
  emptySchema,
  async (_payload, _socket, context): Promise<RoomSummary[]> => {
    const rooms = await context.rooms.list();
    return Promise.all(
      rooms.map(async (room) => ({
        id: room.id,
        title: room.title,
        members: await context.rooms.countMembers(room.id),
      })),
    );
  },
);

export const closeRoomHandler = createHandler(
  'room:close',
  roomSchema,
  async ({ roomId }, _socket, context) => {
    context.io.to(roomId).emit('room:closed', { roomId });
    context.io.in(roomId).socketsLeave(roomId);
    context.media.close(roomId);
    await context.seats.clear(roomId);
    await context.rooms.delete(roomId);
    return {};
  },
);

/** Takes a socket out of a room: its seat, its media, its membership. */
export async function leaveRoom(
  roomId: string,
  socket: AppSocket,
  context: AppContext,
): Promise<void> {
  const userId = socket.data.user.id;
  await context.seats.leave(roomId, userId);
  await context.rooms.removeMember(roomId, userId);
  await socket.leave(roomId);
  context.media.get(roomId)?.removeSocket(socket.id);
  socket.data.roomId = undefined;
  context.io.to(roomId).emit('room:left', { userId });

  if ((await context.rooms.countMembers(roomId)) === 0) {
    context.bus.emit('room:emptied', { roomId });
  }
}

export const roomHandlers = [
  createRoomHandler,
  joinRoomHandler,
  leaveRoomHandler,
  listRoomsHandler,
  closeRoomHandler,
];
