import { BANNED_WORDS } from './banned.words.js';

/** Replaces each banned word in `text` by asterisks. */
export function maskBannedWords(text: string, words: readonly string[] = BANNED_WORDS): string {
  let masked = text;
  for (const word of words) {
    const pattern = new RegExp(`\\b${word}\\b`, 'gi');
    masked = masked.replace(pattern, '*'.repeat(word.length));
  }
  return masked;
}
