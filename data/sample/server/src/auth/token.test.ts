import { describe, expect, it } from 'vitest';
import { issueToken, verifyToken } from './token.js';

const secret = 'a-secret-for-the-tests';

describe('tokens', () => {
  it('gives back the user it was issued for', () => {
    const token = issueToken({ id: 'u1', name: 'Ada' }, secret);
    expect(verifyToken(token, secret)).toEqual({ id: 'u1', name: 'Ada' });
  });

  it('refuses a token signed with another secret', () => {
    const token = issueToken({ id: 'u1', name: 'Ada' }, 'some-other-secret');
    expect(verifyToken(token, secret)).toBeUndefined();
  });

  it('refuses what is no token', () => {
    expect(verifyToken('nonsense', secret)).toBeUndefined();
  });
});
