import fc from "fast-check";
import { expect } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { changeStock } from "#commands/claims/change-stock.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { settleOrder } from "../../races/shop/orders.ts";
import type { Clinic } from "../../support/clinic.ts";
import { passTime } from "../../support/pass-time.ts";
import { openOrder } from "../../support/shop/order.ts";
import type { World } from "../../support/world.ts";
import { checkShelf } from "./invariants.ts";
import { fits, isLiving, type ModelSession, payInModel, pieces, type StockModel } from "./model.ts";

export type RealShop = { world: World; clinic: Clinic; variantIds: string[]; discountId: string };
type Command = fc.AsyncCommand<StockModel, RealShop>;

function command(
  name: string,
  run: (model: StockModel, real: RealShop) => Promise<void>,
  check: (model: StockModel) => boolean = () => true,
): Command {
  return {
    check,
    toString: () => name,
    async run(model, real) {
      await run(model, real);
      await checkShelf(model, real);
    },
  };
}

const code = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => "done",
    (error: unknown) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    },
  );

const checkOut = (lines: ReadonlyMap<number, number>, hasCode: boolean) =>
  command(`a cart of ${JSON.stringify([...lines])}${hasCode ? " with the code" : ""}`, async (model, real) => {
    const { tenantId } = real.clinic;
    const wanted = [...lines].map(([shelf, quantity]) => ({ variantId: real.variantIds[shelf] ?? "", quantity }));
    let made: Awaited<ReturnType<typeof openOrder>> | null = null;
    const email = `buyer${model.sessions.length}@example.com`;
    const open = async () => {
      made = await openOrder({ tenantId, lines: wanted, email, ...(hasCode && { discountId: real.discountId }) });
    };
    const ended = await code(open());
    const isDone = fits(model, { lines, hasCode });
    expect(ended === "done").toBe(isDone);
    if (!made) return expect(["out_of_stock", "discount_used_up"]).toContain(ended);
    const own: Awaited<ReturnType<typeof openOrder>> = made;
    const { rows } = await real.world.owner.query<{ minutes: number }>(
      "select extract(epoch from min(expires_at) - now())::float8 / 60 as minutes from stock_claim where checkout_id = $1",
      [own.id],
    );
    // The run itself takes moments: no jump ends within a minute of an end.
    model.sessions.push({
      ...own,
      lines,
      hasCode,
      status: "pending",
      until: model.now + Math.round(rows[0]?.minutes ?? 0),
      charge: "none",
    });
  });

const some = (model: StockModel, n: number): ModelSession | undefined => model.sessions[n % Math.max(1, model.sessions.length)];
const hasSessions = (model: StockModel) => model.sessions.length > 0;

/** In time, late, or once more. */
const pay = (n: number) =>
  command(
    `order session ${n} is paid`,
    async (model, real) => {
      const session = some(model, n);
      if (!session) return;
      await settleOrder(real.clinic, session);
      payInModel(model, session);
    },
    hasSessions,
  );

const cancel = (n: number) =>
  command(
    `order session ${n} is cancelled`,
    async (model, real) => {
      const session = some(model, n);
      if (session?.status !== "pending") return;
      await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: real.clinic.tenantId, checkoutId: session.id } });
      session.status = "cancelled";
    },
    hasSessions,
  );

/** The timers of all come. Whether the provider was asked is not the shelf's matter. */
const expire = () =>
  command(
    "the timers of all order sessions come",
    async (model, real) => {
      for (const session of model.sessions) {
        await expireCheckout({ tenantId: real.clinic.tenantId, checkoutId: session.id });
        const { rows } = await real.world.owner.query<{ status: string }>("select status from checkout where id = $1", [session.id]);
        if (rows[0]?.status !== "expired" || session.status !== "pending") continue;
        expect(isLiving(model, session)).toBe(false);
        session.status = "expired";
      }
    },
    hasSessions,
  );

const pass = (minutes: number) =>
  command(`${minutes} minutes pass`, async (model, real) => {
    await passTime(real.world, minutes);
    model.now += minutes;
  });

/** By hand: never below what somebody is paying for. */
const change = (shelf: number, quantity: number) =>
  command(`shelf ${shelf}: ${quantity} pieces`, async (model, real) => {
    const { tenantId } = real.clinic;
    const variantId = real.variantIds[shelf] ?? "";
    const reason = quantity > 0 ? ("received" as const) : ("damaged" as const);
    const ended = await code(inTenant(tenantId, (tx) => changeStock(tx, { tenantId, variantId, reason, quantity, actor: "operator" })));
    const living = model.sessions.filter((each) => isLiving(model, each)).reduce((sum, { lines }) => sum + (lines.get(shelf) ?? 0), 0);
    const after = (model.onHand[shelf] ?? 0) + quantity;
    expect(ended).toBe(after >= living ? "done" : "stock_reserved");
    if (ended === "done") model.onHand[shelf] = after;
  });

const n = fc.nat({ max: 9 });
const shelf = fc.nat({ max: pieces.length - 1 });
const cart = fc.uniqueArray(fc.tuple(shelf, fc.integer({ min: 1, max: 2 })), { minLength: 1, maxLength: 3, selector: ([at]) => at });

/** Weighted by repetition: what moves a story on comes oftener. */
export const stockCommands = [
  fc.tuple(cart, fc.boolean()).map(([lines, hasCode]) => checkOut(new Map(lines), hasCode)),
  fc.tuple(cart, fc.constant(false)).map(([lines, hasCode]) => checkOut(new Map(lines), hasCode)),
  n.map(pay),
  n.map(pay),
  n.map(cancel),
  fc.constant(expire()),
  fc.constantFrom(4, 4, 31, 71).map(pass),
  fc.tuple(shelf, fc.constantFrom(-1, 1, 2)).map(([at, quantity]) => change(at, quantity)),
];
