import { expect } from "vitest";
import type { ChargeFact, PaymentCapabilities } from "#domain/payment-provider.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import type { Clinic, ClinicSettings } from "../clinic.ts";
import { openClinic } from "../clinic.ts";
import { eventually } from "../end-state.ts";
import {
  bookAtPretended,
  newService,
  type PretendedEvent,
  type PretendedService,
  pretendProvider,
  pretendWebhook,
} from "../pretend-provider.ts";
import type { World } from "../world.ts";

export type Booking = { id: string; token: string; reference: string; amountMinor: number; checkoutUrl: string };
export type OnPage = { clinic: Clinic; connectionId: string; booking: Booking & { holdId: string; session: string } };

/** The pretended provider in a file of tests: its service, and what a customer does there. */
export function pretended(world: () => Pick<World, "appUrl" | "owner" | "simulatorsUrl">) {
  const at: { service: PretendedService } = { service: newService() };
  const one = async <T extends object>(text: string, values: unknown[]): Promise<T | undefined> =>
    (await world().owner.query<T>(text, values)).rows[0];
  return {
    at,
    one,
    begin(): void {
      at.service = newService();
    },
    end(): void {
      delete paymentProviders["pretend"];
    },
    async onItsPage(facts: Partial<PaymentCapabilities>, settings: ClinicSettings = {}): Promise<OnPage> {
      paymentProviders["pretend"] = pretendProvider(at.service, facts);
      const clinic = await openClinic(world() as World, settings);
      return { clinic, ...(await bookAtPretended(world() as World, clinic)) };
    },
    /** Another try, on a page of its own. */
    async payAgain(booking: Booking, body: object = { provider: "pretend" }): Promise<Booking> {
      const answer = await fetch(`${world().appUrl}/api/bookings/${booking.id}/payments?token=${booking.token}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return { ...booking, ...((await answer.json()) as Booking) };
    },
    returns: (booking: Booking) => fetch(`${world().appUrl}/pay/return/${booking.id}/${booking.token}`, { redirect: "manual" }),
    async tells(connectionId: string, booking: Booking, event: Partial<PretendedEvent>): Promise<void> {
      const { reference, amountMinor } = booking;
      const own = { key: `${event.state ?? "approved"}-${reference}`, id: `charge-${reference}`, reference, state: "approved" } as const;
      const { body, headers } = pretendWebhook({ ...own, amountMinor, currency: "COP", ...event });
      const answer = await fetch(`${world().appUrl}/api/webhooks/pretend/${connectionId}`, { method: "POST", headers, body });
      expect(answer.status).toBe(200);
    },
    paymentReaches: (reference: string, wanted: object) =>
      eventually(async () =>
        expect(
          await one("select status, closed_at is not null as closed, failures from payment where reference = $1", [reference]),
        ).toMatchObject(wanted),
      ),
  };
}

export const chargeOf = (booking: Booking, changes: Partial<ChargeFact> = {}): ChargeFact => ({
  providerChargeId: `charge-${booking.reference}`,
  reference: booking.reference,
  state: "approved",
  providerStatus: "approved",
  amountMinor: booking.amountMinor,
  currency: "COP",
  method: "card",
  finalizedAt: new Date(),
  ...changes,
});
