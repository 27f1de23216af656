import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Availability } from "#contracts/checkout.ts";
import { openClinic } from "../support/clinic.ts";
import { book, customerOfTests, pay, reachPaymentPage, retry, slotStart, state } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { testedProviders } from "../support/payers/tested-provider.ts";
import { type OwnWorld, startWorld, type World } from "../support/world.ts";
import { wrongClock } from "../support/wrong-clock.ts";
import { startProgram, stopPrograms } from "./program.ts";

let world: OwnWorld;
beforeAll(async () => {
  world = await startWorld({ worker: false });
});
afterAll(() => world.stop());

async function startAt(minutes: number): Promise<World> {
  const program = await startProgram(world, "src/server.ts", { NODE_OPTIONS: wrongClock(minutes), WORKER: "on" });
  return { ...world, appUrl: program.url };
}

describe.each([10, -10])("a process whose clock is %d minutes off the database's", (minutes) => {
  let place: World;
  beforeAll(async () => {
    place = await startAt(minutes);
  });
  afterAll(() => stopPrograms());

  test("lets a customer go on for as long as the database says, and no longer", async () => {
    const clinic = await openClinic(world);
    const booking = await reachPaymentPage(place, clinic, { start: slotStart(0) });
    await world.owner.query("update checkout set ends_at = now() + interval '5 minutes' where id = $1", [booking.id]);
    const again = () => book(place, clinic, { holdId: booking.holdId, session: booking.session, customer: customerOfTests });
    expect([(await again()).status, (await retry(place, booking)).status]).toEqual([201, 201]);
    await world.owner.query("update checkout set ends_at = now() - interval '1 second' where id = $1", [booking.id]);
    expect([(await again()).body.code, (await retry(place, booking)).body.code]).toEqual(["hold_expired", "checkout_closed"]);
  });

  test("says the database's time in its answers, by which pages count down", async () => {
    const { headers } = await fetch(`${place.appUrl}/api/openapi.json`);
    expect(Math.abs(Date.parse(headers.get("date") ?? "") - Date.now())).toBeLessThan(60_000);
  });

  test("offers the slots and links that the database's time allows", async () => {
    const clinic = await openClinic(world, { leadMinutes: 60, stepMinutes: 5 });
    const slots = async (at: World) => {
      const query = new URLSearchParams({ link: clinic.link, service: clinic.serviceId, professional: clinic.professionalId });
      const answer = await fetch(`${at.appUrl}/api/availability?${query}`);
      return answer.status === 200 ? ((await answer.json()) as Availability).slots.slice(0, 3) : answer.status;
    };
    await eventually(async () => expect([await slots(place), await slots(place)]).toEqual([await slots(world), await slots(place)]));
    expect(await slots(place)).toHaveLength(3);
    const endLink = (at: string) =>
      world.owner.query(
        `with ended as (update booking_link set expires_at = now() + interval '${at}' where public_id = $1 returning tenant_id)
        select pg_notify('konfirmado_catalog', tenant_id::text) from ended`,
        [clinic.link],
      );
    await endLink("5 minutes");
    expect(await slots(place)).toHaveLength(3);
    await endLink("-5 minutes");
    await eventually(async () => expect(await slots(place)).toBe(410));
  });

  test("confirms a payment whose webhook was lost, and signs its callback with a time that the merchant accepts", async () => {
    const clinic = await openClinic(world, { callback: true });
    const booking = await reachPaymentPage(place, clinic, { start: slotStart(0) });
    await pay(world, booking.checkoutUrl, "approve", { tells: "never" });
    await eventually(async () => expect((await state(place, booking)).status).toBe("confirmed"));
    const merchant = await (await fetch(`${world.simulatorsUrl}/merchant/state/${clinic.callback.id}`)).json();
    expect(merchant).toMatchObject({ callbacks: [{ standardWebhook: { verdict: "right" } }] });
  });

  test("takes the webhooks of every provider, also where their signature ends after minutes", async () => {
    for (const provider of Object.values(testedProviders)) {
      const clinic = await openClinic(place, { provider });
      const { checkoutUrl } = await reachPaymentPage(place, clinic, { start: slotStart(0) });
      const { deliveries } = await provider.payer(world.simulatorsUrl).pay(checkoutUrl, "approve");
      expect([provider.id, ...new Set(deliveries.map(({ status }) => status))]).toEqual([provider.id, 200]);
    }
  });
});
