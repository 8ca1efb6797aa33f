export { mediaHandlers } from './media.handler.js';
export { MediaRooms } from './media.rooms.js';
export { RoomMedia } from './room.media.js';
