const secondsForOnePress = 1;

/**
 * Calls `stop` at the first Ctrl-C, SIGTERM or SIGHUP, or when the parent is gone, and `force` at a
 * second one. A terminal and npm may both pass on one Ctrl-C: repeats within a second are one
 * press.
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
