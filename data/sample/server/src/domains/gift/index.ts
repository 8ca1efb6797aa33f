export { GiftBuffer, type Leader, type SentGift } from './gift.buffer.js';
export { giftHandlers } from './gift.handler.js';
