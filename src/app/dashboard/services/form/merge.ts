import type { Draft, DraftKey } from "./draft.ts";

export type Merged = {
  draft: Draft;
  /** What somebody else changed, and this page now shows. */
  taken: DraftKey[];
  /** What both changed: mine stays until it is saved. */
  disputed: DraftKey[];
};

/** Nothing that either of the two typed is lost. */
export function mergeDrafts({ base, mine, theirs }: Record<"base" | "mine" | "theirs", Draft>): Merged {
  const keys = Object.keys(mine).filter((key): key is DraftKey => key in mine);
  const differ = (a: Draft, b: Draft) => keys.filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]));
  const byMe = differ(base, mine);
  const byThem = differ(base, theirs);
  const kept = Object.fromEntries(byMe.map((key) => [key, mine[key]]));
  return {
    draft: { ...theirs, ...kept },
    taken: byThem.filter((key) => !byMe.includes(key)),
    disputed: differ(mine, theirs).filter((key) => byMe.includes(key) && byThem.includes(key)),
  };
}
