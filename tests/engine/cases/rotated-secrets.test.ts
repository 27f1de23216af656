import { expect, test } from "vitest";
import { rotateCallbackSecret } from "#commands/connections/rotate-callback-secret.ts";
import { createTenant } from "#commands/tenants/create-tenant.ts";
import { updateTenant } from "#commands/tenants/update-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { post } from "#tests/support/post.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { hurryFollowUps, settledAtOnce } from "../stories.ts";

const stage = prepareStage({ keepsPromises: true });

type Seen = {
  webhookId: string;
  headers: Record<string, string>;
  body: string;
  firma: { verdict: string };
  standardWebhook: { verdict: string };
};

/** What the merchant's server has received, oldest first. */
async function seen(clinic: Clinic): Promise<Seen[]> {
  const answer = await fetch(`${stage.simulatorsUrl}/merchant/state/${clinic.callback.id}`);
  return ((await answer.json()) as { callbacks: Seen[] }).callbacks.toReversed();
}

/** The merchant's server fails, so that its callback waits for the next attempt. */
async function waitingCallback() {
  const clinic = await stage.openClinic();
  await post(`${stage.simulatorsUrl}/merchant/${clinic.callback.id}/panel/knobs`, { status: 503, failures: 1, retryAfter: "3600" });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve");
  await eventually(async () => expect(await seen(clinic)).toHaveLength(1));
  return { clinic, booking };
}

/** The merchant's server checks with these from now on. */
const serverTakes = (clinic: Clinic, secrets: { hmacSecret: string; webhookSecret: string }) =>
  post(`${stage.simulatorsUrl}/merchant/panel/servers`, { ...clinic.callback, ...secrets });

const rotate = (clinic: Clinic, overlapHours?: number) =>
  rotateCallbackSecret({ caller, input: { tenantId: clinic.tenantId, ...(overlapHours === undefined ? {} : { overlapHours }) } });

const withoutFirma = (body: string) => body.replace(/"firma_hmac":"[0-9a-f]*"/, '"firma_hmac":""');
const signatures = (one: Seen | undefined) => one?.headers["webhook-signature"]?.split(" ").length;

test("a callback that was written before the secret was rotated is signed with the new one, and is the same but for its signature", async () => {
  const { clinic, booking } = await waitingCallback();
  await serverTakes(clinic, await rotate(clinic));
  await settledAtOnce(stage, booking.id);
  const [first, second] = await seen(clinic);
  expect([second?.firma.verdict, second?.standardWebhook.verdict]).toEqual(["right", "right"]);
  expect(second?.body).not.toBe(first?.body);
  expect(withoutFirma(second?.body ?? "")).toBe(withoutFirma(first?.body ?? ""));
  expect(second?.webhookId).toBe(first?.webhookId);
});

test("while two secrets live, a server that still has the old one finds the headers right; after the overlap it does not", async () => {
  const { clinic, booking } = await waitingCallback();
  await rotate(clinic);
  await settledAtOnce(stage, booking.id);
  const [first, second] = await seen(clinic);
  expect([signatures(first), signatures(second)]).toEqual([1, 2]);
  expect([second?.firma.verdict, second?.standardWebhook.verdict]).toEqual(["wrong", "right"]);

  const other = await waitingCallback();
  await rotate(other.clinic, 0);
  await settledAtOnce(stage, other.booking.id);
  const last = (await seen(other.clinic)).at(-1);
  expect([signatures(last), last?.standardWebhook.verdict]).toEqual([1, "wrong"]);
});

test("a second rotation leaves two live, the newest first; the event names who rotated and holds no secret", async () => {
  const clinic = await stage.openClinic();
  const once = await rotate(clinic);
  const twice = await rotate(clinic);
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await serverTakes(clinic, { ...twice, webhookSecret: once.webhookSecret });
  await stage.pay(booking.checkoutUrl, "approve");
  await settledAtOnce(stage, booking.id);
  const [callback] = await seen(clinic);
  expect([signatures(callback), callback?.firma.verdict, callback?.standardWebhook.verdict]).toEqual([2, "right", "right"]);
  const { rows } = await stage.owner.query<{ kind: string; actor: string; text: string }>(
    "select kind, actor, details::text as text from event where tenant_id = $1 and kind = 'callback.secret_rotated'",
    [clinic.tenantId],
  );
  expect(rows).toHaveLength(2);
  expect(rows.every(({ actor }) => actor === "system")).toBe(true);
  for (const secret of [once, twice].flatMap(Object.values)) expect(JSON.stringify(rows)).not.toContain(String(secret));
});

test("a merchant without callbacks gets the first secret by the same command", async () => {
  const { id: tenantId } = await createTenant({ caller, input: { slug: `fresh-${Date.now()}`, name: "Nueva" } });
  const secrets = await rotateCallbackSecret({ caller, input: { tenantId } });
  expect(secrets.webhookSecret).toMatch(/^whsec_/);
  const { rows } = await stage.owner.query("select is_active from connection where tenant_id = $1 and kind = 'callback'", [tenantId]);
  expect(rows).toEqual([{ is_active: true }]);
});

test("an address that was switched off is called again once the merchant has said it anew", async () => {
  const clinic = await stage.openClinic();
  await post(`${stage.simulatorsUrl}/merchant/${clinic.callback.id}/panel/knobs`, { status: 410, failures: 1 });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve");
  await settledAtOnce(stage, booking.id);
  const callbackUrl = `${stage.simulatorsUrl}/merchant/${clinic.callback.id}/callback`;
  await updateTenant({ caller, input: { tenantId: clinic.tenantId, changes: { callbackUrl } } });
  const next = await stage.reachPaymentPage(clinic, { start: slotStart(1) });
  await stage.pay(next.checkoutUrl, "approve");
  await hurryFollowUps(stage, next.id);
  await eventually(async () => expect(await seen(clinic)).toHaveLength(2));
});
