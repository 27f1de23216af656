import { readEmail, readPhone } from "#contracts/contact.ts";
import { Refusal } from "#contracts/problem.ts";
import { e164 } from "../phone-number.ts";

type Contact = { name: string; email: string; phone: string };

/**
 * What is kept of a customer's details: a number without `+` is read in the tenant's country and
 * becomes E.164, with `;ext=12` behind it (RFC 3966). Refuses: phone_invalid, email_unsendable.
 */
export function storedContact(given: Contact, country: string): Contact {
  if (readEmail(given.email)?.unsendable !== false) {
    const message = "mail servers carry only ASCII letters before the @";
    throw new Refusal("email_unsendable", undefined, [{ path: "customer.email", message }]);
  }
  const phone = e164(readPhone(given.phone) ?? "", country);
  if (phone !== null) return { ...given, phone };
  const message = `not a phone number of ${country} or an international one`;
  throw new Refusal("phone_invalid", undefined, [{ path: "customer.phone", message }]);
}
