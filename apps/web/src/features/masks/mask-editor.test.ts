import { describe, expect, it } from 'vitest';
import { drawStroke, fillPolygon } from './mask-drawing.ts';
import { MaskEditor } from './mask-editor.ts';

const empty = (width = 12, height = 8) => ({ width, height, data: new Uint8Array(width * height) });
const rows = ({ width, height, data }: { width: number; height: number; data: Uint8Array }): string[] =>
  Array.from({ length: height }, (_, y) => [...data.subarray(y * width, (y + 1) * width)].map((v) => (v ? '#' : '.')).join(''));
const middle = (x: number, y: number) => ({ x: x + 0.5, y: y + 0.5 });

describe('drawing', () => {
  it('the finest brush sets the one pixel under it, wherever in the pixel it is', () => {
    for (const at of [
      { x: 3, y: 2 },
      { x: 3.999, y: 2.001 },
      { x: 3.5, y: 2.5 },
    ]) {
      const mask = empty();
      drawStroke(mask, at, at, 1, 1);
      expect([...mask.data.keys()].filter((i) => mask.data[i] === 1)).toEqual([2 * 12 + 3]);
    }
  });
  it('a stroke is the union of every disc along it, without a gap', () => {
    const mask = empty(9, 7);
    drawStroke(mask, middle(3, 3), middle(5, 3), 4, 1);
    expect(rows(mask)).toEqual(['.........', '...###...', '..#####..', '.#######.', '..#####..', '...###...', '.........']);
    const thin = empty(8, 8);
    drawStroke(thin, middle(0, 0), middle(7, 3), 1, 1);
    for (let x = 0; x < 8; x++) expect(rows(thin).filter((row) => row[x] === '#').length, `column ${x}`).toBeGreaterThan(0);
  });
  it('beside the picture nothing is drawn, and across its end only what lies on it', () => {
    const mask = empty(4, 4);
    expect(drawStroke(mask, { x: -9, y: -9 }, { x: -8, y: -9 }, 2, 1)).toBeNull();
    expect(drawStroke(mask, { x: -3, y: 1.5 }, { x: 1.5, y: 1.5 }, 1, 1)).not.toBeNull();
    expect(rows(mask)).toEqual(['....', '##..', '....', '....']);
  });
  it('a polygon holds the pixels whose middle is inside, and two that share an edge overlap nowhere', () => {
    const [left, right] = [empty(), empty()];
    const [a, b, c, d] = [
      { x: 1, y: 1 },
      { x: 10, y: 1 },
      { x: 10, y: 7 },
      { x: 1, y: 7 },
    ];
    fillPolygon(left, [a, b, d], 1);
    fillPolygon(right, [b, c, d], 1);
    const both = left.data.map((value, i) => value + right.data[i]!);
    expect([...both].filter((value) => value === 1).length).toBe(9 * 6);
    expect([...both].every((value) => value <= 1)).toBe(true);
  });
});

describe('the history of a mask', () => {
  const square = [
    { x: 2, y: 2 },
    { x: 5, y: 2 },
    { x: 5, y: 5 },
    { x: 2, y: 5 },
  ];
  it('every step back and forth gives the pixels of then', () => {
    const editor = new MaskEditor(empty());
    const states = [rows(editor.mask)];
    const remember = () => states.push(rows(editor.mask));
    editor.polygon(square, 1);
    remember();
    editor.stroke(middle(0, 0), middle(7, 6), 2, 1);
    editor.stroke(middle(7, 6), middle(3, 3), 3, 0);
    editor.commit();
    remember();
    editor.clear();
    remember();
    expect(new Set(states.map((state) => state.join())).size).toBe(3);
    for (const state of states.slice(0, -1).reverse()) {
      editor.undo();
      expect(rows(editor.mask)).toEqual(state);
    }
    expect(editor.canUndo).toBe(false);
    for (const state of states.slice(1)) {
      editor.redo();
      expect(rows(editor.mask)).toEqual(state);
    }
    expect(editor.canRedo).toBe(false);
  });
  it('a stroke that changes no pixel is no step, and a new step ends what could be done again', () => {
    const editor = new MaskEditor(empty());
    editor.stroke(middle(1, 1), middle(5, 1), 2, 0);
    editor.commit();
    expect(editor.canUndo).toBe(false);
    editor.polygon(square, 1);
    editor.undo();
    editor.clear();
    expect(editor.canRedo).toBe(true);
    editor.stroke(middle(1, 1), middle(1, 1), 1, 1);
    editor.commit();
    expect(editor.canRedo).toBe(false);
  });
  it('tells of every part of a stroke what to draw anew, and of the whole one that the buttons show something else', () => {
    const editor = new MaskEditor(empty());
    const boxes: unknown[] = [];
    editor.subscribe((box) => boxes.push(box));
    const { version } = editor;
    editor.stroke(middle(1, 1), middle(3, 1), 1, 1);
    editor.stroke(middle(3, 1), middle(5, 1), 1, 1);
    expect(boxes.filter((box) => box !== null)).toHaveLength(2);
    expect(editor.version).toBe(version);
    editor.commit();
    expect(editor.version).toBe(version + 1);
    editor.undo();
    expect(editor.version).toBe(version + 2);
    editor.markSaved('ab', editor.drawn);
    expect(editor.version).toBe(version + 3);
  });
  it('is unsaved until it is saved or undone to what was saved', () => {
    const editor = new MaskEditor(empty());
    editor.polygon(square, 1);
    expect(editor.unsaved).toBe(true);
    editor.undo();
    expect(editor.unsaved).toBe(false);
    editor.redo();
    editor.markSaved('ab', editor.drawn);
    expect(editor.savedSha256).toBe('ab');
    expect(editor.unsaved).toBe(false);
    editor.undo();
    expect(editor.unsaved).toBe(true);
    editor.stroke(middle(8, 1), middle(8, 1), 1, 1);
    editor.commit();
    editor.undo();
    expect(editor.unsaved).toBe(true);
  });
  it('a stroke drawn while the mask is being saved is not saved with it', () => {
    const editor = new MaskEditor(empty());
    editor.polygon(square, 1);
    const sent = editor.drawn;
    editor.stroke(middle(8, 1), middle(8, 1), 1, 1);
    editor.commit();
    editor.markSaved('ab', sent);
    expect(editor.unsaved).toBe(true);
    editor.undo();
    expect(editor.unsaved).toBe(false);
    // Undone and drawn over in the meantime: no way leads back to what was sent.
    editor.undo();
    editor.clear();
    editor.stroke(middle(9, 1), middle(9, 1), 1, 1);
    editor.commit();
    editor.markSaved('ab', sent);
    expect(editor.unsaved).toBe(true);
    editor.undo();
    expect(editor.unsaved).toBe(true);
  });
  it('what was sent stays known when its step is forgotten, and not beyond', () => {
    const side = 4096;
    const editor = new MaskEditor(empty(side, side));
    const fill = (value: 0 | 1) =>
      editor.polygon(
        [
          { x: 0, y: 0 },
          { x: side, y: 0 },
          { x: side, y: side },
          { x: 0, y: side },
        ],
        value,
      );
    const [none, first] = [editor.drawn, (fill(1), editor.drawn)];
    // Three such steps hold 96 MiB together; the fourth drives the first out.
    for (const value of [0, 1, 0] as const) fill(value);
    for (let undone = 0; undone < 3; undone++) editor.undo();
    expect(editor.canUndo).toBe(false);
    editor.markSaved('ab', first);
    expect(editor.unsaved).toBe(false);
    editor.markSaved('ab', none);
    expect(editor.unsaved).toBe(true);
  });
  it('does not change the mask that it was begun from', () => {
    const mask = empty();
    new MaskEditor(mask).polygon(square, 1);
    expect(mask.data.includes(1)).toBe(false);
  });
});
