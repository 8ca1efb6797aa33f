export { seatHandlers } from './seat.handler.js';
