import { expect, test } from "vitest";
import type { ListedCharges, StartPayment } from "#domain/payment-provider.ts";
import type { PaymentProviderDefinition } from "#providers/payments/definition.ts";
import type { PaymentStage } from "./payment-suite.ts";

type Place = {
  stage(): PaymentStage;
  pay(): Promise<{ payment: StartPayment; charges: unknown[] }>;
  /** One approved charge, and so many declined ones after it, on small pages. */
  fillPages(payment: StartPayment, declined: number): Promise<void>;
};

/** The list with which a day is compared: every provider that has one must pass. */
export function listSuite(definition: PaymentProviderDefinition, { stage, pay, fillPages }: Place): void {
  test("all charges of a span can be listed exactly where the capabilities say so", () => {
    expect(stage().provider.listCharges !== undefined).toBe(definition.capabilities.lists === true);
  });

  const listed = async (span: { from: Date; to: Date }) => {
    const found: ListedCharges = { charges: [], unreadable: [], next: null };
    let cursor: string | null = null;
    for (let page = 1; page <= 50; page += 1) {
      const answer: ListedCharges | undefined = await stage().provider.listCharges?.({ ...span, cursor });
      if (!answer) throw new Error("it lists nothing");
      found.charges.push(...answer.charges);
      found.unreadable.push(...answer.unreadable);
      cursor = answer.next;
      if (cursor === null) return found;
    }
    throw new Error("the list has no end");
  };
  const aroundNow = () => ({ from: new Date(Date.now() - 600_000), to: new Date(Date.now() + 600_000) });

  test.skipIf(!definition.capabilities.lists)(
    "the list of a span shows each charge once, over all pages, as a question for it does",
    async () => {
      const { payment, charges } = await pay();
      await fillPages(stage().payment(), 12);
      const all = await listed(aroundNow());
      expect(all.unreadable).toEqual([]);
      const ids = all.charges.map(({ providerChargeId }) => providerChargeId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(all.charges.filter(({ reference }) => reference === payment.reference)).toEqual(charges);
      const past = { from: new Date(Date.now() - 3 * 86_400_000), to: new Date(Date.now() - 2 * 86_400_000) };
      expect(await listed(past)).toEqual({ charges: [], unreadable: [], next: null });
      await stage().payer.calm(stage().account);
    },
  );

  test.skipIf(!definition.capabilities.lists)(
    "a list with rows that cannot be read says so, and one without an answer is a failure",
    async () => {
      await stage().payer.behave(stage().account, { garbledRows: 1 });
      expect((await listed(aroundNow())).unreadable).not.toEqual([]);
      await stage().payer.calm(stage().account);
      await stage().payer.behave(stage().account, { fails: { status: 503, times: 1 } });
      await expect(listed(aroundNow())).rejects.toMatchObject({ kind: "unreachable", retriable: true });
      await stage().payer.calm(stage().account);
    },
  );
}
