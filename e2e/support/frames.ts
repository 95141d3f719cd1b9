import type { Locator, Page } from '@playwright/test';

/** What runs in the page; its types are not those of Node. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
interface PageWorld {
  requestAnimationFrame(run: (time: number) => void): void;
  readonly performance: { now(): number };
  WheelEvent: new (kind: string, init: object) => unknown;
}

/** Frames of an act of some seconds: how many a second, and the longest wait between two, in ms. */
export interface Frames {
  readonly perSecond: number;
  readonly longest: number;
}

export const framesText = ({ perSecond, longest }: Frames): string =>
  `${perSecond.toFixed(0)} frames/s, longest wait ${longest.toFixed(0)} ms`;

/** An expression for the page: the element that scrolls the list of this role. */
const scrollerOf = (role: string): string =>
  `[...document.querySelectorAll('*')].find((one) => one.scrollHeight > one.clientHeight + 500 && one.querySelector('[role=${role}]'))`;

/** Scrolls what holds the list of this role from its top to its end in so many steps. */
export async function scrollThrough(page: Page, role: 'listbox' | 'list', steps: number): Promise<void> {
  for (let step = 0; step <= steps; step++) {
    await page.evaluate(`{ const at = ${scrollerOf(role)}; at.scrollTop = ${step / steps} * (at.scrollHeight - at.clientHeight); }`);
    await page.waitForTimeout(60);
  }
}

/** Scrolls what holds the list of this role from its top by three screens a second, for so many seconds. */
export function framesWhileScrolling(page: Page, role: 'listbox' | 'list', seconds = 2): Promise<Frames> {
  return page.evaluate<Frames>(`new Promise((done) => {
    const at = ${scrollerOf(role)};
    at.scrollTop = 0;
    const began = performance.now();
    let frames = 0, last = began, longest = 0;
    const frame = () => {
      const now = performance.now();
      frames++;
      longest = Math.max(longest, now - last);
      last = now;
      at.scrollTop = ((now - began) / 1000) * 3 * at.clientHeight;
      if (now - began < ${1000 * seconds}) requestAnimationFrame(frame);
      else done({ perSecond: (1000 * frames) / (now - began), longest });
    };
    requestAnimationFrame(frame);
  })`);
}

/** Wheels over a pane while the pointer circles, an event a frame, for so many seconds. */
export function framesWhileZooming(pane: Locator, seconds = 3): Promise<Frames> {
  return pane.evaluate(async (canvas, duration) => {
    const world = globalThis as unknown as PageWorld;
    const host = (canvas as unknown as { parentElement: { getBoundingClientRect(): Box; dispatchEvent(event: unknown): void } })
      .parentElement;
    const { left, top, width, height } = host.getBoundingClientRect();
    const start = world.performance.now();
    let [frames, last, longest] = [0, start, 0];
    await new Promise<void>((resolve) => {
      const frame = (): void => {
        const now = world.performance.now();
        const time = now - start;
        if (time > duration) return resolve();
        frames++;
        longest = Math.max(longest, now - last);
        last = now;
        host.dispatchEvent(
          new world.WheelEvent('wheel', {
            ...{ deltaY: 18 * Math.cos(time / 300), bubbles: true, cancelable: true },
            clientX: left + width * (0.5 + 0.2 * Math.sin(time / 500)),
            clientY: top + height * (0.5 + 0.2 * Math.cos(time / 500)),
          }),
        );
        world.requestAnimationFrame(frame);
      };
      world.requestAnimationFrame(frame);
    });
    return { perSecond: (1000 * frames) / (world.performance.now() - start), longest };
  }, 1000 * seconds);
}

/** Moves a slider up and down, a step a frame, for so many seconds. */
export function framesWhileSliding(slider: Locator, seconds = 3): Promise<Frames> {
  return slider.evaluate(async (node, duration) => {
    const world = globalThis as unknown as PageWorld & { Event: new (kind: string, init: object) => unknown };
    const input = node as unknown as { min: string; max: string; dispatchEvent(event: unknown): void };
    // React looks at the element's own setter: the prototype's tells it of a change.
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(node), 'value')!;
    const [low, high] = [Number(input.min), Number(input.max)];
    const start = world.performance.now();
    let [frames, last, longest] = [0, start, 0];
    await new Promise<void>((resolve) => {
      const frame = (): void => {
        const now = world.performance.now();
        if (now - start > duration) return resolve();
        frames++;
        longest = Math.max(longest, now - last);
        last = now;
        set!.call(node, String(low + (high - low) * (0.3 + 0.25 * Math.sin((now - start) / 400))));
        input.dispatchEvent(new world.Event('input', { bubbles: true }));
        world.requestAnimationFrame(frame);
      };
      world.requestAnimationFrame(frame);
    });
    return { perSecond: (1000 * frames) / (world.performance.now() - start), longest };
  }, 1000 * seconds);
}
