import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { TokenUser } from '../auth/token.js';

export interface SocketData {
  user: TokenUser;
  roomId?: string;
}

export type AppServer = Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;
export type AppSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;
