import { afterAll, beforeAll, expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { checkoutKinds } from "#commands/checkouts/kinds.ts";
import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import type { Clinic } from "../support/clinic.ts";
import { eventually } from "../support/end-state.ts";
import { readEffects } from "../support/outside-effects.ts";
import { prepareStage } from "../support/stage.ts";
import { startVoucher, voucherKind } from "../support/voucher-kind.ts";
import { facts, minutesOfHold, refundOfCard } from "./stories.ts";

/**
 * Its file and its row in the table are all that a kind of checkout needs: start, settle, expire,
 * refund and callback are the engine's.
 */
const stage = prepareStage({ keepsPromises: true });
beforeAll(async () => {
  checkoutKinds["voucher"] = voucherKind;
});
afterAll(async () => {
  delete checkoutKinds["voucher"];
});

const amountMinor = 5_000_000;
const { state, paymentStatus } = refundOfCard;
const start = (clinic: Clinic) => startVoucher({ tenantId: clinic.tenantId, email: `customer@${clinic.link}.example`, amountMinor });

async function endOf(id: string) {
  const { rows } = await stage.owner.query<{ status: string; paymentStatus: string; refunds: string | null }>(
    `select status, payment_status as "paymentStatus",
       (select string_agg(reason || ' ' || state, ', ' order by r.created_at) from refund_case r where r.checkout_id = k.id) as refunds
     from checkout k where id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
const reaches = (id: string, wanted: object) => eventually(async () => expect(await endOf(id)).toMatchObject(wanted));

async function callbacksOf(clinic: Clinic) {
  const { callbacks } = await readEffects(stage, clinic);
  return callbacks.map(({ body, firma }) => ({ firma: firma.verdict, ...(JSON.parse(body) as { evento: string }) }));
}

test("it is paid, told and confirmed, without a claim", async () => {
  const clinic = await stage.openClinic();
  const voucher = await start(clinic);
  await stage.pay(voucher.checkoutUrl, "approve");
  await reaches(voucher.id, { status: "confirmed", paymentStatus: "paid", refunds: null });
  await stage.settled(voucher.id);
  expect(await callbacksOf(clinic)).toMatchObject([
    {
      evento: "voucher.paid",
      secuencia: 1,
      firma: "right",
      voucher_id: voucher.id,
      bono: { valor_menor: amountMinor },
      pago: { monto: 50_000, monto_menor: amountMinor, estado: "aprobado" },
    },
  ]);
});

test("a second payment goes back by itself, and so does the first when it is cancelled", async () => {
  const clinic = await stage.openClinic();
  const voucher = await start(clinic);
  // Both pages are paid before the older one is closed, where that is possible.
  await stage.stopWorker();
  const second = (await stage.retry(voucher)).body;
  await stage.pay(voucher.checkoutUrl, "approve");
  await stage.pay(second.checkoutUrl, "approve");
  await stage.startWorker();
  await reaches(voucher.id, { status: "confirmed", paymentStatus: "paid", refunds: `duplicate ${state}` });
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: voucher.id } });
  await reaches(voucher.id, { status: "cancelled", paymentStatus, refunds: `duplicate ${state}, cancelled ${state}` });
  await stage.settled(voucher.id);
  const told = (await callbacksOf(clinic)).map((callback) => callback.evento);
  const ofMoney = [...refundOfCard.callbacks, ...refundOfCard.callbacks].toSorted();
  expect(told.toSorted()).toEqual([...ofMoney, "voucher.cancelled", "voucher.paid"]);
  const { mails } = await readEffects(stage, clinic);
  const written = [...refundOfCard.mails, ...refundOfCard.mails].toSorted();
  expect(mails.map(({ to }) => to[0]?.split("@")[0]).toSorted()).toEqual(written);
});

test("unpaid it expires and vanishes; paid late, it is still there", async () => {
  const clinic = await stage.openClinic();
  const [unpaid, late] = [await start(clinic), await start(clinic)];
  for (const { id } of [unpaid, late]) {
    await stage.timePasses(id, minutesOfHold);
    await reaches(id, { status: "expired" });
  }
  if (!facts.canCloseEarly) {
    await stage.pay(late.checkoutUrl, "approve", { afterEnd: true });
    await reaches(late.id, { status: "confirmed", paymentStatus: "paid" });
    await stage.settled(late.id);
  }
  await stage.timePasses(unpaid.id, (facts.pendingHoursMax + 1) * 60);
  await cleanupUnpaid();
  expect(await endOf(unpaid.id)).toBeNull();
});
