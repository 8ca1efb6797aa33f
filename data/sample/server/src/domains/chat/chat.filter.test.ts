import { describe, expect, it } from 'vitest';
import { maskBannedWords } from './chat.filter.js';

describe('maskBannedWords', () => {
  it('masks a banned word whatever its case', () => {
    expect(maskBannedWords('Get FreeCoins now')).toBe('Get ********* now');
  });

  it('leaves words that only contain a banned one', () => {
    expect(maskBannedWords('paydays are fun')).toBe('paydays are fun');
  });

  it('takes another list', () => {
    expect(maskBannedWords('a secret plan', ['secret'])).toBe('a ****** plan');
  });
});
