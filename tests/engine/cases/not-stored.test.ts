import { afterEach, expect, test } from "vitest";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { confirmed, inbox, losePolls, settledAtOnce } from "../stories.ts";

const stage = prepareStage({ keepsPromises: true });
afterEach(async () => {
  await stage.owner.query("drop trigger if exists refuses on inbox_event");
  await stage.owner.query("drop trigger if exists refuses on graphile_worker._private_jobs");
});

/** Writing a row of this table fails from now on, as on a full disk. */
async function refuseRows(table: string): Promise<void> {
  await stage.owner.query(
    `create or replace function refuses() returns trigger language plpgsql as $$
     begin raise exception using errcode = '53100', message = 'could not extend file: No space left on device'; end $$`,
  );
  const isInbox = table === "graphile_worker._private_jobs" ? "when (new.key like 'inbox-%')" : "";
  await stage.owner.query(`create trigger refuses before insert on ${table} for each row ${isInbox} execute function refuses()`);
}

const statusesOf = async (clinic: Clinic, chargeId: string | undefined) => {
  const events = (await stage.payer.events(clinic.account)).filter((event) => event.chargeId === chargeId);
  return events.flatMap(({ deliveries }) => deliveries.map(({ status }) => status));
};
const jobsOfInbox = async () =>
  (await stage.owner.query("select key from graphile_worker._private_jobs where key like 'inbox-%'")).rows.length;

test.each(["inbox_event", "graphile_worker._private_jobs"])(
  "a genuine webhook that cannot be written to %s is answered 503 and leaves nothing; sent again, it books",
  async (table) => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await losePolls(stage, booking.id);
    await refuseRows(table);
    const { chargeIds } = await stage.pay(booking.checkoutUrl, "approve_without_return", { copies: 2 });
    expect(await statusesOf(clinic, chargeIds[0])).toEqual([503, 503]);
    expect(await inbox(stage, clinic)).toEqual([]);
    expect(await jobsOfInbox()).toBe(0);
    expect((await stage.state(booking)).status).toBe("pending");

    await stage.owner.query(`drop trigger refuses on ${table}`);
    expect((await stage.payer.tellAgain(chargeIds[0])).map(({ status }) => status)).toEqual([200]);
    await stage.reaches(booking, { status: "confirmed" });
    await settledAtOnce(stage, booking.id);
    expect(await inbox(stage, clinic)).toEqual([{ state: "settled", reference: booking.reference }]);
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
  },
);

test("while nothing can be stored a forged webhook is still refused as forged, so that nobody learns from the answer", async () => {
  const clinic = await stage.openClinic();
  await refuseRows("inbox_event");
  const answers = await stage.payer.forge(clinic.account, "KF-OF-NOBODY", clinic.account.webhookUrl);
  expect(new Set(Object.values(answers))).toEqual(new Set([401]));
});
