export type Clock = {
  /** Milliseconds since 1970: the real time plus everything it was advanced by. */
  now(): number;
  /** Moves the clock. Resolves when everything that fell due is done. */
  advance(seconds: number): Promise<void>;
  at(dueMs: number, task: () => Promise<void>): void;
  /** How many things wait for their time. */
  waiting(): number;
  /** Aborts when the simulators stop, so that nothing is waited for. */
  stopped: AbortSignal;
  clear(): void;
  stop(): Promise<void>;
};

const tickMs = 250;

/** A clock that tests push forward, so that nobody waits for a retry after 24 hours. */
export function createClock(): Clock {
  let offsetMs = 0;
  let queue: { dueMs: number; task: () => Promise<void> }[] = [];
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const now = () => Date.now() + offsetMs;

  async function runDue(): Promise<void> {
    for (;;) {
      const due = queue.filter((entry) => entry.dueMs <= now()).sort((a, b) => a.dueMs - b.dueMs);
      if (due.length === 0) return;
      queue = queue.filter((entry) => !due.includes(entry));
      await Promise.all(due.map((entry) => entry.task()));
    }
  }

  function track(run: Promise<void>): Promise<void> {
    const tracked = run.finally(() => running.delete(tracked));
    running.add(tracked);
    return tracked;
  }

  const timer = setInterval(() => void track(runDue()), tickMs);

  return {
    now,
    async advance(seconds) {
      offsetMs += seconds * 1000;
      void track(runDue());
      await Promise.all(running);
    },
    at(dueMs, task) {
      queue.push({ dueMs, task });
    },
    waiting: () => queue.length,
    stopped: stopping.signal,
    clear() {
      queue = [];
    },
    async stop() {
      clearInterval(timer);
      queue = [];
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
}
