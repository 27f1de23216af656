import type { ConnectionAnswer } from "#contracts/merchant/connections.ts";
import { type Offerable, unfitReason, unfitReasons } from "#domain/choice/payment-offers.ts";
import type { Sold } from "#queries/merchant/sold.ts";

/** For which services customers are not offered an account, and why, by the rule that offers it. */
export function unfitFor(account: Offerable, { country, services }: Sold): ConnectionAnswer["unfit"] {
  const found = services.map((service) => ({ name: service.name, reason: unfitReason(account, { ...service, country }) }));
  return unfitReasons.flatMap((reason) => {
    const names = found.filter((each) => each.reason === reason).map(({ name }) => name);
    if (names.length === 0) return [];
    return [{ reason, services: names.length === services.length ? [] : names }];
  });
}
