const lookEveryMs = 100;

/** Waits for a fact outside vitest too: looks until the answer is no complaint any more, or throws the last one. */
export function until(complaint: () => Promise<string | null>, timeoutMs: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const deadline = Date.now() + timeoutMs;
  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    const heard = await complaint().catch((error: unknown) => `could not look: ${error}`);
    isLooking = false;
    if (heard !== null && Date.now() < deadline) return;
    clearInterval(timer);
    if (heard === null) resolve();
    else reject(new Error(heard));
  }, lookEveryMs);
  return promise;
}
