import { readPhone } from "#contracts/contact.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Address, AddressGiven } from "#contracts/shop/order-session.ts";
import { e164 } from "../phone-number.ts";

/**
 * A number without `+` is read in the country of the address; without any, it is the customer's
 * own. Refuses: phone_invalid.
 */
export function storedAddress(given: AddressGiven, customer: { phone: string }): Address {
  if (given.phone === null) return { ...given, phone: customer.phone };
  const phone = e164(readPhone(given.phone) ?? "", given.country);
  if (phone !== null) return { ...given, phone };
  const message = `not a phone number of ${given.country} or an international one`;
  throw new Refusal("phone_invalid", undefined, [{ path: "address.phone", message }]);
}
