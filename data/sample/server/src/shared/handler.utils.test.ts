import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { AppContext } from '../context.js';
import type { AppSocket } from '../socket/types.js';
import { HandlerError, createHandler, requireRoom } from './handler.utils.js';

const socket = { data: { roomId: 'room_1' } } as unknown as AppSocket;
const context = { logger: { warn: vi.fn() } } as unknown as AppContext;
const schema = z.object({ n: z.number() });

describe('createHandler', () => {
  it('answers with what the function returns', async () => {
    const handler = createHandler('test:double', schema, async ({ n }) => n * 2);
    expect(await handler.handle({ n: 21 }, socket, context)).toEqual({ ok: true, data: 42 });
  });

  it('refuses a payload that does not fit', async () => {
    const handler = createHandler('test:double', schema, async ({ n }) => n * 2);
    const reply = await handler.handle({ n: 'x' }, socket, context);
    expect(reply).toEqual({ ok: false, error: 'invalid payload' });
  });

  it('tells the client why a handler refused', async () => {
    const handler = createHandler('test:refuse', schema, async () => {
      throw new HandlerError('no such room');
    });
    const reply = await handler.handle({ n: 1 }, socket, context);
    expect(reply).toEqual({ ok: false, error: 'no such room' });
  });
});

describe('requireRoom', () => {
  it('refuses a room the socket is not in', () => {
    expect(() => requireRoom(socket, 'room_2')).toThrow('join the room first');
  });
});
