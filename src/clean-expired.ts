import { cleanExpired } from "#commands/clean-expired.ts";
import { system as caller } from "#contracts/caller.ts";
import { closeDb } from "#platform/db.ts";
import { readArguments } from "#scripts/plain/arguments.mjs";

readArguments();
const { expired, deleted, deletedCarts } = await cleanExpired({ caller, input: { tenantId: null } });
console.log(`${expired} order sessions expired, ${deleted} unpaid ones deleted, ${deletedCarts} old carts deleted`);
await closeDb();
