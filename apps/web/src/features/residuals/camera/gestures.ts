import { fitCamera, panBy, pinch, pixelAt, wheelFactor, zoomAt, type Camera, type Point, type Size } from './camera.ts';
import type { CameraStore } from './camera-store.ts';

export interface GestureOptions {
  readonly store: CameraStore;
  /** The image's size in network-scale pixels. */
  readonly image: () => Size;
  /** A sideways swipe of one finger over the fitted image: −1 to the previous pane, 1 to the next. */
  readonly onSwipe?: (step: -1 | 1) => void;
  /** Pressed and let go at one place. */
  readonly onPick?: () => void;
}

const SWIPE = 48;
/** A hand is never quite still. */
const STILL = 4;

/** Whether something that lies over the pane takes the press itself: a button on it, or what draws on it. */
function isTaken(event: MouseEvent, pane: HTMLElement): boolean {
  const taker = event.target instanceof Element ? event.target.closest('button, [data-draws]') : null;
  return taker !== null && taker !== pane && pane.contains(taker);
}

/** Attaches wheel, drag, pinch, double click and swipe to a pane. @returns the function that detaches them */
export function attachGestures(element: HTMLElement, { store, image, onSwipe, onPick }: GestureOptions): () => void {
  const fingers = new Map<number, Point>();
  let start: Point | null = null;
  let pinched = false;

  const size = (): Size => ({ width: element.clientWidth, height: element.clientHeight });
  const camera = (): Camera => store.camera ?? fitCamera(image(), size());
  const position = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const pair = (): [Point, Point] | null => {
    const [a, b] = fingers.values();
    return a && b ? [a, b] : null;
  };

  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const at = position(event);
    store.setCamera(zoomAt(camera(), size(), at, wheelFactor(event.deltaY, event.deltaMode), image()));
    store.setCursor(pixelAt(camera(), size(), at, image()));
  };

  const onDown = (event: PointerEvent): void => {
    if ((event.pointerType === 'mouse' && event.button > 1) || isTaken(event, element)) return;
    element.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, position(event));
    if (fingers.size === 1) [start, pinched] = [position(event), false];
    if (event.pointerType !== 'mouse') store.setCursor(pixelAt(camera(), size(), position(event), image()));
  };

  const onMove = (event: PointerEvent): void => {
    const at = position(event);
    const last = fingers.get(event.pointerId);
    if (last) {
      const before = pair();
      fingers.set(event.pointerId, at);
      const after = pair();
      if (before && after) {
        pinched = true;
        store.setCamera(pinch(camera(), size(), before, after, image()));
      } else if (store.camera || event.pointerType === 'mouse')
        store.setCamera(panBy(camera(), at.x - last.x, at.y - last.y, image(), size()));
    }
    store.setCursor(pixelAt(camera(), size(), at, image()));
  };

  const onUp = (event: PointerEvent): void => {
    const at = position(event);
    const known = fingers.delete(event.pointerId);
    if (!known || fingers.size > 0 || !start || pinched) return;
    const [dx, dy] = [at.x - start.x, at.y - start.y];
    if (event.type === 'pointerup' && Math.hypot(dx, dy) < STILL) onPick?.();
    if (event.pointerType === 'mouse' || store.camera) return;
    if (event.type === 'pointerup' && Math.abs(dx) > SWIPE && Math.abs(dx) > 2 * Math.abs(dy)) onSwipe?.(dx < 0 ? 1 : -1);
  };

  const onLeave = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') store.setCursor(null);
  };
  const onDouble = (event: MouseEvent): void => {
    if (!isTaken(event, element)) store.setCamera(null);
  };

  element.addEventListener('wheel', onWheel, { passive: false });
  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onUp);
  element.addEventListener('pointerleave', onLeave);
  element.addEventListener('dblclick', onDouble);
  return () => {
    element.removeEventListener('wheel', onWheel);
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onUp);
    element.removeEventListener('pointerleave', onLeave);
    element.removeEventListener('dblclick', onDouble);
  };
}
