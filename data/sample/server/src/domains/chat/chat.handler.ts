import { chatMessages } from '../../infrastructure/metrics.js';
import { HandlerError, createHandler, requireRoom } from '../../shared/handler.utils.js';
import { chatSendSchema, roomSchema } from '../../socket/schemas.js';
import { createId } from '../../utils/ids.js';
import { maskBannedWords } from './chat.filter.js';
import type { ChatMessage } from './chat.history.js';

export const sendChatHandler = createHandler(
  'chat:send',
  chatSendSchema,
  async ({ roomId, text }, socket, context) => {
    requireRoom(socket, roomId);
    const { user } = socket.data;
    if (!context.chatLimiter.allow(user.id)) {
      throw new HandlerError('too many messages');
    }
    const message: ChatMessage = {
      id: createId('msg'),
      userId: user.id,
      name: user.name,
      text: maskBannedWords(text),
      at: new Date().toISOString(),
    };
    context.chat.append(roomId, message);
    context.io.to(roomId).emit('chat:message', message);
    chatMessages.inc({ room_id: roomId });
    return { id: message.id };
  },
);

export const chatHistoryHandler = createHandler(
  'chat:history',
  roomSchema,
  async ({ roomId }, _socket, context) => {
    return context.chat.recent(roomId);
  },
);

export const chatHandlers = [sendChatHandler, chatHistoryHandler];
