import { randomUUID } from "node:crypto";
import { createConnection } from "#commands/connections/create-connection.ts";
import { settleInboxEvent } from "#commands/inbox/settle-event.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { system as caller } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import { takesAmount } from "#domain/payment-provider.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import type { Clinic } from "../support/clinic.ts";
import { bookUnheld, slotStart } from "../support/customer.ts";
import { testedProvider, testedProviders } from "../support/payers/tested-provider.ts";
import type { World } from "../support/world.ts";
import { atOnce, type Place, paymentOf } from "./contest.ts";

const price = { amountMinor: 10_000_000, currency: "COP" };

/** The tested providers that take this price. */
const payable = Object.values(testedProviders).filter(({ id }) => {
  const capabilities = paymentProvider(id)?.capabilities;
  return capabilities !== undefined && takesAmount(capabilities, price);
});
/** The others tell of a payment by their webhook alone. */
const canBeAsked = (provider: string) => paymentProvider(provider)?.capabilities.lookup !== "none";

/** Gives the clinic an account at each of them. Answers their ids. */
export async function connectEverywhere(world: Pick<World, "appUrl" | "simulatorsUrl">, { tenantId }: Clinic): Promise<string[]> {
  for (const { id: provider, payer } of payable) {
    if (provider === testedProvider.id) continue;
    const id = randomUUID();
    const { credentials } = await payer(world.simulatorsUrl).openAccount(`${world.appUrl}/api/webhooks/${provider}/${id}`);
    await createConnection({ caller, input: { tenantId, ...newConnection.parse({ id, kind: "payment", provider, credentials }) } });
  }
  return payable.map(({ id }) => id);
}

export type Rival = { id: string; token: string; reference: string; paymentId: string; provider: string };

const atATimeMax = 16;

/** So many customers on the payment pages for one slot that nobody holds. */
export async function rivals({ world, clinic }: Place, wish: { count: number; n?: number; providers: string[]; serviceId?: string }) {
  const { count, n = 0, providers, serviceId } = wish;
  const start = slotStart(n);
  const begin = async (index: number): Promise<Rival & { checkoutUrl: string }> => {
    const provider = providers[index % providers.length] ?? testedProvider.id;
    const email = `payer${index}@${clinic.link}.example`;
    const { status, body } = await bookUnheld(world, clinic, { start, email, provider, ...(serviceId && { serviceId }) });
    if (status !== 201) throw new Error(`booking answered ${status} ${body.code}`);
    return { ...body, provider, paymentId: await paymentOf(world, body.reference) };
  };
  // What is raced is the paying: the pages may be reached some at a time.
  const pages: (Rival & { checkoutUrl: string })[] = [];
  for (let from = 0; from < count; from += atATimeMax) {
    const length = Math.min(atATimeMax, count - from);
    pages.push(...(await Promise.all(Array.from({ length }, (_, index) => begin(from + index)))));
  }
  return pages;
}

/** All pay. A webhook comes only from those that cannot be asked, and is stored. */
export async function allPay(world: World, pages: readonly { checkoutUrl: string; provider: string }[]): Promise<void> {
  await Promise.all(
    pages.map(({ checkoutUrl, provider }) =>
      testedProviders[provider]
        ?.payer(world.simulatorsUrl)
        .pay(checkoutUrl, "approve", { tells: canBeAsked(provider) ? "never" : "before_return" }),
    ),
  );
}

/** Everybody's payment is settled at the same moment. */
export async function settleAll({ world, clinic: { tenantId } }: Place, pages: readonly Rival[]): Promise<string[]> {
  const told = "select reference, id from inbox_event where tenant_id = $1";
  const { rows } = await world.owner.query<{ reference: string; id: string }>(told, [tenantId]);
  const events = new Map(rows.map(({ reference, id }) => [reference, id]));
  return atOnce(
    pages.map(({ paymentId, provider, reference }) => {
      if (canBeAsked(provider)) return () => pollPayment({ tenantId, paymentId });
      const inboxEventId = events.get(reference);
      if (!inboxEventId) throw new Error(`${provider} has told nothing of ${reference}`);
      return () => settleInboxEvent({ tenantId, inboxEventId });
    }),
  );
}

/** How many bookings ended in each way. */
export async function ends({ world, clinic }: Place): Promise<Record<string, number>> {
  const { rows } = await world.owner.query<{ status: string; count: number }>(
    "select status, count(*)::int as count from checkout where tenant_id = $1 group by status",
    [clinic.tenantId],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}
