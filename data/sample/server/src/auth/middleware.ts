import type { AppSocket } from '../socket/types.js';
import { verifyToken } from './token.js';

/** Lets a socket in when it brings a valid token, and remembers whose it is. */
export function authMiddleware(secret: string) {
  return (socket: AppSocket, next: (error?: Error) => void): void => {
    const token: unknown = socket.handshake.auth.token;
    const user = typeof token === 'string' ? verifyToken(token, secret) : undefined;
    if (!user) {
      next(new Error('unauthorized'));
      return;
    }
    socket.data.user = user;
    next();
  };
}
