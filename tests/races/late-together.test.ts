import { expect, test } from "vitest";
import { settleCharge } from "#commands/settlement/settle-charge.ts";
import { examine } from "#queries/doctor.ts";
import { prepareStage } from "../support/stage.ts";
import { approvalOf, countEvents, decided, onPaymentPage, won } from "./contest.ts";

/** What comes after the last moment for its money must not be confirmed beside what came in time. */
const stage = prepareStage({ worker: false });

const late = {
  booking: { status: "cancelled", paymentStatus: "refunding" },
  claims: ["released"],
  refundCases: [{ reason: "late", state: "open", amountMinor: 10_000_000 }],
};

test("of approvals that are settled together, told twice each, those in time are booked and those too late go back", async () => {
  const places = await Promise.all([0, 1].map(async () => ({ world: stage, clinic: await stage.openClinic() })));
  const pages = await Promise.all(
    places.flatMap((place) => [0, 1, 2, 3].map(async (n) => ({ place, n, page: await onPaymentPage(place, n) }))),
  );
  const tooLate = pages.filter(({ n }) => n % 2 === 1).map(({ page }) => page.id);
  await stage.owner.query("update checkout set settle_until = now() where id = any ($1::uuid[])", [tooLate]);
  const approvals = pages.map(({ place, page }) => approvalOf(place, page));
  await Promise.all([...approvals, ...approvals.toReversed()].map(settleCharge));
  for (const { place, page, n } of pages) {
    const isLate = n % 2 === 1;
    expect(await decided(place, page.id), `${n}`).toMatchObject(isLate ? late : won);
    const events = await countEvents(stage, page.id);
    expect([events["booking.paid"] ?? 0, events["refund_case.opened"] ?? 0]).toEqual(isLate ? [0, 1] : [1, 0]);
  }
  expect(await examine()).toEqual([]);
});
