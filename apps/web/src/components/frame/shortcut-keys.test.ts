import { describe, expect, it } from 'vitest';
import { advance, keyCaps, pressName, type KeyPress } from './shortcut-keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('pressName', () => {
  it('treats Ctrl and ⌘ alike and names shift only where the key does not show it', () => {
    expect(pressName(press('k', { ctrlKey: true }))).toBe('mod+k');
    expect(pressName(press('k', { metaKey: true }))).toBe('mod+k');
    expect(pressName(press('?', { shiftKey: true }))).toBe('?');
    expect(pressName(press('ArrowLeft', { shiftKey: true }))).toBe('shift+ArrowLeft');
    expect(pressName(press(' '))).toBe('Space');
  });

  it('tells Ctrl with shift from Ctrl alone, whether or not the letter came as a capital', () => {
    expect(pressName(press('z', { ctrlKey: true }))).toBe('mod+z');
    expect(pressName(press('Z', { ctrlKey: true }))).toBe('mod+z');
    expect(pressName(press('Z', { ctrlKey: true, shiftKey: true }))).toBe('mod+shift+z');
    expect(pressName(press('z', { metaKey: true, shiftKey: true }))).toBe('mod+shift+z');
    expect(pressName(press('Z', { shiftKey: true }))).toBe('z');
  });
});

describe('advance', () => {
  const bound = ['g d', 'g r', 'n', '?'];

  it('waits for the rest of a sequence and then matches it', () => {
    expect(advance('', 'g', bound)).toEqual({ kind: 'pending', typed: 'g' });
    expect(advance('g', 'd', bound)).toEqual({ kind: 'match', keys: 'g d' });
  });

  it('gives up a sequence that leads nowhere and reads the press afresh', () => {
    expect(advance('g', 'n', bound)).toEqual({ kind: 'match', keys: 'n' });
    expect(advance('g', 'x', bound)).toEqual({ kind: 'none' });
  });
});

describe('keyCaps', () => {
  it('draws one cap per key', () => {
    expect(keyCaps('mod+k', true)).toEqual(['⌘', 'K']);
    expect(keyCaps('mod+k', false)).toEqual(['Ctrl', 'K']);
    expect(keyCaps('mod+shift+z', false)).toEqual(['Ctrl', '⇧', 'Z']);
    expect(keyCaps('alt+shift+ArrowUp', false)).toEqual(['Alt', '⇧', '↑']);
    expect(keyCaps('g d', false)).toEqual(['G', 'D']);
    expect(keyCaps('ArrowLeft', false)).toEqual(['←']);
  });
});
