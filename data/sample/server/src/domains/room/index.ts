export { leaveRoom, roomHandlers } from './room.handler.js';
export { RoomRepository } from './room.repository.js';
export type { Room, RoomSummary } from './room.types.js';
