import { expect } from "vitest";
import { type Customer, type CustomersPage, customer, customersPage } from "#contracts/customers/customers.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { book, hold, pay, slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { type MerchantWish, openMerchant } from "#tests/support/merchant.ts";
import type { Place } from "#tests/support/world.ts";
import { type Answered, type Asked, ask, expectShape } from "../request.ts";

export type Person = { name: string; email: string; phone: string };
export type Reception = (path: string, asked?: Asked) => Promise<Answered>;

/** Asks as a member of the clinic. */
export async function receptionOf(world: Place, { tenantId }: Clinic, wish: MerchantWish = {}): Promise<Reception> {
  const { cookie } = await openMerchant(world, { ...wish, tenantId });
  return (path, asked = {}) => ask(world, `/api/customers${path}`, { ...asked, headers: { ...asked.headers, cookie } });
}

export async function listOf(reception: Reception, query = ""): Promise<CustomersPage> {
  const answer = await reception(query);
  expect(answer.status, answer.text).toBe(200);
  return expectShape(customersPage, answer.body);
}

export async function pageOf(reception: Reception, id: string): Promise<Customer> {
  const answer = await reception(`/${id}`);
  expect(answer.status, answer.text).toBe(200);
  return expectShape(customer, answer.body);
}

/** The one who is found, or a failure that says how many were. */
export async function found(reception: Reception, search: string): Promise<Customer> {
  const { customers } = await listOf(reception, `?search=${encodeURIComponent(search)}`);
  expect(customers).toHaveLength(1);
  return pageOf(reception, customers[0]?.id ?? "");
}

type Coming = { n: number; person: Person; serviceId?: string };

/** On the payment page, in the n-th slot. */
export async function comes(world: Place, clinic: Clinic, { n, person, serviceId }: Coming) {
  const held = await hold(world, clinic, { start: slotStart(n), ...(serviceId && { serviceId }) });
  expect(held.status).toBe(201);
  const booked = await book(world, clinic, { holdId: held.body.id, session: held.body.session, customer: person });
  return { answer: booked, id: booked.body.id, token: booked.body.token, checkoutUrl: booked.body.checkoutUrl };
}

/** Paid and confirmed. */
export async function buys(world: Place, clinic: Clinic, coming: Coming): Promise<string> {
  const booking = await comes(world, clinic, coming);
  expect(booking.answer.status).toBe(201);
  await pay(world, booking.checkoutUrl, "approve");
  await eventually(async () => {
    const { rows } = await world.owner.query("select status from checkout where id = $1", [booking.id]);
    expect(rows[0]?.status).toBe("confirmed");
  });
  return booking.id;
}
