import type { FieldErrors, Resolver, ResolverResult } from "react-hook-form";
import { readEmail, readName, readPhone } from "#contracts/contact.ts";

export type CheckoutValues = {
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  isForOther: boolean;
  receiverFirstName: string;
  receiverLastName: string;
  receiverPhone: string;
  address: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
  note: string;
  acceptedTerms: boolean;
};

export type FieldName = keyof CheckoutValues;
/** What can be wrong. */
export type CheckedName = Exclude<FieldName, "isForOther">;
/** In the order of the page: the first wrong one gets the focus. */
export const fieldNames = [
  "firstName",
  "lastName",
  "email",
  "phone",
  "isForOther",
  "receiverFirstName",
  "receiverLastName",
  "receiverPhone",
  "address",
  "city",
  "region",
  "postalCode",
  "country",
  "note",
  "acceptedTerms",
] as const satisfies readonly FieldName[];

const addressShort = 3;

/** Reports only which fields are wrong; the catalogue has the words. */
export function checkoutResolver(needsAddress: boolean): Resolver<CheckoutValues> {
  return (given) => readValues(given, needsAddress);
}

function readValues(given: CheckoutValues, needsAddress: boolean): ResolverResult<CheckoutValues> {
  const tidy = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typeof value === "string" ? value.trim() : value]),
  ) as CheckoutValues;
  const errors: FieldErrors<CheckoutValues> = {};
  readNames(tidy, errors, ["firstName", "lastName"]);
  const email = readEmail(given.email);
  if (email?.unsendable !== false) errors.email = { type: email ? "unsendable" : "invalid" };
  const phone = readPhone(given.phone);
  if (phone === null) errors.phone = { type: tidy.phone === "" ? "missing" : "invalid" };
  const isForOther = needsAddress && tidy.isForOther;
  if (isForOther) {
    readNames(tidy, errors, ["receiverFirstName", "receiverLastName"]);
    if (tidy.receiverPhone !== "" && readPhone(given.receiverPhone) === null) errors.receiverPhone = { type: "invalid" };
  }
  if (needsAddress) {
    if (tidy.address.length < addressShort) errors.address = { type: "missing" };
    if (tidy.city === "") errors.city = { type: "missing" };
    if (tidy.country === "") errors.country = { type: "missing" };
  }
  if (!given.acceptedTerms) errors.acceptedTerms = { type: "missing" };
  if (Object.keys(errors).length > 0 || email === null || phone === null) return { values: {}, errors };
  return { values: { ...tidy, isForOther, email: email.address, phone }, errors: {} };
}

const nameFields = ["firstName", "lastName", "receiverFirstName", "receiverLastName"] as const;
type NameField = (typeof nameFields)[number];
export const isNameField = (name: FieldName): name is NameField => nameFields.some((each) => each === name);

function readNames(tidy: CheckoutValues, errors: FieldErrors<CheckoutValues>, names: readonly NameField[]): void {
  for (const name of names) {
    if (tidy[name] === "") errors[name] = { type: "missing" };
    // One letter is a name, and alone it is none.
    else if (readName(`${tidy[name]} ${tidy[name]}`) === null) errors[name] = { type: "invalid" };
  }
}
