import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { closeDb } from "#platform/db.ts";
import { readArguments } from "#scripts/plain/arguments.mjs";

readArguments();
const { lapsedHolds, expiredBookings, deletedBookings } = await cleanupUnpaid();
console.log(`${lapsedHolds} lapsed holds relabelled, ${expiredBookings} bookings expired, ${deletedBookings} unpaid bookings deleted`);
await closeDb();
