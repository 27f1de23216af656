import { databaseNow } from "#platform/connection-check.ts";

/** For pages, which compare it with the ends of holds. Milliseconds since the epoch. */
export const timeNow = (): number => databaseNow();
