import type { z } from 'zod';
import type { AppContext } from '../context.js';
import { eventDuration } from '../infrastructure/metrics.js';
import type { AppSocket } from '../socket/types.js';

export type Reply = { ok: true; data: unknown } | { ok: false; error: string };
export type Acknowledge = (reply: Reply) => void;

export interface Handler {
  event: string;
  handle(raw: unknown, socket: AppSocket, context: AppContext): Promise<Reply>;
}

/** An error whose message may be shown to the client. */
export class HandlerError extends Error {}

/** Validates the payload of `event`, runs and times `fn`, and turns errors into replies. */
export function createHandler<S extends z.ZodTypeAny>(
  event: string,
  schema: S,
  fn: (payload: z.infer<S>, socket: AppSocket, context: AppContext) => Promise<unknown>,
): Handler {
  return {
    event,
    async handle(raw, socket, context) {
      const stop = eventDuration.startTimer({ event_type: event });
      const parsed = schema.safeParse(raw);
      if (!parsed.success) {
        return { ok: false, error: 'invalid payload' };
      }
      try {
        return { ok: true, data: await fn(parsed.data, socket, context) };
      } catch (error) {
        context.logger.warn({ error, event }, 'handler failed');
        return { ok: false, error: error instanceof Error ? error.message : 'internal error' };
      } finally {
        stop();
      }
    },
  };
}

export function registerHandlers(
  handlers: readonly Handler[],
  socket: AppSocket,
  context: AppContext,
): void {
  for (const handler of handlers) {
    socket.on(handler.event, async (raw: unknown, acknowledge?: Acknowledge) => {
      const reply = await handler.handle(raw, socket, context);
      acknowledge?.(reply);
    });
  }
}

/** Returns the room the socket is in, or refuses. */
export function requireRoom(socket: AppSocket, roomId: string): void {
  if (socket.data.roomId !== roomId) {
    throw new HandlerError('join the room first');
  }
}
