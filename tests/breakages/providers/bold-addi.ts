import type { Breakage } from "../breakage.ts";

const bold = "tests/providers/bold.test.ts";
const addi = "tests/providers/addi.test.ts";

/** What Bold and Addi ask of an adapter beside what all providers ask. */
export const boldAndAddi: Breakage[] = [
  {
    guarantee: "the empty key signs nothing in production",
    file: "src/providers/payments/bold/webhook.ts",
    find: 'mode === "test" && isOnlyCandidate',
    replace: "isOnlyCandidate",
    noticedBy: [bold],
    test: "the empty key proves something only in test mode",
  },
  {
    guarantee: "the empty key signs nothing where another connection can be meant",
    file: "src/providers/payments/bold/webhook.ts",
    find: 'mode === "test" && isOnlyCandidate',
    replace: 'mode === "test"',
    noticedBy: [bold],
    test: "the empty key proves something only in test mode",
  },
  {
    guarantee: "a tip is not a part of the amount",
    file: "src/providers/payments/bold/notification.ts",
    find: "amountMinor: amount.total - tipMinor",
    replace: "amountMinor: amount.total",
    noticedBy: [bold],
    test: "a tip is told beside the amount",
  },
  {
    guarantee: "money of the other environment is not ours",
    file: "src/providers/payments/bold/look-up.ts",
    find: 'charge.foreign = "environment"',
    replace: "charge.currency = charge.currency",
    noticedBy: [bold],
    test: "a link of the other environment",
  },
  {
    guarantee: "a link that is still open is no answer after its end",
    file: "src/providers/payments/bold/look-up.ts",
    find: "if (charges.length === 0 && isOpen)",
    replace: "if (charges.length > 0 && isOpen)",
    noticedBy: [bold],
    test: "a link whose end has passed",
  },
  {
    guarantee: "a full search that may hide charges says so",
    file: "src/providers/payments/bold/look-up.ts",
    find: "notifications.length >= notificationsMax",
    replace: "notifications.length > notificationsMax",
    noticedBy: [bold],
    test: "pages beyond the last that is read are reported",
  },
  {
    guarantee: "all tabs show the page that is asked about",
    file: "src/commands/payments/checkout-answer.ts",
    find: "coalesce(checkout_url, ${page.checkoutUrl})",
    replace: "${page.checkoutUrl}",
    noticedBy: ["tests/engine/facts/one-page.test.ts"],
  },
  {
    guarantee: "a callback tells only of the order whose address it came to",
    file: "src/providers/payments/addi/callback.ts",
    find: '|| !isSameText(url.searchParams.get("t") ?? "", orderWord(credentials, callback.orderId))',
    replace: "",
    noticedBy: [addi],
    test: "a callback needs the pair",
  },
  {
    guarantee: "a provider that cannot be asked never says that there is no money",
    file: "src/providers/payments/addi/addi.ts",
    find: "unreadable: [{ providerChargeId: null, why: cannotBeAsked }]",
    replace: "unreadable: []",
    noticedBy: [addi],
    test: "before anybody pays there is no charge",
  },
  {
    guarantee: "the answer to a callback is its very bytes",
    file: "src/providers/payments/addi/addi.ts",
    find: 'new TextDecoder("utf-8", { ignoreBOM: true }).decode(rawBody)',
    replace: "JSON.stringify(JSON.parse(new TextDecoder().decode(rawBody)))",
    noticedBy: [addi],
    test: "the answer is exactly the bytes that came",
  },
  {
    guarantee: "the password of the callbacks is not kept with them",
    file: "src/providers/payments/addi/addi.ts",
    find: "webhookHeaders: [],",
    replace: 'webhookHeaders: ["authorization"],',
    noticedBy: [addi],
    test: "the headers that are kept",
  },
  {
    guarantee: "scrubbing leaves an order its name, so that its stored callback can be read",
    file: "src/providers/payments/addi/api.ts",
    find: '(?<!"(?:orderId|applicationId)":"[^"]*)',
    replace: "",
    noticedBy: [addi],
    test: "scrubbing keeps the names",
  },
];
