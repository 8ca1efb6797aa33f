export { chatHandlers } from './chat.handler.js';
export { ChatHistory, type ChatMessage } from './chat.history.js';
