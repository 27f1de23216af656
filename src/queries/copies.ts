import { isListening, onChange } from "#platform/changes.ts";

/** Stale-while-revalidate: fresh for `freshMs` less up to `spreadMs`, served until `goneMs`. */
export type Lifetime = { freshMs: number; spreadMs: number; goneMs: number };
type Forget = (tenantId: string | null) => void;

/** Changes are announced; one made by hand, in SQL, is seen after a minute at most. */
const whileTold: Lifetime = { freshMs: 50_000, spreadMs: 10_000, goneMs: 60_000 };
/** While a notification could be missed, an old price may be served only for a moment. */
const whileUntold: Lifetime = { freshMs: 2000, spreadMs: 1000, goneMs: 4000 };

const forgets = new Set<Forget>();
let isTold = false;
let changes = 0;

/** Calls `forget` with the changed tenant, or with null if a change may have been missed. */
export function forgetOnChange(forget: Forget): void {
  forgets.add(forget);
}

export function copyLifetime(): Lifetime {
  if (!isTold) {
    isTold = true;
    onChange("konfirmado_catalog", "*", (tenantId) => {
      changes += 1;
      for (const forget of forgets) forget(tenantId);
    });
  }
  return isListening() ? whileTold : whileUntold;
}

/** What was read while this number changed may be stale. */
export function changesSeen(): number {
  return changes;
}
