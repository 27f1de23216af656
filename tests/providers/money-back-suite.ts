import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createConnection } from "#commands/connections/create-connection.ts";
import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import { system } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import { casesOf, eventsOf, look, questionOf } from "#tests/engine/money-back/pretended.ts";
import { hurryFollowUps } from "#tests/engine/stories.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import type { Account, MoneyBack, TestedProvider } from "#tests/support/payers/payer.ts";
import type { prepareStage } from "#tests/support/stage.ts";

type Stage = ReturnType<typeof prepareStage>;
type Booking = { id: string; token: string };

const caller = { kind: "operator" } as const;
const part = 2_000_000;

/**
 * Money that goes back, over every provider whose payer can send it back without us: the same
 * stories with each, told by its own webhooks. What its panel cannot do is left out.
 */
export function moneyBackSuite(stage: Stage, provider: TestedProvider): void {
  const knows = provider.payer("http://127.0.0.1:1").moneyBack;
  if (!knows) return;
  describe(`money goes back at ${provider.id}`, () => {
    const story = (name: string, needs: readonly (keyof MoneyBack)[], tell: () => Promise<void>) =>
      test.skipIf(needs.some((one) => !knows[one]))(name, tell);

    story("all of it, or a part", [], async () => {
      for (const amountMinor of [part, null]) {
        const { ask, booking, reaches, charge, whole } = await paidAt(stage, provider);
        await ask(amountMinor ?? whole);
        await reaches({ state: "done" });
        await stage.reaches(booking, { status: "confirmed", paymentStatus: amountMinor === null ? "refunded" : "partly_refunded" });
        await eventually(async () => expect((await charge()).state).toBe(amountMinor === null ? "refunded" : "partly_refunded"));
        expect(await questionOf(stage, booking)).toBeNull();
      }
    });

    story("a refund in the panel is recorded, asked about, and spent", ["refund"], async () => {
      const { ask, booking, chargeId, panel, whole } = await paidAt(stage, provider);
      await panel.refund?.(chargeId, part);
      await eventually(async () => {
        await look(stage, booking);
        expect(await questionOf(stage, booking)).toBe("open");
      });
      await stage.reaches(booking, { status: "confirmed", paymentStatus: "partly_refunded" });
      expect(await eventsOf(stage, booking, "payment.reversed")).toEqual([expect.objectContaining({ movedMinor: part })]);
      await expect(ask(whole - part + 1)).rejects.toMatchObject({ code: "nothing_to_refund" });
    });

    story("a refund that fails days later is a person's", ["failRefund"], async () => {
      const { ask, booking, panel, reaches } = await paidAt(stage, provider);
      await ask(part);
      await reaches({ state: "done" });
      const { rows } = await stage.owner.query<{ id: string }>(
        "select provider_refund_id as id from refund_case where checkout_id = $1 and provider_refund_id is not null",
        [booking.id],
      );
      expect(rows).toHaveLength(1);
      await panel.failRefund?.(rows[0]?.id ?? "");
      await eventually(async () => {
        await look(stage, booking);
        expect(await casesOf(stage, booking)).toEqual([expect.objectContaining({ state: "manual", method: "manual" })]);
      });
      await stage.reaches(booking, { status: "confirmed", paymentStatus: "refunding" });
    });

    story("a refund that was refused for a server's trouble goes back once", [], async () => {
      const { ask, account, charge, reaches } = await paidAt(stage, provider);
      await stage.stopWorker();
      await ask(part);
      await provider.payer(stage.simulatorsUrl).behave(account, { fails: { status: 500, times: 1 } });
      await stage.startWorker();
      await reaches({ state: "done" });
      expect((await charge()).state).toBe("partly_refunded");
    });

    story("an account that is short of money waits, and pays once when there is some", ["balance"], async () => {
      const { ask, account, booking, charge, panel, reaches } = await paidAt(stage, provider);
      await panel.balance?.(account, "short");
      await ask(part);
      await reaches({ state: "short_of_balance" });
      expect(await eventsOf(stage, booking, "refund_case.short_of_balance")).toHaveLength(1);
      await panel.balance?.(account, "enough");
      await stage.owner.query(
        "update refund_case set updated_at = updated_at - interval '20 minutes', short_since = short_since - interval '20 minutes' where checkout_id = $1",
        [booking.id],
      );
      await reaches({ state: "done" });
      await eventually(async () => expect((await charge()).state).toBe("partly_refunded"));
      expect(await questionOf(stage, booking)).toBeNull();
    });

    story("a dispute blocks our refund until it is won", ["dispute", "decideDispute"], async () => {
      const { ask, booking, chargeId, panel, reaches } = await paidAt(stage, provider);
      const id = await panel.dispute?.(chargeId, "dispute");
      await shows(booking, "disputed");
      await expect(ask(part)).rejects.toMatchObject({ code: "refund_blocked_by_dispute" });
      expect(await casesOf(stage, booking)).toEqual([]);
      await panel.decideDispute?.(id ?? "", "won");
      await shows(booking, "paid");
      await ask(part);
      // Some providers refund no charge that was ever charged back: a person does.
      await reaches({ state: expect.stringMatching(/^(done|manual)$/) });
      const told = await eventsOf(stage, booking, "dispute.opened");
      expect(told).toEqual([expect.objectContaining({ disputeKind: "dispute" })]);
    });

    story("a lost dispute asks what becomes of the purchase", ["dispute", "decideDispute"], async () => {
      const { booking, chargeId, panel } = await paidAt(stage, provider);
      const id = await panel.dispute?.(chargeId, "dispute");
      await shows(booking, "disputed");
      await panel.decideDispute?.(id ?? "", "lost");
      await shows(booking, "charged_back");
      expect(await questionOf(stage, booking)).toBe("open");
    });

    story("an inquiry takes nothing, and a refund is the answer to it", ["dispute"], async () => {
      const { ask, booking, chargeId, panel, reaches } = await paidAt(stage, provider);
      await panel.dispute?.(chargeId, "inquiry");
      await eventually(async () => {
        await look(stage, booking);
        expect(await eventsOf(stage, booking, "dispute.opened")).toEqual([
          expect.objectContaining({ disputeKind: "inquiry", movedMinor: 0 }),
        ]);
      });
      await ask(part);
      await reaches({ state: "done" });
    });

    const shows = (booking: Booking, paymentStatus: string) =>
      eventually(async () => {
        await look(stage, booking);
        expect(await stage.state(booking)).toMatchObject({ status: "confirmed", paymentStatus });
      });
  });
}

/** A confirmed booking that was paid there by card. */
async function paidAt(stage: Stage, provider: TestedProvider) {
  const clinic = await stage.openClinic();
  const payer = provider.payer(stage.simulatorsUrl);
  const panel = payer.moneyBack ?? {};
  const account = await accountAt(stage, provider, clinic);
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), provider: provider.id });
  const { chargeIds } = await payer.pay(booking.checkoutUrl, "approve", { method: "card" });
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });
  const [chargeId = ""] = chargeIds;
  const { rows } = await stage.owner.query<{ amount: number }>("select amount_minor::int as amount from checkout where id = $1", [
    booking.id,
  ]);
  return {
    ...{ account, booking, chargeId, panel, whole: rows[0]?.amount ?? 0 },
    ask: (amountMinor: number) => requestRefund({ caller, input: { tenantId: clinic.tenantId, checkoutId: booking.id, amountMinor } }),
    reaches: (wanted: object) =>
      eventually(async () => {
        await hurryFollowUps(stage, booking.id);
        expect(await casesOf(stage, booking)).toEqual([expect.objectContaining(wanted)]);
      }),
    async charge() {
      const found = (await payer.charges(account)).find(({ id }) => id === chargeId);
      if (!found) throw new Error("the provider does not know its own charge");
      return found;
    },
  };
}

/** The clinic's own account is at the provider with which the engine is tested. */
async function accountAt(stage: Stage, provider: TestedProvider, clinic: Awaited<ReturnType<Stage["openClinic"]>>): Promise<Account> {
  const { rows } = await stage.owner.query<{ provider: string }>("select provider from connection where id = $1", [clinic.connectionId]);
  if (rows[0]?.provider === provider.id) return clinic.account;
  const id = randomUUID();
  const account = await provider.payer(stage.simulatorsUrl).openAccount(`${stage.appUrl}/api/webhooks/${provider.id}/${id}`);
  const wish = newConnection.parse({ id, kind: "payment", provider: provider.id, credentials: account.credentials });
  await createConnection({ caller: system, input: { ...wish, tenantId: clinic.tenantId } });
  return account;
}
