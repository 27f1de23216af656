import { describe, expect, test } from "vitest";
import { activateConnection } from "#commands/connections/activate-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { connectionAnswer } from "#contracts/merchant/connections.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { merchantKey } from "../merchant-key.ts";
import { ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage();
type Headers = { authorization: string };
type Own = { clinic: Clinic; headers: Headers };

async function open(): Promise<Own> {
  const clinic = await stage.openClinic();
  return { clinic, headers: await merchantKey(stage, clinic.tenantId) };
}

const path = "/api/tenant/payments";
const provider = testedProvider.id;
const get = async ({ headers }: Own, id: string) => expectShape(connectionAnswer, (await ask(stage, `${path}/${id}`, { headers })).body);
const list = async ({ headers }: Own) => {
  const { connections } = (await ask(stage, path, { headers })).body as { connections: unknown[] };
  return connections.map((each) => expectShape(connectionAnswer, each));
};
const create = ({ headers }: Own, json: object, more: Record<string, string> = {}) =>
  ask(stage, path, { headers: { ...headers, ...more }, json: { provider, ...json } });
const patch = ({ headers }: Own, where: string, json: object) => ask(stage, `${path}${where}`, { method: "PATCH", headers, json });
const press = ({ headers }: Own, id: string, verb: "activate" | "deactivate") =>
  ask(stage, `${path}/${id}/${verb}`, { method: "POST", headers });

describe("a connection", () => {
  test("is shown with hints, its webhook address and what hangs on it, never with a secret", async () => {
    const own = await open();
    const { clinic } = own;
    const before = await get(own, clinic.connectionId);
    const webhookUrl = `${stage.appUrl}/api/webhooks/${provider}/${clinic.connectionId}`;
    expect(before).toMatchObject({ isActive: true, hasPayments: false, lastEventAt: null, webhookUrl, isReadable: true });
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, "approve");
    await eventually(async () => {
      const after = await get(own, clinic.connectionId);
      expect(after).toMatchObject({ hasPayments: true, lastEventAt: expect.any(String) });
      expect(after.credentials.filter(({ isProven }) => isProven).map(({ name }) => name)).toEqual(["eventsSecret", "integritySecret"]);
    });
    expect(await list(own)).toHaveLength(1);
  });

  test("whose secrets are replaced is unproven again, and keeps the secrets that were not given", async () => {
    const own = await open();
    const { clinic } = own;
    await stage.payer.charge(clinic.account, { reference: "somebody-else", amountMinor: 5_000_000 });
    const { version, credentials } = await get(own, clinic.connectionId);
    expect(credentials.find(({ name }) => name === "eventsSecret")).toMatchObject({ isProven: true });
    const changed = await patch(own, `/${clinic.connectionId}`, {
      version,
      credentials: { eventsSecret: `test_events_${"e".repeat(20)}9z` },
    });
    const connection = expectShape(connectionAnswer, changed.body);
    expect(connection.version).toBe(version + 1);
    expect(connection.credentials).toMatchObject([
      { name: "publicKey", hint: clinic.account.credentials["publicKey"] },
      { name: "privateKey" },
      { name: "eventsSecret", hint: "test_events_••••ee9z", isProven: false },
      { name: "integritySecret", isProven: false },
    ]);
    expect((await ask(stage, `${path}/test`, { headers: own.headers, json: { id: clinic.connectionId } })).body).toMatchObject({
      result: "ok",
    });
    const stale = await patch(own, `/${clinic.connectionId}`, { version, mode: "test" });
    expectProblem(stale, "changed_meanwhile");
  });

  test("with payments keeps its account and its mode", async () => {
    const own = await open();
    const { clinic } = own;
    await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    const other = await patch(own, `/${clinic.connectionId}`, { credentials: testedProvider.newCredentials() });
    expectProblem(other, "connection_has_payments");
  });

  test("is unknown to another merchant, to a malformed id and to a room's id", async () => {
    const [own, their] = [await open(), await open()];
    const { rows } = await stage.owner.query("select id from connection where tenant_id = $1 and kind = 'room'", [own.clinic.tenantId]);
    for (const id of [their.clinic.connectionId, "none", rows[0].id]) {
      expectProblem(await ask(stage, `${path}/${id}`, { headers: own.headers }), "connection_unknown");
      expectProblem(await patch(own, `/${id}`, { mode: "test" }), "connection_unknown");
      for (const verb of ["activate", "deactivate"] as const) expectProblem(await press(own, id, verb), "connection_unknown");
    }
  });
});

describe("a new connection", () => {
  test("is active at once if it is alone; a second one of its provider waits, and is then offered beside the first", async () => {
    const own = await open();
    const credentials = testedProvider.newCredentials();
    const made = await create(own, { mode: "test", credentials, label: "Sede norte" });
    expect(made.status).toBe(201);
    const second = expectShape(connectionAnswer, made.body);
    expect(second).toMatchObject({ isActive: false, label: "Sede norte" });
    const isActive = async () => Object.fromEntries((await list(own)).map((each) => [each.id, each.isActive]));
    expect(await isActive()).toEqual({ [own.clinic.connectionId]: true, [second.id]: false });
    expect((await press(own, second.id, "activate")).body).toMatchObject({ isActive: true });
    expect(await isActive()).toEqual({ [own.clinic.connectionId]: true, [second.id]: true });
    expectProblem(await press(own, second.id, "activate"), "connection_unknown");
    expectProblem(await patch(own, "", { mode: "test" }), "connection_unknown");
    await press(own, second.id, "deactivate");
    expect((await patch(own, "", { credentials: { privateKey: "prv_test_of_the_active_one" } })).body).toMatchObject({
      id: own.clinic.connectionId,
    });
  });

  test("of the other mode waits, and its activation ends all accounts of the first mode, whoever presses at once", async () => {
    const own = await open();
    const ids = [own.clinic.connectionId];
    for (let n = 0; n < 4; n += 1) {
      const { body } = await create(own, { credentials: testedProvider.newCredentials() });
      ids.push(expectShape(connectionAnswer, body).id);
    }
    const { tenantId } = own.clinic;
    const real = ids.slice(3);
    await stage.owner.query("update connection set mode = 'production' where id = any ($1)", [real]);
    for (let round = 0; round < 10; round += 1) {
      await stage.owner.query("update connection set is_active = false where tenant_id = $1 and kind = 'payment'", [tenantId]);
      await Promise.allSettled(ids.map((connectionId) => activateConnection({ caller, input: { tenantId, connectionId } })));
      const active = (await list(own)).filter((each) => each.isActive);
      expect(active.length).toBeGreaterThan(0);
      expect(new Set(active.map(({ mode }) => mode)).size).toBe(1);
    }
  });

  test("stands last until the merchant puts it elsewhere, and only what is theirs can be put in order", async () => {
    const [own, their] = [await open(), await open()];
    const first = own.clinic.connectionId;
    const { id: second } = expectShape(connectionAnswer, (await create(own, { credentials: testedProvider.newCredentials() })).body);
    await press(own, second, "activate");
    const ids = async () => (await list(own)).map(({ id }) => id);
    expect(await ids()).toEqual([first, second]);
    const put = (wanted: string[]) => ask(stage, `${path}/order`, { method: "PUT", headers: own.headers, json: { ids: wanted } });
    expect((await put([second])).status).toBe(204);
    expect(await ids()).toEqual([second, first]);
    expectProblem(await put([their.clinic.connectionId]), "connection_unknown");
    expectProblem(await put([own.clinic.tenantId]), "connection_unknown");
    expect(await ids()).toEqual([second, first]);
  });

  test("is renamed, and named no more, without its keys", async () => {
    const own = await open();
    const rename = async (label: string | null) => (await patch(own, `/${own.clinic.connectionId}`, { label })).body;
    expect(await rename("Sede sur")).toMatchObject({ label: "Sede sur", version: 2 });
    expect(await rename(null)).toMatchObject({ label: null, version: 3 });
    expectProblem(await patch(own, `/${own.clinic.connectionId}`, { label: "" }), "invalid_request");
  });

  test("that is sent again with its Idempotency-Key is one", async () => {
    const own = await open();
    const json = { credentials: testedProvider.newCredentials() };
    const key = { "idempotency-key": "connect-1" };
    const [first, again] = [await create(own, json, key), await create(own, json, key)];
    expect(again.body).toEqual(first.body);
    expect(await list(own)).toHaveLength(2);
    expectProblem(await create(own, { credentials: testedProvider.newCredentials() }, key), "idempotency_key_reused");
  });

  test("with wrong keys is refused at each field: missing, of the other mode, in another field, misspelt", async () => {
    const own = await open();
    const [publicKey, privateKey] = ["pub_test_a1b2c3d4", "prv_prod_a1b2c3d4"];
    const wrong = { publicKey, privateKey, eventsSecret: "test_integrity_a1b2c3d4" };
    const refused = await create(own, { mode: "test", credentials: wrong });
    expect(expectProblem(refused, "credentials_invalid")).toEqual([
      "credentials.privateKey",
      "credentials.eventsSecret",
      "credentials.integritySecret",
    ]);
    expect((refused.body as { errors: { message: string }[] }).errors.map(({ message }) => message)).toEqual([
      "belongs to the other mode",
      "belongs into another field",
      "is missing",
    ]);
    expect(refused.text).not.toContain(privateKey);
    expect(expectProblem(await create(own, { provider: "nobody", credentials: {} }), "credentials_invalid")).toEqual(["provider"]);
    expectProblem(await create(own, { provider: "none", credentials: {} }), "credentials_invalid");
    expect(await list(own)).toHaveLength(1);
  });
});

test("the audit log tells who changed a connection and what, with its secrets masked", async () => {
  const own = await open();
  const { connectionId } = own.clinic;
  await patch(own, `/${connectionId}`, { credentials: { privateKey: `prv_test_${"s".repeat(24)}` } });
  await press(own, connectionId, "deactivate");
  const { body } = await ask(stage, `/api/events?subject=${connectionId}`, { headers: own.headers });
  expect(body).toMatchObject({
    events: [
      {
        action: "connection_deactivated",
        entity: { type: "connection", id: connectionId },
        actor: { kind: "api-key", name: "Tests" },
        changes: [{ field: "is_active", before: true, after: false }],
      },
      { action: "connection_updated", changes: [{ field: "credentials", before: "••••", after: "••••" }] },
    ],
  });
});
