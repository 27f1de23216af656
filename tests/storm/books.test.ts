import { expect, test } from "vitest";
import { newReference } from "#platform/ids.ts";
import type { SeenCharge } from "../support/payers/payer.ts";
import { bookProblems, type Cover, price } from "./books.ts";
import { newOutside, type Outside } from "./sea.ts";

/** The kept controls of the storm's look at the provider's books: each broken guarantee is named. */
const reference = newReference();
const shop = "SHOP-1";
const paid: SeenCharge = { id: "c1", reference, state: "approved", ...price };
const booked: Cover = {
  ...{ chargeId: "c1", reference, priceMinor: price.amountMinor, outcome: "paid", checkout: "standing", reversalAnswer: null },
  ...{ refund: null, backMinor: null, backCurrency: null },
};
const sentBack: Cover = { ...booked, outcome: "refund_case", checkout: null, refund: "done", backMinor: 150_000, backCurrency: "COP" };

type Story = { charge?: Partial<SeenCharge>; cover?: Cover | null; outside?: Partial<Record<keyof Outside, true>> };

function problems({ charge = {}, cover = booked, outside = {} }: Story): string[] {
  const done = newOutside();
  for (const what of ["foreign", "reversed", "decided", "reworded"] as const) if (outside[what]) done[what].add(paid.id);
  return bookProblems({ charges: [{ ...paid, ...charge }], covers: cover ? [cover] : [], outside: done });
}

test.each<[string, Story]>([
  ["a booking that was paid with its price", {}],
  ["an order that was paid with its price", { charge: { amountMinor: 10_100_000 }, cover: { ...booked, priceMinor: 10_100_000 } }],
  ["other money that went back whole", { charge: { amountMinor: 150_000 }, cover: sentBack }],
  ["a sale of the shop", { charge: { reference: shop }, cover: null, outside: { foreign: true } }],
  [
    "a void whose question is open",
    { charge: { state: "voided" }, cover: { ...booked, reversalAnswer: "open" }, outside: { reversed: true } },
  ],
  ["money that came and went unseen", { charge: { state: "voided" }, cover: null, outside: { reversed: true } }],
  ["an approval that was told again with other money", { charge: { amountMinor: 150_000 }, outside: { reworded: true } }],
])("nothing is wrong with %s", (_, story) => {
  expect(problems(story)).toEqual([]);
});

test.each<[string, Story]>([
  ["is a booking", { charge: { amountMinor: 150_000 } }],
  ["is a booking", { charge: { currency: "USD" } }],
  ["is a booking", { cover: { ...booked, priceMinor: 10_100_000 } }],
  ["150000 COP went back", { charge: { amountMinor: 160_000 }, cover: sentBack }],
  ["150000 COP went back", { charge: { amountMinor: 150_000, currency: "USD" }, cover: sentBack }],
  ["own sale SHOP-1 is voided", { charge: { reference: shop, state: "voided" }, cover: null, outside: { foreign: true } }],
  ["SHOP-1 is in our books", { charge: { reference: shop }, cover: { ...booked, reference: shop }, outside: { foreign: true } }],
  ["a refund case for SHOP-1, which is not ours", { charge: { id: "other" }, cover: { ...sentBack, reference: shop } }],
  ["nobody was asked", { charge: { state: "voided" }, outside: { reversed: true } }],
  [
    "its booking is over",
    { charge: { state: "voided" }, cover: { ...booked, checkout: "over", reversalAnswer: "open" }, outside: { reversed: true } },
  ],
  ["its booking is standing", { charge: { state: "voided" }, cover: { ...booked, reversalAnswer: "cancel" }, outside: { reversed: true } }],
  ["and pays a booking", { charge: { state: "voided" }, cover: { ...booked, outcome: null }, outside: { reversed: true } }],
  ["is a booking all the same", { charge: { state: "voided" } }],
  ["is covered 0 times", { cover: { ...booked, checkout: "over" } }],
  ["is covered 2 times", { cover: { ...sentBack, checkout: "standing", backMinor: price.amountMinor } }],
  ["counts as money", { charge: { state: "declined" } }],
  ["is nowhere", { cover: null }],
])("seen: … %s (%#)", (words, story) => {
  expect(problems(story)).toContainEqual(expect.stringContaining(words));
});
