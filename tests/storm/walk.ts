import { moveBooking } from "#commands/bookings/move-booking.ts";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import { book, customerOfTests, hold, retry, slotStart, state } from "../support/customer.ts";
import type { Outcome, PaymentHabits } from "../support/payers/payer.ts";
import { type Desk, habitsAt, pickDesk } from "./desks.ts";
import type { Random } from "./random.ts";
import { ask, count, rowsOf, type Sea } from "./sea.ts";

/** Three weeks ahead, so that no jump in time reaches an appointment. */
const firstSlot = 21 * 48;
type Page = { checkoutUrl: string; id: string; token: string; expiresAt: string; jumpedAtOpening: number; desk: Desk };
/** A charge that a bank has still to decide about. */
type Undecided = { chargeId: string; desk: Desk };

/**
 * One customer from the first click to whatever end. Each `yield` lets the others, and the weather,
 * come in between. All choices come from the customer's own chance, so that one customer's luck
 * does not change another's mind.
 */
export async function* walk(sea: Sea, random: Random): AsyncGenerator<void> {
  const held = yield* chooseSlot(sea, random);
  if (!held || random.chance(0.08)) return count(sea, "left before booking");
  yield;
  const page = await startBooking(sea, random, held);
  if (!page) return count(sea, "no booking");
  count(sea, "bookings");
  const leave = watch(sea, page);
  yield;
  const pending = yield* payForIt(sea, random, page);
  if (random.chance(0.07)) await cancel(sea, page);
  for (const undecided of pending) yield* bankAnswers(sea, random, undecided);
  yield* maybeMove(sea, page);
  await ask(sea, async () => ({ status: 200, body: await state(sea.world, page) }));
  leave();
}

/**
 * The open page listens for changes for as long as its process lives, through whatever happens to
 * the database.
 */
function watch(sea: Sea, page: Page): () => void {
  const leaving = new AbortController();
  const address = `${sea.world.appUrl}/api/bookings/${page.id}/events?token=${page.token}`;
  fetch(address, { signal: leaving.signal }).then(
    (answer) => answer.text().catch(() => null),
    () => null,
  );
  return () => leaving.abort();
}

async function* chooseSlot(sea: Sea, random: Random): AsyncGenerator<void, { id: string; session: string } | null> {
  const { world, clinic } = sea;
  const wish = () => ({
    start: slotStart(firstSlot + random.below(9)),
    serviceId: random.pick([clinic.serviceId, clinic.onlineServiceId, clinic.onlineServiceId]),
    professionalId: random.pick([clinic.professionalId, clinic.otherProfessionalId]),
  });
  for (let tries = 0; tries < 3; tries += 1) {
    const first = wish();
    const held = await ask(sea, () => hold(world, clinic, first));
    count(sea, held?.status === 201 ? "holds" : "holds refused");
    yield;
    if (held?.status !== 201) continue;
    const { session } = held.body;
    if (!random.chance(0.2)) return { id: held.body.id, session };
    const second = wish();
    const picked = await ask(sea, () => hold(world, clinic, { ...second, session }));
    yield;
    return picked?.status === 201 ? { id: picked.body.id, session } : { id: held.body.id, session };
  }
  return null;
}

async function startBooking(sea: Sea, random: Random, held: { id: string; session: string }): Promise<Page | null> {
  const customer = { ...customerOfTests, email: `customer@${sea.clinic.link}.example` };
  const key = random.chance(0.5) ? { key: `once-${held.id}` } : {};
  const tabs = random.chance(0.2) ? 2 : 1;
  const desk = pickDesk(random, sea.desks);
  const wish = { holdId: held.id, session: held.session, customer, provider: desk.provider.id, ...key };
  const answers = await Promise.all(Array.from({ length: tabs }, () => ask(sea, () => book(sea.world, sea.clinic, wish))));
  const good = answers.flatMap((answer) => (answer?.status === 201 ? [answer.body] : []));
  if (new Set(good.map((body) => body.id)).size > 1) sea.findings.push(`one hold became two bookings: ${good.map((body) => body.id)}`);
  const [first] = good;
  return first ? { ...first, desk, jumpedAtOpening: sea.jumped } : null;
}

const outcomes = { approve: 52, decline: 9, error: 4, pending: 18, decline_and_stay: 6, approve_without_return: 7, leave_unpaid: 10 };

/** Answers the charges that a bank has still to decide about. */
async function* payForIt(sea: Sea, random: Random, first: Page): AsyncGenerator<void, Undecided[]> {
  const pending: Undecided[] = [];
  let page = first;
  for (let tries = 0; tries < 3; tries += 1) {
    const outcome = random.weighed(outcomes);
    const method = random.pick(["card", "card", "bank_transfer"] as const);
    const ids = await payAt(sea, page, outcome, { ...someHabits(random), method });
    if (outcome === "pending") pending.push(...ids.map((chargeId) => ({ chargeId, desk: page.desk })));
    if (outcome === "decline_and_stay" && random.chance(0.7)) await payAt(sea, page, "approve", someHabits(random));
    yield;
    if (random.chance(0.5)) await comeBack(sea, page);
    const isDone = !["decline", "error", "leave_unpaid"].includes(outcome) && !random.chance(0.12);
    if (isDone || random.chance(0.3)) break;
    const desk: Desk = pickDesk(random, sea.desks);
    const again = await ask(sea, () => retry(sea.world, page, desk.provider.id));
    yield;
    if (again?.status !== 201) break;
    count(sea, desk === page.desk ? "tried again" : "tried again with another provider");
    page = { ...again.body, desk, jumpedAtOpening: sea.jumped };
  }
  return pending;
}

/** How the provider behaves about one payment. */
function someHabits(random: Random): PaymentHabits {
  return {
    tells: random.pick(["before_return", "before_return", "after_return", "never"]),
    ...(random.chance(0.25) ? { copies: 2 + random.below(4) } : {}),
    ...(random.chance(0.2) ? { delaySeconds: random.pick([60, 900, 4000]) } : {}),
    ...(random.chance(0.2) ? { lagReads: 1 + random.below(3) } : {}),
    ...(random.chance(0.05) ? { approvals: 2 } : {}),
    ...(random.chance(0.04) ? { amountMinor: 9_900_000 } : {}),
    ...(random.chance(0.03) ? { currency: "USD" } : {}),
    ...(random.chance(0.03) ? { inUnknownWord: true } : {}),
    ...(random.chance(0.05) ? { says: { reference: "somebody-elses" } } : {}),
    ...(random.chance(0.03) ? { signature: "wrong" } : {}),
  };
}

/**
 * The page ends when it says so; the clocks of our database and of the provider are jumped over
 * alike, so that we know when that is.
 */
async function payAt(sea: Sea, page: Page, outcome: Outcome, habits: PaymentHabits): Promise<string[]> {
  const leftMs = Date.parse(page.expiresAt) - Date.now() - (sea.jumped - page.jumpedAtOpening) * 60_000;
  if (leftMs <= 0) {
    count(sea, "page expired");
    return [];
  }
  try {
    const { payer, provider } = page.desk;
    const paid = await payer.pay(page.checkoutUrl, outcome, { ...habitsAt(page.desk, habits), afterEnd: true });
    count(sea, `paid: ${outcome}`);
    if (sea.desks.length > 1) count(sea, `paid at ${provider.id}`);
    return paid.chargeIds;
  } catch {
    count(sea, "refused by the provider");
    return [];
  }
}

async function comeBack(sea: Sea, page: Page): Promise<void> {
  await ask(sea, () => fetch(`${sea.world.appUrl}/pay/return/${page.id}/${page.token}`, { redirect: "manual" }));
}

/** A slow bank: after a while, or never. */
async function* bankAnswers(sea: Sea, random: Random, { chargeId, desk }: Undecided): AsyncGenerator<void> {
  for (let wait = random.below(6); wait > 0; wait -= 1) yield;
  if (random.chance(0.15) || sea.outside.decided.has(chargeId)) return;
  sea.outside.decided.add(chargeId);
  const decision = random.chance(0.7) ? "approved" : "declined";
  const other = random.chance(0.3) ? { amountMinor: 150_000 } : {};
  await desk.payer.decide(chargeId, decision, { ...habitsAt(desk, someHabits(random)), ...other, inUnknownWord: false });
  count(sea, `bank: ${decision}`);
}

/**
 * The reception moves one in five, mostly onto a time that others want too. Chosen by the booking's
 * id, so that a seed's customers keep their luck.
 */
async function* maybeMove(sea: Sea, page: Page): AsyncGenerator<void> {
  const chance = Number.parseInt(page.id.slice(-4), 16);
  if (chance % 5 !== 0) return;
  const { tenantId, professionalId, otherProfessionalId } = sea.clinic;
  const places = [professionalId, otherProfessionalId].flatMap((id) =>
    [0, 4, 12, 14].map((n) => ({ professionalId: id, start: slotStart(firstSlot + n) })),
  );
  const to = places[chance % places.length];
  for (let tries = 0; to && tries < 5; tries += 1) {
    try {
      const [is] = await rowsOf<{ professionalId: string; start: Date }>(
        sea,
        `select professional_id as "professionalId", starts_at as start from booking where tenant_id = $1 and id = '${page.id}'`,
      );
      if (!is) return;
      const expected = { professionalId: is.professionalId, start: is.start.toISOString() };
      const input = { tenantId, bookingId: page.id, to, expected, tellsCustomer: true, ignoresHours: true };
      await moveBooking({ caller: { kind: "operator" }, input });
      return count(sea, "moved");
    } catch (error) {
      if (error instanceof Refusal && (error.code !== "booking_not_paid" || tries === 4))
        return count(sea, `moving refused: ${error.code}`);
      yield;
      count(sea, "moving tried again"); // not settled yet, or the database connections were just cut
      await sea.databaseBack;
    }
  }
}

async function cancel(sea: Sea, page: Page): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    try {
      await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: sea.clinic.tenantId, checkoutId: page.id } });
      return count(sea, "cancelled");
    } catch (error) {
      if (error instanceof Refusal) return;
      count(sea, "cancelling tried again"); // the database connections were just cut
      await sea.databaseBack;
    }
  }
}
