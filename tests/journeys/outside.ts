import { roomNameOf } from "#domain/room-name.ts";
import type { SeenCallback, SeenMail } from "../support/outside-effects.ts";
import { post } from "../support/post.ts";
import type { Place } from "../support/world.ts";

type SeenEvent = { state: string; status: string; attempts: { at: string; status: number | null }[] };

/** What the world outside has of one booking or order. */
export type Outside = { rooms: number; mails: string[]; callbacks: { event: string; firma: string; standardWebhook: string }[] };

export const nothing: Outside = { rooms: 0, mails: [], callbacks: [] };

/** Mails are told apart by the customer's address, which each of the three carries. */
export async function outsideOf(place: Place, booking: { id: string; email: string; server: string }): Promise<Outside> {
  const at = place.simulatorsUrl;
  const { rooms } = await readJson<{ rooms: { name: string }[] }>(`${at}/daily/state`);
  const { mails } = await readJson<{ mails: SeenMail[] }>(`${at}/mail/state`);
  const { callbacks } = await readJson<{ callbacks: SeenCallback[] }>(`${at}/merchant/state/${booking.server}`);
  return {
    rooms: rooms.filter((room) => room.name === roomNameOf(booking.id)).length,
    mails: mails
      .filter((mail) => JSON.stringify([mail.to, mail.text]).includes(booking.email))
      .flatMap((mail) => mail.to)
      .sort(),
    callbacks: callbacks
      .map((seen) => ({ ...seen, told: JSON.parse(seen.body) as { evento: string; booking_id?: string; orden_id?: string } }))
      .filter(({ told }) => (told.booking_id ?? told.orden_id) === booking.id)
      .map(({ told, firma, standardWebhook }) => ({
        event: told.evento,
        firma: firma.verdict,
        standardWebhook: standardWebhook.verdict,
      })),
  };
}

/** The booking behind Wompi's page, before anything of it is known to the browser. */
export async function bookingBehind(place: Place, wompiPage: string): Promise<string> {
  const reference = new URL(wompiPage).searchParams.get("reference");
  const { rows } = await place.owner.query<{ id: string }>("select checkout_id as id from payment where reference = $1", [reference]);
  return rows[0]?.id ?? "";
}

/** Everything that is to happen outside for a booking, waiting or done. */
export async function followUpsOf(place: Place, bookingId: string): Promise<number> {
  const { rows } = await place.owner.query<{ count: number }>("select count(*)::int from follow_up where subject_id = $1", [bookingId]);
  return rows[0]?.count ?? Number.NaN;
}

export async function eventsAbout(place: Place, reference: string): Promise<SeenEvent[]> {
  return (await readJson<{ events: SeenEvent[] }>(`${place.simulatorsUrl}/wompi/state?reference=${reference}`)).events;
}

/** The bank makes up its mind. Answers when the event, if there is one, was delivered. */
export async function resolve(place: Place, transactionId: string | undefined, status: "APPROVED" | "DECLINED"): Promise<void> {
  await post(`${place.simulatorsUrl}/wompi/transactions/${transactionId}/resolve`, { status });
}

export async function transactionOf(place: Place, bookingId: string): Promise<{ id: string; reference: string }> {
  const { rows } = await place.owner.query<{ reference: string }>(
    "select reference from payment where checkout_id = $1 order by created_at desc limit 1",
    [bookingId],
  );
  const reference = rows[0]?.reference ?? "";
  const { transactions } = await readJson<{ transactions: { id: string }[] }>(`${place.simulatorsUrl}/wompi/state?reference=${reference}`);
  return { id: transactions[0]?.id ?? "", reference };
}

async function readJson<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}
