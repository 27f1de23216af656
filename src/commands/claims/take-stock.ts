import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";

/** One line for each variant. `customer`: the e-mail address that uses of a code count by. */
export type Taking = {
  tenantId: string;
  checkoutId: string;
  lines: { variantId: string; quantity: number }[];
  discount: { id: string; customer: string } | null;
  /** When it lapses without a payment: `claimEnd` of the end that the customer sees. */
  expiresAt: Date;
};

type Wanted = { tenantId: string; variantIds: string[]; discountId: string | null };

/** Others have what was wanted. `askingIfStockTaken` has their providers asked. */
export class StockTaken extends Refusal {
  readonly wanted: Wanted;
  constructor(code: "out_of_stock" | "discount_used_up", wanted: Wanted, lines?: { variantId: string; available: number }[]) {
    super(code, undefined, undefined, lines ? { lines } : {});
    this.wanted = wanted;
  }
}

/**
 * Takes all lines and the use of a code, or nothing, as the last step of a transaction: it locks
 * the variants until the commit. Refuses: out_of_stock (with what is left), discount_used_up.
 */
export async function takeStock(tx: Tx, { tenantId, checkoutId, lines, discount, expiresAt }: Taking): Promise<void> {
  const { rows } = await sql<{ variantId: string | null; available: number }>`
    select missing_id as "variantId", available
    from take_stock(${tenantId}, ${checkoutId}, ${JSON.stringify(lines)}::jsonb, ${discount?.id ?? null}::uuid,
      ${discount?.customer.toLowerCase() ?? null}, ${expiresAt})`.execute(tx);
  if (rows.length === 0) return;
  const missing = rows.flatMap(({ variantId, available }) => (variantId === null ? [] : [{ variantId, available }]));
  if (missing.length === 0) throw new StockTaken("discount_used_up", { tenantId, variantIds: [], discountId: discount?.id ?? null });
  const variantIds = missing.map(({ variantId }) => variantId);
  throw new StockTaken("out_of_stock", { tenantId, variantIds, discountId: null }, missing);
}

/**
 * Whoever wants what a paying claim keeps beyond the end that its customer sees has its provider
 * asked. In a transaction of its own, because the refusal has rolled back the one of `run`.
 */
export async function askingIfStockTaken<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof StockTaken) await askAboutStock(error.wanted);
    throw error;
  }
}

async function askAboutStock({ tenantId, variantIds, discountId }: Wanted): Promise<void> {
  await inTenant(tenantId, (tx) => sql`select ask_about_stock(${tenantId}, ${variantIds}::uuid[], ${discountId}::uuid)`.execute(tx));
}
