import { beforeAll, expect, test } from "vitest";
import { countLinkOpen, writeLinkOpens } from "#commands/links/count-opens.ts";
import { bookingCallback } from "#contracts/callback.ts";
import { loadLinkDetails } from "#queries/links/links.ts";
import type { Clinic } from "../../support/clinic.ts";
import { customerOfTests, hold, paysAt, slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { testedProvider } from "../../support/payers/tested-provider.ts";
import { prepareStage } from "../../support/stage.ts";

const stage = prepareStage();
let clinic: Clinic;
beforeAll(async () => {
  clinic = await stage.openClinic();
});

async function figuresOf({ tenantId, link }: Clinic) {
  const { rows } = await stage.owner.query("select id from booking_link where public_id = $1", [link]);
  return loadLinkDetails(tenantId, rows[0].id);
}

async function book(n: number, campaign: unknown): Promise<{ status: number; body: { id: string; checkoutUrl: string; code?: string } }> {
  const { body: held } = await hold(stage, clinic, { start: slotStart(n) });
  const answer = await fetch(`${stage.appUrl}/api/bookings`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-checkout-session": held.session },
    body: JSON.stringify({
      link: clinic.link,
      holdId: held.id,
      customer: customerOfTests,
      acceptedTerms: true,
      ...paysAt(testedProvider.id),
      campaign,
    }),
  });
  return { status: answer.status, body: (await answer.json()) as { id: string; checkoutUrl: string } };
}

const told = async () => {
  const answer = await fetch(`${stage.simulatorsUrl}/merchant/state/${clinic.callback.id}`);
  const { callbacks } = (await answer.json()) as { callbacks: { body: string }[] };
  return callbacks.map(({ body }) => bookingCallback.parse(JSON.parse(body)));
};

test("what an address said about its campaign is with the booking, in its callback and in the link's figures", async () => {
  const campaign = { utm_source: "instagram", utm_campaign: "día de la madre" };
  const booked = await book(0, campaign);
  const plain = await book(2, undefined);
  for (const { body } of [booked, plain]) await stage.pay(body.checkoutUrl, "approve");
  await eventually(async () => {
    const origins = Object.fromEntries((await told()).map(({ booking_id, origen }) => [booking_id, origen]));
    expect(origins).toEqual({ [booked.body.id]: { enlace: clinic.link, ...campaign }, [plain.body.id]: { enlace: clinic.link } });
  });
  const { rows } = await stage.owner.query("select id, campaign from booking where tenant_id = $1", [clinic.tenantId]);
  expect(Object.fromEntries(rows.map(({ id, campaign: kept }) => [id, kept]))).toEqual({
    [booked.body.id]: campaign,
    [plain.body.id]: null,
  });
  const unpaid = await book(4, { utm_source: "instagram" });
  expect(unpaid.status).toBe(201);
  const { figures, sources } = await figuresOf(clinic);
  expect(figures).toEqual({ opens: 0, paid: 2 });
  expect(sources).toEqual([
    { source: "", opens: 0, paid: 1 },
    { source: "instagram", opens: 0, paid: 1 },
  ]);
});

test.each([
  ["a word too many", { utm_source: "a", utm_other: "b" }],
  ["a word that is too long", { utm_source: "x".repeat(101) }],
  ["a control character", { utm_source: "a\u0007b" }],
  ["half a letter", { utm_source: "\ud800" }],
])("a campaign with %s is refused, not stored", async (_, campaign) => {
  expect(await book(6, campaign)).toMatchObject({ status: expect.toBeOneOf([400, 422]) });
});

const chrome = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36";

test("opens are counted by day and source, and neither robots nor previews nor invented sources flood the figures", async () => {
  const own = await stage.openClinic();
  const open = (source: string | undefined, browser: string | null = chrome) => countLinkOpen({ link: own.link, source, browser });
  open(undefined);
  open(" whatsapp ");
  open("whatsapp");
  open("bell\u0007");
  for (const browser of [null, "WhatsApp/2.25 A", "Googlebot/2.1", "facebookexternalhit/1.1"]) open("robot", browser);
  countLinkOpen({ link: "nobody-knows-me", source: undefined, browser: chrome });
  await eventually(async () => {
    await writeLinkOpens();
    const { figures, sources } = await figuresOf(own);
    expect(figures.opens).toBe(4);
    expect(sources.map(({ source, opens }) => [source, opens])).toEqual(
      expect.arrayContaining([
        ["whatsapp", 2],
        ["", 1],
        ["bell", 1],
      ]),
    );
  });
  for (let n = 0; n < 200; n += 1) open(`invented-${n}`);
  await eventually(async () => {
    await writeLinkOpens();
    expect((await figuresOf(own)).figures.opens).toBe(204);
  });
  const { rows } = await stage.owner.query("select count(*)::int as count from link_opens where tenant_id = $1", [own.tenantId]);
  expect(rows[0].count).toBeLessThan(60);
});

test("opens that the database did not take are counted once it does", async () => {
  const own = await stage.openClinic();
  await stage.owner.query("alter table link_opens rename to link_opens_away");
  countLinkOpen({ link: own.link, source: undefined, browser: chrome });
  await Promise.resolve();
  await writeLinkOpens();
  await stage.owner.query("alter table link_opens_away rename to link_opens");
  await eventually(async () => {
    await writeLinkOpens();
    const { rows } = await stage.owner.query("select opens from link_opens where tenant_id = $1", [own.tenantId]);
    expect(rows).toEqual([{ opens: 1 }]);
  });
});
