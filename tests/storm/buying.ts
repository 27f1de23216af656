import type { Problem } from "#contracts/problem.ts";
import type { CartQuote } from "#contracts/shop/cart.ts";
import { paysAt } from "../support/customer.ts";
import {
  buyer,
  enterCode,
  giveUp,
  leaveCode,
  newCart,
  orderState,
  payAgain,
  put,
  quote,
  readCart,
  sendOrder,
} from "../support/shop/shopper.ts";
import { pickDesk } from "./desks.ts";
import { bankAnswers, cancel, type Page, payAt, payForIt, someHabits } from "./paying.ts";
import type { Random } from "./random.ts";
import { ask, count, type Sea } from "./sea.ts";

/**
 * One customer of the shop from an empty cart to whatever end, as in walk.ts. Some want more than
 * there is, think again, leave and come back, or click twice.
 */
export async function* buy(sea: Sea, random: Random): AsyncGenerator<void> {
  const cartId = yield* fillCart(sea, random);
  if (!cartId) return count(sea, "shop: nothing in the cart");
  if (random.chance(0.25)) for (let away = random.below(5); away > 0; away -= 1) yield;
  let page = yield* reachPage(sea, random, cartId);
  if (!page) return count(sea, "shop: no order session");
  const askAgain = (at: Page, provider: string) => payAgain(sea.world, at, provider);
  if (random.chance(0.15)) {
    // Another wish takes the place of the first one, whose page may be paid all the same.
    const first = page;
    yield;
    const [line] = (await ask(sea, () => readCart(sea.world, cartId)))?.body.lines ?? [];
    if (line) await ask(sea, () => put(sea.world, cartId, line.variantId, line.quantity === 1 ? 2 : 1));
    page = (yield* reachPage(sea, random, cartId)) ?? first;
    if (page.id !== first.id) count(sea, "shop: replaced");
    if (page.id !== first.id && random.chance(0.5)) await payAt(sea, first, "approve", someHabits(random));
  }
  yield;
  const pending = yield* payForIt({ sea, random, askAgain }, page);
  if (random.chance(0.08)) await cancel(sea, page);
  if (random.chance(0.12)) await changeTheirMind(sea, page);
  for (const undecided of pending) yield* bankAnswers(sea, random, undecided);
  const last = page;
  await ask(sea, async () => ({ status: 200, body: await orderState(sea.world, last) }));
}

/** Returns the cart's id, or null if there was nothing to be had. */
async function* fillCart(sea: Sea, random: Random): AsyncGenerator<void, string | null> {
  const { world, shelf } = sea;
  const made = await ask(sea, () => newCart(world, shelf.shop));
  yield;
  if (made?.status !== 201) return null;
  const { id } = made.body;
  const goods = [...shelf.goods];
  let filled = 0;
  for (let lines = 1 + random.below(3); lines > 0; lines -= 1) {
    const [{ variantId } = { variantId: "" }] = goods.splice(random.below(goods.length), 1);
    const answer = await ask(sea, () => put(world, id, variantId, 1 + random.below(2)));
    if (answer?.status === 200) filled += 1;
    else count(sea, `shop: line refused: ${answer?.body.code}`);
    yield;
  }
  if (random.chance(0.4)) {
    const answer = await ask(sea, () => enterCode(world, id, shelf.code));
    count(sea, answer?.status === 200 ? "shop: code entered" : `shop: code refused: ${answer?.body.code}`);
  }
  return filled === 0 || random.chance(0.08) ? null : id;
}

/** Gives way to what is refused: fewer pieces, no code, the price of now. */
async function* reachPage(sea: Sea, random: Random, cartId: string): AsyncGenerator<void, Page | null> {
  const { world } = sea;
  const desk = pickDesk(random, sea.desks);
  for (let tries = 0; tries < 3; tries += 1) {
    const shown = await ask(sea, () => quote(world, cartId));
    if (shown?.status !== 200) return null;
    const key = random.chance(0.4) ? `${cartId} ${tries} ${sea.jumped} ${shown.body.totals.totalMinor}` : undefined;
    const customer = { ...buyer, email: `customer@${sea.clinic.link}.example` };
    const body = { customer, acceptedTerms: true, ...paysAt(desk.provider.id), seen: seenIn(shown.body) };
    yield;
    const tabs = random.chance(0.25) ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: tabs }, () => ask(sea, () => sendOrder(world, cartId, body, key))));
    const good = answers.flatMap((answer) => (answer?.status === 201 ? [answer.body] : []));
    if (new Set(good.map(({ id }) => id)).size > 1) sea.findings.push(`one click became two order sessions: ${good.map(({ id }) => id)}`);
    const [first] = good;
    if (first && first.totalMinor !== body.seen.totalMinor)
      sea.findings.push(`the order session ${first.id} costs ${first.totalMinor}, and its customer saw ${JSON.stringify(body.seen)}`);
    if (first) count(sea, "shop: order sessions");
    if (first) return { ...first, desk, jumpedAtOpening: sea.jumped };
    const refused = answers.find((answer) => answer !== null)?.body;
    count(sea, `shop: checkout refused: ${refused?.code}`);
    await giveWay(sea, cartId, refused?.problem);
  }
  return null;
}

const seenIn = ({ cart, totals }: CartQuote) => ({
  totalMinor: totals.totalMinor,
  lines: cart.lines.map(({ variantId, quantity, unitPriceMinor }) => ({ variantId, quantity, unitPriceMinor })),
});

async function giveWay(sea: Sea, cartId: string, problem: Partial<Problem> | undefined): Promise<void> {
  const { world } = sea;
  if (problem?.code === "discount_used_up") await ask(sea, () => leaveCode(world, cartId));
  for (const { variantId, available } of problem?.lines ?? []) await ask(sea, () => put(world, cartId, variantId, available));
}

/** The customer gives up on the page of ours. Who has paid by then is told so. */
async function changeTheirMind(sea: Sea, page: Page): Promise<void> {
  const answer = await ask(sea, () => giveUp(sea.world, page));
  count(sea, answer?.status === 200 ? "shop: given up" : `shop: giving up refused: ${answer?.body.code}`);
}
