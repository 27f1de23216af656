import { rotateKeys } from "#commands/connections/rotate-keys.ts";
import { closeDb } from "#platform/db.ts";

/** Exits with 1 if a secret cannot be read with the given keys: then keep every old key. */
const { resealed, current, unreadable } = await rotateKeys();
console.log(`${resealed} secrets sealed anew with the first key, ${current} already were`);
for (const id of unreadable) console.error(`connection ${id} cannot be read with any of ENCRYPTION_KEYS`);
await closeDb();
process.exitCode = unreadable.length === 0 ? 0 : 1;
