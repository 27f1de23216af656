import { DELETE, GET, POST, PUT } from "#app/api/[[...path]]/route.ts";

/** Shops' addresses and one of the webhooks', where only Next runs. */
export const dynamic = "force-dynamic";

export { DELETE, GET, POST, PUT };
