import { randomUUID } from "node:crypto";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import type { Clinic } from "../support/clinic.ts";
import type { Account, Payer, PaymentHabits, SeenCharge, TestedProvider } from "../support/payers/payer.ts";
import type { Place } from "../support/world.ts";
import type { Random } from "./random.ts";

/** The clinic's account at one provider, and the hands that act there. */
export type Desk = {
  provider: TestedProvider;
  payer: Payer;
  account: Account;
  /** False: only its webhooks tell, so that it tells everything, sooner or later. */
  canBeAsked: boolean;
  /** What it signs is the truth, and nothing is asked. */
  trustsEvents: boolean;
};
export type SeenAtDesk = SeenCharge & { desk: Desk };

/** The clinic has an account at the first one already. */
export async function openDesks(world: Place, clinic: Clinic, others: readonly TestedProvider[]): Promise<Desk[]> {
  const desks = [deskOf(world, clinic.provider, clinic.account)];
  for (const provider of others) {
    const id = randomUUID();
    const account = await provider.payer(world.simulatorsUrl).openAccount(`${world.appUrl}/api/webhooks/${provider.id}/${id}`);
    const wish = { kind: "payment", provider: provider.id, mode: "test", credentials: account.credentials } as const;
    await createConnection({ caller, input: { ...wish, tenantId: clinic.tenantId, id } });
    desks.push(deskOf(world, provider, account));
  }
  return desks;
}

function deskOf(world: Place, provider: TestedProvider, account: Account): Desk {
  const facts = paymentProvider(provider.id)?.capabilities;
  const payer = provider.payer(world.simulatorsUrl);
  return { provider, account, payer, canBeAsked: facts?.lookup !== "none", trustsEvents: facts?.signatureCovers === "all" };
}

/** Draws nothing where there is no choice, so that a seed keeps its luck. */
export function pickDesk(random: Random, desks: readonly Desk[]): Desk {
  const [only, ...others] = desks;
  return only && others.length === 0 ? only : random.pick([...desks]);
}

export async function chargesAt(desks: readonly Desk[]): Promise<SeenAtDesk[]> {
  const all = await Promise.all(desks.map(async (desk) => (await desk.payer.charges(desk.account)).map((charge) => ({ ...charge, desk }))));
  return all.flat();
}

/** As that provider can: what nobody can ask about is told with a right signature. */
export function habitsAt<Habits extends Pick<PaymentHabits, "tells" | "signature">>({ canBeAsked }: Desk, habits: Habits): Habits {
  if (canBeAsked) return habits;
  const { signature: _, ...others } = habits;
  return { ...others, tells: habits.tells === "never" ? "after_return" : habits.tells } as Habits;
}
