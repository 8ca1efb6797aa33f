import { describe, expect, it } from 'vitest';
import { chatSendSchema, giftSendSchema, roomCreateSchema, seatSchema } from './schemas.js';

describe('schemas', () => {
  it('trims a room title and refuses an empty one', () => {
    expect(roomCreateSchema.parse({ title: '  Jazz  ' })).toEqual({ title: 'Jazz' });
    expect(roomCreateSchema.safeParse({ title: '   ' }).success).toBe(false);
  });

  it('refuses a seat outside the largest room', () => {
    expect(seatSchema.safeParse({ roomId: 'room_1', seat: 32 }).success).toBe(false);
  });

  it('refuses a gift of nothing', () => {
    const gift = { roomId: 'room_1', giftId: 'rose', receiverId: 'u2', quantity: 0 };
    expect(giftSendSchema.safeParse(gift).success).toBe(false);
  });

  it('refuses a chat message above 500 characters', () => {
    const text = 'a'.repeat(501);
    expect(chatSendSchema.safeParse({ roomId: 'room_1', text }).success).toBe(false);
  });
});
