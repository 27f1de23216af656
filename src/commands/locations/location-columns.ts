import { readPhone } from "#contracts/contact.ts";
import { Refusal } from "#contracts/problem.ts";
import type { LocationChanges } from "#contracts/settings/tenant.ts";
import type { Tx } from "#platform/db.ts";
import { e164 } from "../phone-number.ts";

/** Undefined fields stay as they are. Refuses: phone_invalid, naming the field. */
export async function locationColumns(tx: Tx, given: LocationChanges) {
  const { country } = await tx.selectFrom("tenant").select("country").executeTakeFirstOrThrow();
  return {
    name: given.name,
    address: given.address,
    directions: given.directions,
    map_url: given.mapUrl,
    phone: storedPhone(given.phone, "phone", country),
    whatsapp: storedPhone(given.whatsapp, "whatsapp", country),
    email: given.email,
  };
}

function storedPhone(given: string | null | undefined, path: "phone" | "whatsapp", country: string): string | null | undefined {
  if (!given) return given;
  const phone = e164(readPhone(given) ?? "", country);
  if (phone !== null) return phone;
  const message = `not a phone number of ${country} or an international one`;
  throw new Refusal("phone_invalid", undefined, [{ path, message }]);
}
