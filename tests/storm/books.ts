import { hasBeenApproved, isMoneyGone } from "#domain/payment-states.ts";
import { isOurReference } from "#platform/ids.ts";
import type { SeenCharge } from "../support/payers/payer.ts";
import { type Outside, rowsOf, type Sea } from "./sea.ts";

/** Every booking of a storm costs this: see clinic.ts. */
export const price = { amountMinor: 10_000_000, currency: "COP" };

/** What our rows make of one charge. */
export type Cover = {
  chargeId: string;
  reference: string;
  /** What its checkout costs: that of a booking by `price`, that of an order as its customer saw it (buying.ts). */
  priceMinor: number | null;
  outcome: string | null;
  /** The checkout that it paid, whatever became of it. */
  checkout: "standing" | "over" | null;
  reversalAnswer: "open" | "keep" | "cancel" | null;
  refund: string | null;
  backMinor: number | null;
  backCurrency: string | null;
};

/**
 * The provider's own books against ours: every approved charge under a reference of ours is one
 * booking's or one refund case's, and nothing else is.
 */
export async function moneyProblems(sea: Sea, charges: SeenCharge[]): Promise<string[]> {
  const covers = await rowsOf<Cover>(
    sea,
    `select c.provider_charge_id as "chargeId", c.reference, case when k.kind = 'order' then k.amount_minor::int else ${price.amountMinor} end as "priceMinor",
       c.outcome, case when k.id is null then null
         when k.status in ('paid', 'confirmed') then 'standing' else 'over' end as checkout, k.reversal_answer as "reversalAnswer",
       r.state as refund, r.amount_minor::int as "backMinor", r.currency as "backCurrency"
     from charge c left join refund_case r on r.tenant_id = c.tenant_id and r.charge_id = c.id
       left join checkout k on k.tenant_id = c.tenant_id and k.paid_charge_id = c.id where c.tenant_id = $1`,
  );
  return [...bookProblems({ charges, covers, outside: sea.outside }), ...(await soldDespiteApproval(sea))];
}

type Books = { charges: SeenCharge[]; covers: Cover[]; outside: Outside };

export function bookProblems({ charges, covers, outside }: Books): string[] {
  const coversOf = Map.groupBy(covers, ({ chargeId }) => chargeId);
  const foreign = covers.filter(({ refund, reference }) => refund !== null && !isOurReference(reference));
  return [
    ...foreign.map(({ reference }) => `a refund case for ${reference}, which is not ours`),
    ...charges.flatMap((charge) => {
      const [cover, ...more] = coversOf.get(charge.id) ?? [];
      if (more.length > 0) return [`${charge.reference} has more than one row`];
      if (outside.foreign.has(charge.id)) return foreignProblems(charge, cover);
      if (outside.reversed.has(charge.id)) return reversedProblems(charge, cover);
      return [...coverProblems(charge, cover), ...(outside.reworded.has(charge.id) ? [] : amountProblems(charge, cover))];
    }),
  ];
}

/** The merchant's own sale is nobody's business here. */
function foreignProblems({ reference, state }: SeenCharge, cover: Cover | undefined): string[] {
  return [
    ...(state === "approved" ? [] : [`the merchant's own sale ${reference} is ${state}`]),
    ...(cover ? [`the merchant's own sale ${reference} is in our books`] : []),
  ];
}

/** A booking stands until somebody has answered. Money that came and went unseen never was one. */
function reversedProblems({ reference }: SeenCharge, cover: Cover | undefined): string[] {
  if (!cover || cover.outcome === null) return cover?.checkout ? [`${reference} went back before it was known, and pays a booking`] : [];
  if (cover.refund !== null) return cover.refund === "done" ? [] : [`${reference} went back, and its refund case is ${cover.refund}`];
  if (cover.reversalAnswer === null) return [`${reference} went back in the panel and nobody was asked`];
  const should = cover.reversalAnswer === "cancel" ? "over" : "standing";
  return cover.checkout === should
    ? []
    : [`${reference} went back, the answer is ${cover.reversalAnswer}, and its booking is ${cover.checkout}`];
}

function coverProblems({ reference, state }: SeenCharge, cover: Cover | undefined): string[] {
  const isMoney = hasBeenApproved(state);
  if (!isMoney) return cover?.outcome ? [`${state} ${reference} counts as money`] : [];
  if (!cover) return [`${state} ${reference} is nowhere`];
  const times = Number(cover.checkout === "standing") + Number(cover.refund !== null);
  if (times !== 1) return [`${state} ${reference} is covered ${times} times`];
  if (cover.refund !== null && cover.refund !== "done") return [`${reference}: the refund case is ${cover.refund}`];
  return isMoneyGone(state) && cover.checkout === "standing" ? [`${reference} was sent back and is a booking all the same`] : [];
}

/** What was approved at last counts: a booking has its price, and a refund case all of the money. */
function amountProblems({ reference, amountMinor, currency }: SeenCharge, cover: Cover | undefined): string[] {
  const told = `${amountMinor} ${currency}`;
  const isPriced = amountMinor === cover?.priceMinor && currency === price.currency;
  const isWhole = amountMinor === cover?.backMinor && currency === cover.backCurrency;
  return [
    ...(cover?.checkout === "standing" && !isPriced ? [`${reference} was paid with ${told} and is a booking`] : []),
    ...(cover?.refund && !isWhole ? [`${reference} brought ${told}, and ${cover.backMinor} ${cover.backCurrency} went back`] : []),
  ];
}

/** A signed approval that was stored before its hold ended keeps the slot until it is settled. */
async function soldDespiteApproval(sea: Sea): Promise<string[]> {
  const sold = await rowsOf<{ reference: string }>(
    sea,
    `select distinct c.reference from refund_case r join charge c on c.tenant_id = r.tenant_id and c.id = r.charge_id
       join checkout k on k.tenant_id = r.tenant_id and k.id = r.checkout_id
       join inbox_event e on e.tenant_id = c.tenant_id and e.provider_charge_id = c.provider_charge_id and e.is_approval
         and e.reference = c.reference
     where r.tenant_id = $1 and r.reason = 'capacity_gone' and e.received_at < k.ends_at
       and not exists (select from event f where f.tenant_id = k.tenant_id and f.subject_id = k.id and f.kind = k.kind || '.failed'
         and f.created_at < e.received_at)`,
  );
  return sold.map(({ reference }) => `${reference} had its approval stored before its hold ended, and lost its slot`);
}
