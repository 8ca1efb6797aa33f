import { HandlerError, createHandler, requireRoom } from '../../shared/handler.utils.js';
import { emptySchema, giftSendSchema, roomSchema } from '../../socket/schemas.js';
import { GIFTS, findGift } from './gift.catalogue.js';
import { toLegacyGift } from './gift.legacy.js';

export const giftCatalogueHandler = createHandler('gift:catalogue', emptySchema, async () => GIFTS);

export const sendGiftHandler = createHandler(
  'gift:send',
  giftSendSchema,
  async ({ roomId, giftId, receiverId, quantity }, socket, context) => {
    requireRoom(socket, roomId);
    const gift = findGift(giftId);
    if (!gift) {
      throw new HandlerError('no such gift');
    }
    const sent = {
      roomId,
      giftId,
      senderId: socket.data.user.id,
      receiverId,
      quantity,
      coins: gift.coins * quantity,
      at: new Date().toISOString(),
    };
    context.gifts.add(sent);
    context.io.to(roomId).emit('gift:sent', sent);
    context.io.to(roomId).emit('gift', toLegacyGift(sent));
    context.io.to(roomId).emit('gift:leaders', context.gifts.leaderboard(roomId));
    return { coins: sent.coins };
  },
);

export const giftLeaderboardHandler = createHandler(
  'gift:leaderboard',
  roomSchema,
  async ({ roomId }, _socket, context) => context.gifts.leaderboard(roomId),
);

export const giftHandlers = [giftCatalogueHandler, sendGiftHandler, giftLeaderboardHandler];
