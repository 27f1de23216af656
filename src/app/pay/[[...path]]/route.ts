import { GET } from "#app/api/[[...path]]/route.ts";

/** Providers send the customer back here, also where only Next runs. */
export const dynamic = "force-dynamic";

export { GET };
