/** The plan's words where ours differ. All others are ours with `_` for the dot. */
const planWords: Readonly<Record<string, string>> = {
  "payment.started": "payment_attempted",
};

/** `link.created` as `link_created`. */
export const actionOf = (kind: string): string => planWords[kind] ?? kind.replaceAll(".", "_");

/** `link.created` begins with `link`. */
const firstWordOf = (kind: string): string => kind.split(".")[0] ?? kind;

/** What people look for together. Any other first word is a group of its own. */
const groups: Readonly<Record<string, readonly string[]>> = {
  booking: ["booking", "rest"],
  service: ["service", "services"],
  professional: ["professional", "professionals", "openings", "opening_exception", "calendar_invitation", "oauth_failure"],
  payment: ["payment", "payments", "payment_provider_error", "inbox_event"],
  tenant: ["tenant", "image"],
  customer: ["customer", "customers"],
  order: ["order", "order_sessions"],
  product: ["product", "products", "stock"],
  shop: ["shop", "discount", "shipping_option", "shipping_options"],
};
export const firstWordsOf = (group: string): readonly string[] => groups[group] ?? [group];

const planEntities: Readonly<Record<string, string>> = { link: "booking_link" };
/** Ids in the details that lead to no row of the merchant's. */
const notEntities = new Set(["requestId"]);

type Logged = { kind: string; subject: { kind: string; id: string }; details: Readonly<Record<string, unknown>> };

/** What an event is about: the row that its details name, else its subject. */
export function entityOf({ kind, subject, details }: Logged): { type: string; id: string } {
  // A callback is about the fact that it tells.
  const about = typeof details["about"] === "string" ? details["about"] : kind;
  if (subject.kind === "checkout") return { type: firstWordOf(about), id: subject.id };
  if (subject.kind !== "tenant") return { type: subject.kind, id: subject.id };
  const named = Object.entries(details).find(([name, id]) => name.endsWith("Id") && !notEntities.has(name) && typeof id === "string");
  if (!named) return { type: "tenant", id: subject.id };
  const word = named[0].slice(0, -2).replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { type: planEntities[word] ?? word, id: String(named[1]) };
}
