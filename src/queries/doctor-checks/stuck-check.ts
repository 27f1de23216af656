import { type WayOut, waysOut } from "#domain/ways-out.ts";
import type { Check } from "./check.ts";

/** Rows that time should have moved on. */
function leftIn(place: string, ways: Record<string, WayOut<string>>, id = "id"): string[] {
  return Object.entries(ways).flatMap(([state, way]) =>
    way === "over" || "person" in way
      ? []
      : [`select tenant_id, ${id} as id from ${place} = '${state}' and ${way.since} < now() - interval '${way.minutesMax} minutes'`],
  );
}

export const stuckCheck: Check = {
  promise: "money",
  problem: "a row is in a state that time should have ended",
  query: [
    ...leftIn("checkout where status", waysOut.checkout),
    ...leftIn("payment where status", waysOut.payment),
    ...leftIn("slot_claim where state", waysOut.slot_claim),
    ...leftIn("stock_claim where state", waysOut.stock_claim, "checkout_id"),
    ...leftIn("discount_claim where state", waysOut.discount_claim, "checkout_id"),
    // A signed event's unknown charge is asked for longer than a case may be open.
    ...leftIn("refund_case where unproven is null and state", waysOut.refund_case),
    ...leftIn("inbox_event where state", waysOut.inbox_event),
    ...leftIn("follow_up where job <> 'deliver-callback' and state", waysOut.follow_up),
    ...leftIn("follow_up where job = 'deliver-callback' and state", waysOut.callback),
  ].join(" union all "),
};
