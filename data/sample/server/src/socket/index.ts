import { authMiddleware } from '../auth/middleware.js';
import type { AppContext } from '../context.js';
import { allHandlers } from '../domains/index.js';
import { leaveRoom } from '../domains/room/index.js';
import { roomsActive, socketConnections } from '../infrastructure/metrics.js';
import { registerHandlers } from '../shared/handler.utils.js';

/** Accepts sockets: checks their token, registers every handler, cleans up when they go. */
export function initialiseSocket(context: AppContext): void {
  const { bus, io, logger, media } = context;
  io.use(authMiddleware(context.config.AUTH_SECRET));

  io.on('connection', (socket) => {
    socketConnections.inc({ namespace: socket.nsp.name });
    registerHandlers(allHandlers, socket, context);

    socket.on('disconnect', async (reason) => {
      logger.debug({ reason, userId: socket.data.user.id }, 'socket gone');
      if (socket.data.roomId) {
        await leaveRoom(socket.data.roomId, socket, context);
      }
    });
  });

  io.of('/').adapter.on('create-room', () => roomsActive.set(io.of('/').adapter.rooms.size));
  io.of('/').adapter.on('delete-room', () => roomsActive.set(io.of('/').adapter.rooms.size));

  bus.on('room:emptied', ({ roomId }) => media.close(roomId));
}
