import { moveBooking } from "#commands/bookings/move-booking.ts";
import { Refusal } from "#contracts/problem.ts";
import { book, customerOfTests, hold, retry, slotStart, state } from "../support/customer.ts";
import { pickDesk } from "./desks.ts";
import { bankAnswers, cancel, type Page, payForIt } from "./paying.ts";
import type { Random } from "./random.ts";
import { ask, count, rowsOf, type Sea } from "./sea.ts";

/** Three weeks ahead, so that no jump in time reaches an appointment. */
const firstSlot = 21 * 48;

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
  const pending = yield* payForIt({ sea, random, askAgain: (page, provider) => retry(sea.world, page, provider) }, page);
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
