/** Calls `act` once for all calls within so many milliseconds from the first. */
export function gathered(act: () => void, milliseconds: number): { readonly call: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    call: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        act();
      }, milliseconds);
    },
    stop: () => clearTimeout(timer),
  };
}
