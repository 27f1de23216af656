import { copyLifetime, forgetOnChange } from "./copies.ts";

/** `tenantId` is null until it is known. `isOld`: a change was announced after the read began. */
type Kept<Of> = {
  readAt: number;
  spread: number;
  copy: Promise<Of>;
  tenantId: string | null;
  isReadAnew: boolean;
  isOld: boolean;
};
export type Shelf<Of> = { load(key: string): Promise<Of>; forget(): void };

const copiesMax = 2000;

/**
 * Caches reads of a tenant's catalogue until a change is announced (copies.ts). An unchanged copy
 * stays the same object, so that slot grids can be cached by it. Copies expire at random moments,
 * so that they do not all reload at once.
 */
export function createShelf<Of extends { tenant: { id: string } }>(readCopy: (key: string) => Promise<Of>): Shelf<Of> {
  const kept = new Map<string, Kept<Of>>();
  forgetOnChange((tenantId) => {
    for (const entry of kept.values()) if (!tenantId || !entry.tenantId || entry.tenantId === tenantId) entry.isOld = true;
  });

  const keep = (key: string, entry: Kept<Of>): void => {
    if (kept.size >= copiesMax) kept.clear();
    kept.set(key, entry);
  };
  const read = (key: string, before: Promise<Of> | undefined): Kept<Of> => {
    const copy = sameIfEqual(readCopy(key), before);
    const entry: Kept<Of> = { readAt: Date.now(), spread: Math.random(), copy, tenantId: null, isReadAnew: false, isOld: false };
    copy.then(
      ({ tenant }) => {
        entry.tenantId = tenant.id;
      },
      () => kept.get(key) === entry && kept.delete(key),
    );
    return entry;
  };
  const replaceOnceRead = (key: string, old: Kept<Of>): void => {
    const next = read(key, old.copy);
    // A change that was announced meanwhile makes both copies stale.
    const isStillKept = () => kept.get(key) === old && !old.isOld;
    next.copy.then(
      () => isStillKept() && keep(key, next),
      () => isStillKept() && kept.delete(key),
    );
  };

  return {
    load(key) {
      const now = Date.now();
      const { freshMs, spreadMs, goneMs } = copyLifetime();
      let entry = kept.get(key);
      if (!entry || entry.isOld || now - entry.readAt > goneMs) {
        entry = read(key, entry?.copy);
        keep(key, entry);
      } else if (now - entry.readAt > freshMs - entry.spread * spreadMs && !entry.isReadAnew) {
        entry.isReadAnew = true;
        replaceOnceRead(key, entry);
      }
      return entry.copy;
    },
    forget: () => kept.clear(),
  };
}

/** Each copy as text, to see whether a reload has changed anything. */
const texts = new WeakMap<object, string>();

async function sameIfEqual<Of extends object>(reading: Promise<Of>, before: Promise<Of> | undefined): Promise<Of> {
  const [now, known] = await Promise.all([reading, before?.catch(() => undefined)]);
  const text = JSON.stringify(now);
  if (known && texts.get(known) === text) return known;
  texts.set(now, text);
  return now;
}
