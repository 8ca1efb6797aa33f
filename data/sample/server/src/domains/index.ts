import type { Handler } from '../shared/handler.utils.js';
import { chatHandlers } from './chat/index.js';
import { giftHandlers } from './gift/index.js';
import { mediaHandlers } from './media/index.js';
import { roomHandlers } from './room/index.js';
import { seatHandlers } from './seat/index.js';

/** Every event a client may send. */
export const allHandlers: readonly Handler[] = [
  ...roomHandlers,
  ...seatHandlers,
  ...mediaHandlers,
  ...giftHandlers,
  ...chatHandlers,
];
