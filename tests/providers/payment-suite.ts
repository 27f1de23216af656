import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type KnownPayment, type PaymentProvider, type ReceivedEvent, type StartPayment, unprovenFacts } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import type { PaymentProviderDefinition } from "#providers/payments/definition.ts";
import type { Account, Outcome, Payer, PaymentHabits } from "../support/payers/payer.ts";
import { listSuite } from "./list-suite.ts";

/** `url`: where it came to, if the check reads it. */
export type Delivery = { rawBody: Uint8Array; headers: Headers; url?: URL };

/** What a provider's test file brings: itself, and its simulator told in our words. */
export type PaymentStage = {
  secrets: readonly string[];
  provider: PaymentProvider;
  payment(changes?: Partial<StartPayment>): StartPayment;
  payer: Payer;
  account: Account;
  newChargeId(): string;
  /** The webhooks since the last call, as they came over the wire, with all their headers. */
  deliveries(): Delivery[];
  stop(): Promise<void>;
};

/**
 * Without pages, a search that is full tells that it may hide charges. `proves`: what a webhook's
 * proof is about. Where it is the sender, the proof is a secret that is never kept.
 */
export type SuiteOptions = { searchHasPages?: boolean; proves?: "body" | "sender" };

/**
 * Every payment provider must pass. Settling is the engine's: here it is about facts, proofs and
 * failures.
 */
export function paymentSuite(
  definition: PaymentProviderDefinition,
  open: () => Promise<PaymentStage>,
  { searchHasPages = true, proves = "body" }: SuiteOptions = {},
): void {
  const { capabilities } = definition;
  /** Who is asked for a payment by its id shows that one payment, and has no pages. */
  const searches = capabilities.lookup === "by_reference";
  const canLookUp = capabilities.lookup !== "none";
  describe(`${definition.name} passes what every payment provider must pass`, () => {
    let stage: PaymentStage;
    beforeAll(async () => {
      stage = await open();
    });
    afterAll(() => stage.stop());

    const verify = (
      { rawBody, headers, url = new URL("http://localhost/api/webhooks") }: Delivery,
      credentials: unknown = stage.account.credentials,
    ): ReceivedEvent | null => definition.verifyWebhook({ rawBody, headers, url, credentials, mode: "test", isOnlyCandidate: true });
    const start = async (changes: Partial<StartPayment> = {}) => {
      const payment = stage.payment(changes);
      stage.deliveries();
      const { checkoutUrl, providerPaymentId } = await stage.provider.start(payment);
      const known: KnownPayment = { reference: payment.reference, providerPaymentId, currency: payment.currency };
      return { payment, known, checkoutUrl };
    };
    const paid = async (outcome: Outcome, habits: PaymentHabits = {}) => {
      const { payment, known, checkoutUrl } = await start();
      await stage.payer.pay(checkoutUrl, outcome, habits);
      const found = canLookUp ? (await stage.provider.findCharges(known)).charges : [];
      // An event of an earlier test's payment (its refund) may come in between.
      const words = [payment.reference, ...found.map(({ providerChargeId }) => providerChargeId)];
      const isAboutIt = ({ rawBody }: Delivery) => words.some((word) => Buffer.from(rawBody).includes(word));
      const deliveries = stage.deliveries().filter(isAboutIt);
      return { payment, known, charges: canLookUp ? found : deliveries.flatMap(told), deliveries };
    };
    const textOf = ({ rawBody }: Delivery): string => Buffer.from(rawBody).toString();
    /** Some webhooks name nothing but the charge. What is not said cannot be read. */
    const saidReference = (delivery: Delivery, { reference }: StartPayment) => (textOf(delivery).includes(reference) ? reference : null);

    const saysOfCharges = !["id_only", "nothing"].includes(capabilities.signatureCovers);
    /** What a webhook says of its charge, where nobody can be asked. */
    const told = (delivery: Delivery) => {
      const event = verify(delivery);
      const signed = definition.signedCharge(definition.scrub(Buffer.from(delivery.rawBody).toString()));
      if (!event?.reference || !signed) throw new Error("the webhook proves nothing, and nobody can be asked");
      return [{ ...signed, reference: event.reference, finalizedAt: null }];
    };
    const chargesNow = async (known: KnownPayment) =>
      canLookUp ? (await stage.provider.findCharges(known)).charges : stage.deliveries().slice(-1).flatMap(told);
    /** A call of the API that every provider has. */
    const callApi = (known: KnownPayment) => (canLookUp ? stage.provider.findCharges(known) : stage.provider.start(stage.payment()));

    test("a payment is opened at an address, and is called something or nothing", async () => {
      const { checkoutUrl, known } = await start();
      expect(checkoutUrl).toMatch(/^https?:/);
      expect(known.providerPaymentId).not.toBe("");
    });

    test("before anybody pays there is no charge", async () => {
      const { known } = await start();
      expect((await stage.provider.findCharges(known)).charges).toEqual([]);
      if (canLookUp) return expect(await stage.provider.findCharge("no-such-charge")).toBeNull();
      // That nobody can be asked is no answer.
      expect((await stage.provider.findCharges(known)).unreadable).not.toEqual([]);
      await expect(stage.provider.findCharge("no-such-charge")).rejects.toBeInstanceOf(ProviderFailure);
    });

    test("an approved payment shows our reference, amount and currency, and its webhook is verified", async () => {
      const { payment, charges, deliveries } = await paid("approve");
      const { reference, amountMinor, currency } = payment;
      expect(charges).toMatchObject([{ state: "approved", reference, amountMinor, currency }]);
      if (canLookUp) {
        expect(charges[0]?.finalizedAt).toBeInstanceOf(Date);
        expect(await stage.provider.findCharge(charges[0]?.providerChargeId ?? "")).toEqual(charges[0]);
      }
      expect(deliveries.map((delivery) => verify(delivery))).toMatchObject([
        { isAboutCharge: true, reference: saidReference(only(deliveries), payment), providerChargeId: charges[0]?.providerChargeId },
      ]);
    });

    test("a payment of an order's session, whose token the provider may keep, is paid like any other", async () => {
      const { payment, checkoutUrl } = await start({ sessionToken: "sess_of_the_suite" });
      const { reference } = await stage.payer.pay(checkoutUrl, "approve");
      expect(reference).toBe(payment.reference);
      const events = stage.deliveries().map((delivery) => verify(delivery));
      expect(events.some((event) => event?.isAboutCharge)).toBe(true);
      // Whoever reads our events learns nothing of it.
      expect(JSON.stringify(events)).not.toContain("sess_of_the_suite");
    });

    test("a declined payment is a declined charge", async () => {
      const { charges, deliveries } = await paid("decline");
      expect(charges).toMatchObject([{ state: "declined" }]);
      expect(verify(only(deliveries))).toMatchObject({ isAboutCharge: true });
    });

    test("a pending payment is pending, and a late approval turns it into money", async () => {
      const { known, charges } = await paid("pending");
      expect(charges).toMatchObject([{ state: "pending", finalizedAt: null }]);
      await stage.payer.decide(charges[0]?.providerChargeId, "approved");
      expect(await chargesNow(known)).toMatchObject([{ state: "approved" }]);
    });

    test("a payment after its end is still found", async () => {
      const { checkoutUrl, known } = await start({ expiresAt: new Date(Date.now() - 60_000) });
      await stage.payer.pay(checkoutUrl, "approve", { afterEnd: true });
      expect(await chargesNow(known)).toMatchObject([{ state: "approved" }]);
    });

    test("an unknown word of the provider is still pending, never money", async () => {
      const { charges } = await paid("approve", { inUnknownWord: true });
      expect(charges).toMatchObject([{ state: "pending" }]);
      expect(charges[0]?.providerStatus).not.toBe("");
    });

    test("the same event twice has one key; another event has another", async () => {
      const { charges, deliveries } = await paid("approve");
      await stage.payer.tellAgain(charges[0]?.providerChargeId);
      const other = await paid("approve");
      const first = verify(only(deliveries))?.eventKey;
      expect(first).toMatch(/^.{16,}$/);
      expect(verify(only(deliveries))?.eventKey).toBe(first);
      expect(verify(only(other.deliveries))?.eventKey).not.toBe(first);
    });

    test("what is stored of an event proves, by itself, at most what was signed: charge and state, and it names the rest", async () => {
      for (const outcome of ["approve", "decline"] as const) {
        const { payment, charges, deliveries } = await paid(outcome);
        const signed = definition.signedCharge(definition.scrub(Buffer.from(only(deliveries).rawBody).toString()));
        expect(signed === null).toBe(!saysOfCharges);
        if (!signed) continue;
        expect(signed).toMatchObject({ providerChargeId: charges[0]?.providerChargeId, state: charges[0]?.state });
        // Some name no amount but of money.
        expect(outcome === "decline" ? [0, payment.amountMinor] : [payment.amountMinor]).toContain(signed.amountMinor);
        expect(signed.currency).toBe(signed.unproven.includes("currency") ? null : payment.currency);
        // A snapshot ages: who signs everything may still be asked.
        if (capabilities.signatureCovers === "all") expect(signed.unproven).toEqual([]);
      }
      for (const text of ["", "{}", "not json", "null", '{"event":"transaction.updated"}'])
        expect(definition.signedCharge(text)).toBeNull();
    });

    test.skipIf(!saysOfCharges || proves === "sender")(
      "what a signed charge calls proven cannot be changed, and what it calls unproven can",
      async () => {
        const { payment, deliveries } = await paid("approve");
        const delivery = only(deliveries);
        const text = Buffer.from(delivery.rawBody).toString();
        const signed = definition.signedCharge(definition.scrub(text));
        const changed = {
          reference: text.replaceAll(payment.reference, "KF-OTHER"),
          currency: text.replaceAll(`"${payment.currency}"`, '"XXX"'),
          amount: text.replaceAll(String(payment.amountMinor), String(payment.amountMinor + 100)),
        };
        for (const fact of unprovenFacts) {
          if (!signed || changed[fact] === text) continue;
          const isAccepted = verify({ ...delivery, rawBody: Buffer.from(changed[fact]) }) !== null;
          expect({ fact, isAccepted }).toEqual({ fact, isAccepted: signed.unproven.includes(fact) });
        }
      },
    );

    test("the headers that are kept are named in lower case, come with every webhook, and prove it", async () => {
      const { deliveries } = await paid("approve");
      const { rawBody, headers, ...at } = only(deliveries);
      for (const name of definition.webhookHeaders) expect(name).toMatch(/^[a-z0-9-]+$/);
      const kept = new Headers(definition.webhookHeaders.map((name) => [name, headers.get(name) ?? ""]));
      for (const name of definition.webhookHeaders) expect(kept.get(name)).not.toBe("");
      expect(verify({ rawBody, headers: kept, ...at }) === null).toBe(proves === "sender");
    });

    test("our reference is guessed from a genuine delivery; from anything else comes nothing, and never a NUL", async () => {
      const { payment, deliveries } = await paid("approve");
      const text = Buffer.from(only(deliveries).rawBody).toString();
      expect(definition.guessReference(text)).toBe(saidReference(only(deliveries), payment));
      const bad = ["\\u0000", "a b", "'; drop table payment", "x".repeat(256), ""].map((word) => text.replaceAll(payment.reference, word));
      for (const garbage of ["", "{}", "null", "not json", "[]", text.slice(0, -1), ...bad])
        expect(definition.guessReference(garbage)).toBeNull();
    });

    test("a page can be closed early exactly where the capabilities say so", () => {
      expect(stage.provider.close !== undefined).toBe(capabilities.canCloseEarly);
    });

    test.skipIf(!capabilities.canCloseEarly)("an open page is closed once and for all; a paid one says that it is paid", async () => {
      const { known } = await start();
      expect(await stage.provider.close?.(known)).toBe("closed");
      expect(await stage.provider.close?.(known)).toBe("closed");
      expect((await stage.provider.findCharges(known)).charges).not.toContainEqual(expect.objectContaining({ state: "approved" }));
      expect(await stage.provider.close?.((await paid("approve")).known)).toBe("already_paid");
    });

    test("another amount and another currency than asked are seen in the facts", async () => {
      const amount = await paid("approve", { amountMinor: 100_000 });
      expect(amount.charges[0]?.amountMinor).not.toBe(amount.payment.amountMinor);
      expect(amount.charges[0]?.state).toBe("approved");
      const currency = await paid("approve", { currency: "USD" });
      expect(currency.charges[0]?.currency).not.toBe(currency.payment.currency);
    });

    test("a forged webhook is a no, and so is a true one with another connection's secret or none", async () => {
      const { payment, deliveries } = await paid("approve");
      expect(verify(only(deliveries))).not.toBeNull();
      expect(verify(only(deliveries), {})).toBeNull();
      expect(verify(only(deliveries), null)).toBeNull();
      const { reference, amountMinor } = payment;
      const id = stage.newChargeId();
      await stage.payer.tell(stage.account, { id, reference, amountMinor }, { signature: "wrong" });
      // An event of an earlier test's payment may come in between.
      expect(verify(only(stage.deliveries().filter((delivery) => textOf(delivery).includes(id))))).toBeNull();
    });

    test.skipIf(proves === "sender")("a true webhook with one byte of its signed part changed is a no", async () => {
      const { charges, deliveries } = await paid("approve");
      const delivery = only(deliveries);
      const text = Buffer.from(delivery.rawBody).toString();
      const id = charges[0]?.providerChargeId ?? "";
      expect(text).toContain(id);
      const change = (said: string) => said.replaceAll(id, `${id.slice(0, -1)}${id.endsWith("9") ? "8" : "9"}`);
      const url = delivery.url && { url: new URL(change(delivery.url.href)) };
      expect(verify({ ...delivery, rawBody: Buffer.from(change(text)), ...url })).toBeNull();
    });

    test("a service in trouble is a failure that may be tried again; wrong keys are one that may not", async () => {
      const { known } = await start();
      await stage.payer.behave(stage.account, { fails: { status: 503, times: 1 } });
      await expect(callApi(known)).rejects.toMatchObject({ kind: "unreachable", retriable: true });
      await stage.payer.behave(stage.account, { fails: { status: 401, times: 1 } });
      await expect(callApi(known)).rejects.toMatchObject({ kind: "misconfigured", retriable: false });
      await stage.payer.calm(stage.account);
    });

    test("a service that does not answer is given up on", async () => {
      const { known } = await start();
      await stage.payer.behave(stage.account, { slowMs: 15_000 });
      await expect(callApi(known)).rejects.toMatchObject({ kind: "unreachable", retriable: true });
      await stage.payer.calm(stage.account);
    }, 20_000);

    test.skipIf(!searches)("rows that cannot be read are reported one by one, and hide no other charge", async () => {
      const { known, charges } = await paid("approve");
      await stage.payer.behave(stage.account, { garbledRows: 2 });
      const found = await stage.provider.findCharges(known);
      expect(found.charges).toEqual(charges);
      const row = { providerChargeId: expect.any(String), why: expect.any(String) };
      expect(found.unreadable).toEqual([row, row]);
      await stage.payer.calm(stage.account);
      expect(await stage.provider.findCharges(known)).toEqual({ charges, unreadable: [] });
    });

    test.skipIf(!canLookUp)("a search that shows only unreadable rows is not the same as one that shows none", async () => {
      const { known } = await start();
      expect(await stage.provider.findCharges(known)).toEqual({ charges: [], unreadable: [] });
      await stage.payer.behave(stage.account, { garbledRows: 1 });
      expect(await stage.provider.findCharges(known)).toMatchObject({ charges: [], unreadable: [{}] });
      await stage.payer.calm(stage.account);
    });

    /** The oldest charge is approved, and so many younger ones under its reference are declined. */
    const fillPages = async ({ reference, amountMinor }: StartPayment, declined: number) => {
      await stage.payer.behave(stage.account, { rowsPerPage: 10 });
      const charge = (state: "approved" | "declined") =>
        stage.payer.charge(stage.account, { reference, amountMinor, state }, { tells: "never" });
      await charge("approved");
      for (let n = 0; n < declined; n += 1) await charge("declined");
    };

    test.skipIf(!searches)("a charge behind the first page is found, and each charge once", async () => {
      const { payment, known } = await start();
      await fillPages(payment, 25);
      const { charges, unreadable } = await stage.provider.findCharges(known);
      expect(unreadable.length === 0).toBe(searchHasPages);
      expect(charges.filter(({ state }) => state === "approved")).toHaveLength(1);
      const ids = charges.map(({ providerChargeId }) => providerChargeId);
      expect(new Set(ids).size).toBe(ids.length);
      if (searchHasPages) expect(charges).toHaveLength(26);
      await stage.payer.calm(stage.account);
    });

    test.skipIf(!searches)("pages beyond the last that is read are reported", async () => {
      const { payment, known } = await start();
      await fillPages(payment, 150);
      expect((await stage.provider.findCharges(known)).unreadable).not.toEqual([]);
      await stage.payer.calm(stage.account);
    });

    listSuite(definition, { stage: () => stage, pay: () => paid("approve"), fillPages });

    test("an amount that the provider does not take is refused before the customer leaves", async () => {
      const { minMinor = 1 } = capabilities.amounts[stage.payment().currency] ?? {};
      for (const amountMinor of [0, -100, 0.5, minMinor - 1]) {
        await expect(stage.provider.start(stage.payment({ amountMinor }))).rejects.toBeInstanceOf(ProviderFailure);
      }
      await expect(stage.provider.start(stage.payment({ currency: "XXX" }))).rejects.toBeInstanceOf(ProviderFailure);
    });

    const goesBackByApi = capabilities.refunds.voidByApi || capabilities.refunds.refundByApi;
    test.skipIf(!goesBackByApi)("an approved charge goes back by one of the ways that the capabilities name", async () => {
      const { refunds } = capabilities;
      for (const method of [...(refunds.voidByApi ? ["void" as const] : []), ...(refunds.refundByApi ? ["refund" as const] : [])]) {
        const { payment, known, charges } = await paid("approve");
        const providerChargeId = charges[0]?.providerChargeId ?? "";
        const request = {
          payment: known,
          providerChargeId,
          amountMinor: payment.amountMinor,
          currency: payment.currency,
          idempotencyKey: `case-${payment.reference}`,
          method,
        };
        const answer = await stage.provider.refund(request);
        expect(answer.result).toBe("accepted");
        expect(answer.providerRefundId).not.toBe("");
        expect(["accepted", "refused"]).toContain((await stage.provider.refund(request)).result);
      }
    });

    test("what was not approved cannot go back", async () => {
      const { payment, known, charges } = await paid("decline");
      const money = { amountMinor: payment.amountMinor, currency: payment.currency };
      const request = {
        payment: known,
        providerChargeId: charges[0]?.providerChargeId ?? "",
        ...money,
        idempotencyKey: "case-1",
        method: "refund" as const,
      };
      expect(await stage.provider.refund(request)).toMatchObject({ result: "refused" });
      expect(await stage.provider.refund({ ...request, providerChargeId: "no-such-charge" })).toMatchObject({ result: "refused" });
    });

    test("scrubbing leaves no secret, card number or personal data, and keeps what identifies the charge", async () => {
      const { payment, charges, deliveries } = await paid("approve");
      const scrub = definition.scrub;
      const body = scrub(Buffer.from(only(deliveries).rawBody).toString());
      if (saidReference(only(deliveries), payment)) expect(body).toContain(payment.reference);
      expect(body).toContain(charges[0]?.providerChargeId ?? "");
      for (const personal of [payment.customer.email, payment.customer.name]) expect(body).not.toContain(personal);
      const leak = scrub(`keys ${stage.secrets.join(" ")} card 4242424242424242 and 4111 1111 1111 1111`);
      for (const secret of [...stage.secrets, "4242424242424242", "4111 1111 1111 1111"]) expect(leak).not.toContain(secret);
    });

    test("the connection test says yes to good keys and names what it cannot prove", async () => {
      expect(await stage.provider.test()).toMatchObject({ ok: true });
      expect((await stage.provider.test()).unproven.length).toBeGreaterThan(0);
    });
  });
}

export function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error(`expected one, found ${items.length}`);
  return item;
}
