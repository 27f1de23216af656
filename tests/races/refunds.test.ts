import { beforeAll, expect } from "vitest";
import { advanceRefundCase } from "#commands/refund-cases/advance.ts";
import { resolveRefundManually } from "#commands/refund-cases/resolve-manually.ts";
import { withWatchedRefunds } from "../engine/capabilities/playable.ts";
import { prepareStage } from "../support/stage.ts";
import {
  approve,
  atOnce,
  countEvents,
  expectNoDeadlocks,
  onPaymentPage,
  type Place,
  paymentOf,
  settleNow,
  settlers,
  rounds as usual,
} from "./contest.ts";

const stage = prepareStage({ worker: false, keepsPromises: true });
expectNoDeadlocks(stage);
/** Each begins with two whole payments. */
const rounds = Math.ceil(usual / 2);
let place: Place;

beforeAll(async () => {
  place = { world: stage, clinic: await stage.openClinic() };
});

type Case = { id: string; state: string; charge: string };

/** A booking paid twice, and the refund case of the second payment. */
async function paidTwice(n: number) {
  const booking = await onPaymentPage(place, n);
  const second = (await stage.retry(booking)).body;
  const payments = [booking, { reference: second.reference, paymentId: await paymentOf(stage, second.reference) }];
  for (const url of [booking.checkoutUrl, second.checkoutUrl]) await approve(stage, url);
  for (const payment of payments) await settleNow(place, payment);
  return { booking, payments, refundCase: await readCase(booking.id) };
}

async function readCase(bookingId: string): Promise<Case> {
  const { rows } = await stage.owner.query<Case>(
    "select r.id, r.state, c.status as charge from refund_case r join charge c on c.id = r.charge_id where r.checkout_id = $1",
    [bookingId],
  );
  expect(rows).toHaveLength(1);
  return rows[0] as Case;
}

withWatchedRefunds.story(
  "the provider's word that money is back comes by webhook, by poll and by our own look at once: the case is done once",
  async () => {
    for (let n = 0; n < rounds; n += 1) {
      const { booking, payments, refundCase } = await paidTwice(n);
      const step = { tenantId: place.clinic.tenantId, refundCaseId: refundCase.id };
      expect(await advanceRefundCase(step)).toEqual({ againInSeconds: 5 });
      expect((await readCase(booking.id)).state).toBe("observing");
      const looks = await Promise.all(payments.map((payment) => settlers(place, payment)));
      await atOnce([...looks.flat(), () => advanceRefundCase(step), () => advanceRefundCase(step)]);
      expect(await readCase(booking.id)).toMatchObject({ state: "done", charge: "voided" });
      expect(await countEvents(stage, booking.id)).toMatchObject({
        "refund_case.opened": 1,
        "refund_case.armed": 1,
        "refund_case.done": 1,
      });
    }
  },
);

withWatchedRefunds.story("a person closes a case while the provider says that its money is back: it is done once", async () => {
  for (let n = rounds; n < 2 * rounds; n += 1) {
    const { booking, payments, refundCase } = await paidTwice(n);
    const step = { tenantId: place.clinic.tenantId, refundCaseId: refundCase.id };
    await advanceRefundCase(step);
    await stage.owner.query("update refund_case set state = 'manual', method = 'manual' where id = $1", [refundCase.id]);
    const close = () => resolveRefundManually({ caller: { kind: "operator" }, input: { ...step, proof: "receipt 1" } });
    const looks = await Promise.all(payments.map((payment) => settlers(place, payment)));
    await atOnce([...looks.flat(), close, close]);
    expect((await readCase(booking.id)).state).toBe("done");
    expect((await countEvents(stage, booking.id))["refund_case.done"]).toBe(1);
  }
});
