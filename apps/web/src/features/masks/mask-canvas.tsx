'use client';

import { useEffect, useRef, type KeyboardEvent } from 'react';
import { fitCamera, panBy, pinch, toWorld, wheelFactor, zoomAt, type Point } from '../residuals/camera/camera.ts';
import type { CameraStore } from '../residuals/camera/camera-store.ts';
import { MaskLayer, paintMask } from './paint-mask.ts';
import type { OpenMask } from './open-mask.ts';

export type MaskTool = 'brush' | 'eraser' | 'polygon';

export interface MaskCanvasProps {
  readonly opened: OpenMask;
  readonly camera: CameraStore;
  readonly tool: MaskTool;
  /** Of brush and eraser, in image pixels. */
  readonly diameter: number;
  /** 0–1 */
  readonly opacity: number;
  readonly readOnly: boolean;
  /** Corners of the polygon being drawn, in pixel corners. */
  readonly polygon: readonly Point[];
  readonly onPolygon: (points: readonly Point[]) => void;
  /** Closes the polygon and fills it. */
  readonly onClose: (points: readonly Point[]) => void;
  readonly label: string;
}

/** How near (CSS px) to its first corner a click closes the polygon. */
const CLOSE = 8;

/**
 * The picture with its mask under the pointer: one pointer draws, two pinch, the wheel zooms, space or the middle button pans. With the keyboard, arrows
 * move the tool and Enter sets it down.
 */
export function MaskCanvas(props: MaskCanvasProps) {
  const { opened, camera, tool, diameter, opacity, readOnly, polygon, label } = props;
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useRef(props);
  const cursor = useRef<Point | null>(null);
  // Where keys moved the tool to, until the pointer takes over.
  const keyed = useRef<Point | null>(null);
  const redraw = useRef<() => void>(() => undefined);
  useEffect(() => {
    latest.current = props;
    redraw.current();
  });

  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const layer = new MaskLayer(opened.editor);
    let frame = 0;
    const paint = (): void => {
      frame = 0;
      const now = latest.current;
      const drawing = now.tool === 'polygon' && now.polygon.length > 0;
      camera.setView({ width: canvas.clientWidth, height: canvas.clientHeight }, opened.picture);
      paintMask(canvas, {
        picture: opened.picture,
        layer,
        opacity: now.opacity,
        camera: camera.camera,
        brush: cursor.current && !now.readOnly && now.tool !== 'polygon' ? { at: cursor.current, diameter: now.diameter } : null,
        polygon: drawing ? [...now.polygon, cursor.current ?? now.polygon.at(-1)!] : [],
      });
    };
    const schedule = (): void => {
      frame ||= requestAnimationFrame(paint);
    };
    redraw.current = schedule;
    const resize = new ResizeObserver(() => {
      canvas.width = Math.round(canvas.clientWidth * devicePixelRatio);
      canvas.height = Math.round(canvas.clientHeight * devicePixelRatio);
      // At once: a canvas is blank after its size is set.
      paint();
    });
    resize.observe(canvas);
    const offCamera = camera.onCamera(schedule);
    const offEditor = opened.editor.subscribe((box) => {
      if (box) layer.update(opened.editor, box);
      schedule();
    });
    return () => {
      cancelAnimationFrame(frame);
      resize.disconnect();
      offCamera();
      offEditor();
      redraw.current = () => undefined;
    };
  }, [opened, camera]);

  useEffect(() => {
    const canvas = ref.current;
    return canvas ? attachPointer(canvas, latest, camera, cursor, () => redraw.current()) : undefined;
  }, [camera]);

  function onKeyDown(event: KeyboardEvent) {
    const arrows: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const step = arrows[event.key];
    const { width, height } = opened.picture;
    if (step) {
      const from = cursor.current ?? { x: width / 2, y: height / 2 };
      const far = event.shiftKey ? 10 : 1;
      cursor.current = {
        x: Math.min(width, Math.max(0, from.x + far * step[0])),
        y: Math.min(height, Math.max(0, from.y + far * step[1])),
      };
      keyed.current = cursor.current;
      redraw.current();
    } else if (event.key === 'Enter' && !readOnly && keyed.current && keyed.current === cursor.current) {
      if (tool === 'polygon') {
        // A second Enter in the same place closes it: it is left to the page.
        if (polygon.at(-1) === cursor.current) return;
        props.onPolygon([...polygon, cursor.current]);
      } else {
        opened.editor.stroke(cursor.current, cursor.current, diameter, tool === 'brush' ? 1 : 0);
        opened.editor.commit();
      }
    } else return;
    event.preventDefault();
  }

  return (
    <canvas
      ref={ref}
      tabIndex={0}
      role="application"
      aria-label={label}
      data-opacity={opacity}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
      className="block size-full touch-none bg-well outline-offset-[-2px]"
      style={{ cursor: readOnly ? 'grab' : 'crosshair' }}
    />
  );
}

type Latest = { readonly current: MaskCanvasProps };

/** @returns the function that detaches it */
function attachPointer(
  canvas: HTMLCanvasElement,
  latest: Latest,
  camera: CameraStore,
  cursor: { current: Point | null },
  redraw: () => void,
): () => void {
  const fingers = new Map<number, Point>();
  let doing: 'draw' | 'pan' | null = null;
  let last: Point | null = null;
  let space = false;
  const size = () => ({ width: canvas.clientWidth, height: canvas.clientHeight });
  const picture = () => latest.current.opened.picture;
  const now = () => camera.camera ?? fitCamera(picture(), size());
  const screenOf = (event: MouseEvent): Point => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const worldOf = (screen: Point): Point => toWorld(now(), size(), screen);
  const stroke = (from: Point, to: Point): void => {
    const { opened, tool, diameter } = latest.current;
    opened.editor.stroke(from, to, diameter, tool === 'brush' ? 1 : 0);
  };

  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    camera.setCamera(zoomAt(now(), size(), screenOf(event), wheelFactor(event.deltaY, event.deltaMode), picture()));
    cursor.current = worldOf(screenOf(event));
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button > 1) return;
    canvas.setPointerCapture(event.pointerId);
    canvas.focus({ preventScroll: true });
    const at = screenOf(event);
    fingers.set(event.pointerId, at);
    if (fingers.size === 2) {
      // The second finger makes a pinch of it; what the first one drew until now is a step that can be undone.
      if (doing === 'draw') latest.current.opened.editor.commit();
      doing = null;
      return;
    }
    last = at;
    cursor.current = worldOf(at);
    if (latest.current.readOnly || space || event.button === 1) {
      doing = 'pan';
      return;
    }
    const { tool, polygon, onPolygon, onClose } = latest.current;
    if (tool !== 'polygon') {
      doing = 'draw';
      stroke(cursor.current, cursor.current);
      return;
    }
    doing = null;
    const first = polygon[0];
    const near = first && polygon.length > 2 && Math.hypot(first.x - cursor.current.x, first.y - cursor.current.y) * now().zoom <= CLOSE;
    // The second click of a double click only closes.
    if (near || event.detail > 1) onClose(polygon);
    else onPolygon([...polygon, cursor.current]);
  };
  const onMove = (event: PointerEvent): void => {
    const at = screenOf(event);
    const before = fingers.get(event.pointerId);
    if (before && fingers.size === 2) {
      const [a, b] = [...fingers].map(([id, point]) => ({ was: point, is: id === event.pointerId ? at : point }));
      camera.setCamera(pinch(now(), size(), [a!.was, b!.was], [a!.is, b!.is], picture()));
      fingers.set(event.pointerId, at);
      return;
    }
    if (before) fingers.set(event.pointerId, at);
    if (doing === 'pan' && last) camera.setCamera(panBy(now(), at.x - last.x, at.y - last.y, picture(), size()));
    if (doing === 'draw' && last) {
      // A fast pointer reports several places at once.
      for (const one of event.getCoalescedEvents?.() ?? []) {
        const next = screenOf(one);
        stroke(worldOf(last), worldOf(next));
        last = next;
      }
      stroke(worldOf(last), worldOf(at));
    }
    last = at;
    cursor.current = worldOf(at);
    redraw();
  };
  const onUp = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
    if (doing === 'draw') latest.current.opened.editor.commit();
    if (fingers.size === 0) doing = null;
  };
  const onLeave = (): void => {
    cursor.current = null;
    redraw();
  };
  const onKey = (event: globalThis.KeyboardEvent): void => {
    if (event.key !== ' ' || (event.target instanceof HTMLElement && event.target.matches('input, textarea, button, [role]:not(canvas)')))
      return;
    space = event.type === 'keydown';
    canvas.style.cursor = space ? 'grab' : latest.current.readOnly ? 'grab' : 'crosshair';
    event.preventDefault();
  };

  canvas.addEventListener('wheel', onWheel, { passive: false });
  canvas.addEventListener('pointerdown', onDown);
  canvas.addEventListener('pointermove', onMove);
  canvas.addEventListener('pointerup', onUp);
  canvas.addEventListener('pointercancel', onUp);
  canvas.addEventListener('pointerleave', onLeave);
  window.addEventListener('keydown', onKey);
  window.addEventListener('keyup', onKey);
  return () => {
    canvas.removeEventListener('wheel', onWheel);
    canvas.removeEventListener('pointerdown', onDown);
    canvas.removeEventListener('pointermove', onMove);
    canvas.removeEventListener('pointerup', onUp);
    canvas.removeEventListener('pointercancel', onUp);
    canvas.removeEventListener('pointerleave', onLeave);
    window.removeEventListener('keydown', onKey);
    window.removeEventListener('keyup', onKey);
  };
}
