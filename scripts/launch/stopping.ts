const secondsForOnePress = 1;

/**
 * Calls `stop` once, at the first Ctrl-C, SIGTERM, SIGHUP or when the parent is gone; `force` at a second one. A terminal and npm may
 * each pass on the same Ctrl-C, so repeats within a second are the same press.
 */
export function onStopWish(stop: () => void, force: () => void): void {
  let firstAt = 0;
  const wish = () => {
    const now = Date.now();
    if (!firstAt) {
      firstAt = now;
      stop();
    } else if (now - firstAt > secondsForOnePress * 1000) force();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, wish);
  if (process.channel) {
    process.on("disconnect", wish);
    process.channel.unref();
  }
}
