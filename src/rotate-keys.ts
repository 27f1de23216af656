import { resealAnswers } from "#commands/bookings/reseal-answers.ts";
import { rotateKeys } from "#commands/connections/rotate-keys.ts";
import { closeDb } from "#platform/db.ts";
import { readArguments } from "#scripts/plain/arguments.mjs";

/** Exits with 1 if a secret cannot be read with the given keys: then keep every old key. */
readArguments();
const connections = await rotateKeys();
const answers = await resealAnswers();
const [resealed, current] = [connections.resealed + answers.resealed, connections.current + answers.current];
console.log(`${resealed} secrets sealed anew with the first key, ${current} already were`);
for (const id of connections.unreadable) console.error(`connection ${id} cannot be read with any of ENCRYPTION_KEYS`);
for (const id of answers.unreadable) console.error(`an answer of booking ${id} cannot be read with any of ENCRYPTION_KEYS`);
await closeDb();
process.exitCode = connections.unreadable.length + answers.unreadable.length === 0 ? 0 : 1;
