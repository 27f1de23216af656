import type { Tx } from "#platform/db.ts";

export type NamedService = {
  id: string;
  name: string;
  currency: string;
  priceMinor: number;
  online: boolean;
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
};
export type NamedProfessional = { id: string; name: string };
export type Names = { services: readonly NamedService[]; professionals: readonly NamedProfessional[] };

const namedMax = 1000;

/** Also what is not offered now: what another tool sold may be over, or is given by few. */
export async function readNames(tx: Tx): Promise<Names> {
  const services = await tx
    .selectFrom("service")
    .select(["id", "name", "currency", "price_minor as priceMinor", "online", "duration_minutes as durationMinutes"])
    .select(["buffer_before_minutes as bufferBeforeMinutes", "buffer_after_minutes as bufferAfterMinutes"])
    .where("deleted_at", "is", null)
    .orderBy("position")
    .limit(namedMax)
    .execute();
  const professionals = await tx
    .selectFrom("professional")
    .select(["id", "name"])
    .where("deleted_at", "is", null)
    .orderBy("position")
    .limit(namedMax)
    .execute();
  return { services, professionals };
}

type Found<Named> = { found: Named } | { problem: "unknown" | "twice"; known: string[] };
/** A problem names so many. */
const knownShownMax = 20;

/** Finds by name, whatever its case, accents and spaces. Two of one name are nobody. */
export function finderOf<Named extends { name: string }>(all: readonly Named[]): (given: string) => Found<Named> {
  const byName = Map.groupBy(all, ({ name }) => plain(name));
  const known = all.slice(0, knownShownMax).map(({ name }) => name);
  return (given) => {
    const [found, other] = byName.get(plain(given)) ?? [];
    if (!found) return { problem: "unknown", known };
    return other ? { problem: "twice", known: [found.name, other.name] } : { found };
  };
}

const plain = (name: string): string => name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().trim().replaceAll(/\s+/gu, " ");
