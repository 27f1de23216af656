import { type RawBuilder, sql } from "kysely";

/** `checkouts`: ids of purchases and attempts. `customers`: of the person and their doubles. */
export type Person = { checkouts: readonly string[]; customers: readonly string[] };
type Kept = { table: string; columns: string; becomes: string; erase: (person: Person) => RawBuilder<unknown> };

/** What stands where a name stood. An empty address says that nobody is written to. */
export const erasedName = "—";

const mine = sql`tenant_id = current_tenant()`;
const uuids = (ids: readonly string[]) => sql`${ids}::uuid[]`;
const ofSubject = ({ checkouts }: Person) => sql`${mine} and subject_id = any (${uuids(checkouts)})`;
const followUpsOf = (person: Person) => sql`select id from follow_up where ${ofSubject(person)}`;
const paymentsOf = ({ checkouts }: Person) => sql`payment where ${mine} and checkout_id = any (${uuids(checkouts)})`;

/**
 * Every column that may hold something of a person who buys: the one list. Erasing runs down it.
 * `tests/http/customers/erase.test.ts` looks for a marked person in all columns of all tables. Jobs
 * hold ids only, and logs are redacted.
 */
export const personalData: readonly Kept[] = [
  {
    table: "booking",
    columns: "import_key",
    becomes: "nothing: whoever guesses an address could prove it by the hash",
    erase: ({ checkouts }) =>
      sql`update booking set import_key = null where ${mine} and import_key is not null and id = any (${uuids(checkouts)})`,
  },
  {
    table: "payment",
    columns: "checkout_url",
    becomes: "nothing: it carries name, address and number to the provider",
    erase: ({ checkouts }) => sql`update payment set checkout_url = null where ${mine} and checkout_id = any (${uuids(checkouts)})`,
  },
  {
    table: "idempotency_key",
    columns: "answer",
    becomes: "deleted: it repeats that address",
    erase: ({ checkouts }) => sql`delete from idempotency_key where ${mine} and answer ->> 'id' = any (${[...checkouts]}::text[])`,
  },
  {
    table: "inbox_event",
    columns: "body",
    becomes: "empty: providers' words for a payer differ, and what they tell is in charge",
    erase: (person) => sql`update inbox_event set body = '{}' where ${mine} and (reference in (select reference from ${paymentsOf(person)})
      or provider_charge_id in (select c.provider_charge_id from charge c where c.tenant_id = current_tenant()
        and c.payment_id in (select id from ${paymentsOf(person)})))`,
  },
  {
    table: "callback_message",
    columns: "body",
    becomes: "the same without the customer, their answers and campaign; a repeat sends that",
    erase: (person) => sql`update callback_message set body = ((body::jsonb - 'respuestas' - 'origen'
      #- '{orden,direccion}' #- '{orden,usuario_id}' #- '{orden,nota}') || jsonb_build_object('usuario',
      jsonb_build_object('nombre', ${erasedName}::text, 'email', '', 'telefono', '')))::text
      where ${mine} and id in (${followUpsOf(person)})`,
  },
  {
    table: "callback_attempt",
    columns: "response_excerpt, error",
    becomes: "nothing: a server may repeat what it got",
    erase: (person) =>
      sql`update callback_attempt set response_excerpt = null, error = null where ${mine} and follow_up_id in (${followUpsOf(person)})`,
  },
  {
    table: "follow_up",
    columns: "last_error",
    becomes: "nothing: mail servers name the address that they refuse. What was skipped keeps a dash for its reason",
    erase: (person) => sql`update follow_up set last_error = case when state = 'skipped' then ${erasedName} end
      where last_error is not null and ${ofSubject(person)}`,
  },
  {
    table: "event",
    columns: "details",
    becomes: "the same without the masked contact before and after a correction",
    erase: (person) => sql`update event set details = details - 'name' - 'email' - 'phone' where details ?| array['name', 'email', 'phone']
      and ${ofSubject(person)}`,
  },
  {
    table: "notification",
    columns: "details",
    becomes: "empty: it repeats an event's",
    erase: ({ checkouts }) => sql`update notification set details = '{}' where ${mine} and checkout_id = any (${uuids(checkouts)})`,
  },
  {
    table: "refund_case",
    columns: "proof, last_error",
    becomes: "a dash, or nothing: people write into a proof to whom they sent the money",
    erase: ({ checkouts }) => sql`update refund_case set proof = case when proof is null then null else ${erasedName} end, last_error = null
      where ${mine} and checkout_id = any (${uuids(checkouts)})`,
  },
  {
    table: "on_site_receipt",
    columns: "reference",
    becomes: "nothing: a bank may write a name into it",
    erase: (person) =>
      sql`update on_site_receipt set reference = null where ${mine} and payment_id in (select id from ${paymentsOf(person)})`,
  },
  {
    table: "refund_proof",
    columns: "name",
    becomes: "a dash: people name a file after whom they paid. The file itself stays, as proof of money",
    erase: ({
      checkouts,
    }) => sql`update refund_proof set name = ${erasedName} || case type when 'application/pdf' then '.pdf' else '.jpg' end
      where ${mine} and refund_case_id in (select id from refund_case where ${mine} and checkout_id = any (${uuids(checkouts)}))`,
  },
  {
    table: "visit",
    columns: "source, campaign",
    becomes: "empty: an address may have carried their name. The visit still counts",
    erase: ({ checkouts }) => sql`update visit set source = '', campaign = '' where ${mine} and checkout_id = any (${uuids(checkouts)})`,
  },
  {
    table: "slot_claim",
    columns: "session, address",
    becomes: "nothing: hashes of a browser and of its address",
    erase: ({ checkouts }) =>
      sql`update slot_claim set session = null, address = null where ${mine} and checkout_id = any (${uuids(checkouts)})`,
  },
  {
    table: "booking_answer",
    columns: "question, answer, sealed",
    becomes: "deleted",
    erase: ({ checkouts }) => sql`delete from booking_answer where ${mine} and booking_id = any (${uuids(checkouts)})`,
  },
  {
    table: "booking_note",
    columns: "text",
    becomes: "deleted",
    erase: ({ checkouts }) => sql`delete from booking_note where ${mine} and booking_id = any (${uuids(checkouts)})`,
  },
  {
    table: "booking",
    columns: "customer_timezone, campaign, meeting_url",
    becomes: "nothing",
    erase: ({ checkouts }) =>
      sql`update booking set customer_timezone = null, campaign = null where ${mine} and id = any (${uuids(checkouts)})`,
  },
  {
    table: "order_session",
    columns: "address, user_id, note, campaign, snapshot",
    becomes: "nothing: what was sold stays in its lines",
    erase: ({ checkouts }) => sql`update order_session set address = null, user_id = null, note = null, campaign = null, snapshot = '{}'
      where ${mine} and id = any (${uuids(checkouts)})`,
  },
  {
    table: "cart",
    columns: "user_id",
    becomes: "deleted: what was bought with it stands in the order",
    erase: ({ checkouts }) => sql`delete from cart where ${mine}
      and id in (select cart_id from order_session where ${mine} and id = any (${uuids(checkouts)}))`,
  },
  {
    table: "discount_claim",
    columns: "customer",
    becomes: "empty: the use still counts",
    erase: ({ checkouts }) => sql`update discount_claim set customer = '' where ${mine} and checkout_id = any (${uuids(checkouts)})`,
  },
  {
    table: "order_shipment",
    columns: "tracking_number, tracking_url",
    becomes: "nothing: a carrier says by it where it went",
    erase: ({ checkouts }) => sql`update order_shipment set tracking_number = null, tracking_url = null
      where ${mine} and order_id = any (${uuids(checkouts)})`,
  },
  {
    table: "shop_order",
    columns: "tracking_number, tracking_url",
    becomes: "nothing",
    erase: ({ checkouts }) =>
      sql`update shop_order set tracking_number = null, tracking_url = null where ${mine} and id = any (${uuids(checkouts)})`,
  },
  {
    table: "order_note",
    columns: "text",
    becomes: "deleted",
    erase: ({ checkouts }) => sql`delete from order_note where ${mine} and order_id = any (${uuids(checkouts)})`,
  },
  {
    table: "checkout",
    columns: "customer_name, customer_email, customer_phone, session, customer_id",
    becomes: "a dash, and nothing; amount, times and charge stay",
    erase: ({ checkouts }) => sql`update checkout set customer_name = ${erasedName}, customer_email = '', customer_phone = '', session = '',
      customer_id = null, updated_at = now() where ${mine} and id = any (${uuids(checkouts)})`,
  },
  {
    table: "customer_note",
    columns: "text",
    becomes: "deleted",
    erase: ({ customers }) => sql`delete from customer_note where ${mine} and customer_id = any (${uuids(customers)})`,
  },
  {
    table: "customer_contact",
    columns: "value",
    becomes: "deleted",
    erase: ({ customers }) => sql`delete from customer_contact where ${mine} and customer_id = any (${uuids(customers)})`,
  },
  {
    table: "customer",
    columns: "name, email, phone, digits, locale, blocked_reason, full_payment_reason",
    becomes: "deleted",
    erase: ({ customers }) => sql`delete from customer where ${mine} and id = any (${uuids(customers)})`,
  },
];
