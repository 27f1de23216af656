import { SignJWT } from "jose";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { archiveLink } from "#commands/links/archive-link.ts";
import { createLink } from "#commands/links/create-link.ts";
import { signLinkFor } from "#commands/links/sign-link.ts";
import { updateLink } from "#commands/links/update-link.ts";
import { system as caller } from "#contracts/caller.ts";
import { newLink } from "#contracts/catalog.ts";
import { type LinkSigning, linkSigning } from "#contracts/links/links.ts";
import { env } from "#platform/env.ts";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { prepareStage } from "../../support/stage.ts";

const stage = prepareStage();
let clinic: Clinic;
beforeAll(async () => {
  clinic = await stage.openClinic();
});
afterEach(() => {
  vi.useRealTimers();
});

const newOne = () => createLink({ caller, input: { ...newLink.parse({ name: "Personal" }), tenantId: clinic.tenantId } });
async function sign(linkId: string, wish: Partial<LinkSigning> = {}): Promise<string> {
  const input = { tenantId: clinic.tenantId, linkId, wish: linkSigning.parse(wish) };
  return (await signLinkFor({ caller, input })).token;
}
async function options(
  link: string,
): Promise<{ status: number; code?: string; preselected?: object; prefill?: object; note?: string | null }> {
  const answer = await fetch(`${stage.appUrl}/api/booking/${link}/options`);
  return { ...((await answer.json()) as object), status: answer.status };
}

test("a signed link leads from its customer's details to a paid booking of the link that it was made of", async () => {
  const { id, publicId } = await newOne();
  const customer = { name: "Zoë Çelik", email: "zoe@example.com", phone: "+57 300 123 4567" };
  const { serviceId, professionalId } = clinic;
  const link = await sign(id, { ...customer, serviceId, professionalId, note: "Precio acordado: $100.000" });
  expect(await options(link)).toMatchObject({
    status: 200,
    preselected: { serviceId, professionalId },
    prefill: customer,
    note: "Precio acordado: $100.000",
  });
  const times = await fetch(`${stage.appUrl}/api/availability?link=${link}&service=${serviceId}&professional=${professionalId}`);
  expect(times.status).toBe(200);
  const booking = await stage.reachPaymentPage({ ...clinic, link }, { start: slotStart(0), email: customer.email });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed", link: publicId });
  const { rows } = await stage.owner.query("select link_id from booking where id = $1", [booking.id]);
  expect(rows).toEqual([{ link_id: id }]);
});

test("what was not signed here is no link: changed, cut, signed with another key or for another purpose, or unsigned", async () => {
  const { id, publicId } = await newOne();
  const token = await sign(id);
  const [head = "", body = "", seal = ""] = token.split(".");
  const said = JSON.parse(Buffer.from(body, "base64url").toString());
  const encode = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  const forge = (content: object, secret = env().JWT_SECRET, audience = "booking-link") =>
    new SignJWT({ ...content })
      .setProtectedHeader({ alg: "HS256" })
      .setAudience(audience)
      .setExpirationTime("1h")
      .sign(new TextEncoder().encode(secret));
  const good = { linkId: id, tenantId: clinic.tenantId, publicId };
  expect((await options(await forge(good))).status).toBe(200);
  const other = await stage.openClinic();
  const tokens = [
    `${head}.${encode({ ...said, exp: said.exp + 999_999 })}.${seal}`,
    `${head}.${body}.${seal.slice(0, -2)}`,
    `${encode({ alg: "none" })}.${body}.`,
    await forge(good, "another secret that is long enough"),
    await forge(good, env().APP_SECRET),
    await forge(good, env().JWT_SECRET, "something-else"),
    await forge({ ...good, tenantId: other.tenantId }),
    await forge({ ...good, publicId: other.link }),
    await forge({ linkId: id }),
  ];
  for (const each of tokens) expect(await options(each), each).toMatchObject({ status: 404, code: "link_unknown" });
});

test("a signed link ends with its time, and with the link that it was made of", async () => {
  const { id } = await newOne();
  const [hour, month] = [await sign(id, { hours: 1 }), await sign(id)];
  expect(await options(hour)).toMatchObject({ status: 200 });
  const { databaseNow } = await import("#platform/connection-check.ts");
  const later = async (ms: number) => {
    const now = vi.spyOn(performance, "now");
    const real = now.getMockImplementation();
    expect(real).toBeUndefined();
    const before = databaseNow();
    const base = performance.now();
    now.mockImplementation(() => base + ms);
    const found = [databaseNow() - before, (await options(hour)).code, (await options(month)).code];
    now.mockRestore();
    return found;
  };
  expect(await later(3_601_000)).toEqual([expect.closeTo(3_601_000, -2), "link_expired", undefined]);
  await updateLink({ caller, input: { tenantId: clinic.tenantId, linkId: id, changes: { isActive: false } } });
  expect(await options(month)).toMatchObject({ code: "link_inactive" });
  await expect(sign(id)).rejects.toMatchObject({ code: "link_inactive" });
  await updateLink({ caller, input: { tenantId: clinic.tenantId, linkId: id, changes: { isActive: true } } });
  expect(await options(month)).toMatchObject({ status: 200 });
  await archiveLink({ caller, input: { tenantId: clinic.tenantId, linkId: id } });
  expect(await options(month)).toMatchObject({ code: "link_inactive" });
  await expect(sign(id)).rejects.toMatchObject({ code: "link_unknown" });
});

test("nothing of the customer is in the event that says a link was signed", async () => {
  const { id } = await newOne();
  await sign(id, { hours: 48, name: "Zoë Çelik", email: "zoe@example.com" });
  const { rows } = await stage.owner.query(
    "select details::text as details from event where kind = 'link.signed' and details ->> 'linkId' = $1",
    [id],
  );
  expect(rows).toHaveLength(1);
  expect(JSON.parse(rows[0].details)).toMatchObject({ linkId: id, hours: 48, isForCustomer: true });
  expect(rows[0].details).not.toMatch(/zoe|Zoë/i);
});
