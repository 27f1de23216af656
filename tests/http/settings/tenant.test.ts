import { beforeAll, describe, expect, test } from "vitest";
import { type TenantSettings, tenantSettings } from "#contracts/settings/tenant.ts";
import type { Clinic } from "../../support/clinic.ts";
import { prepareStage } from "../../support/stage.ts";
import { ask, expectProblem, expectShape } from "../request.ts";
import { type Merchant, merchantOf } from "./as-merchant.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let merchant: Merchant;
beforeAll(async () => {
  clinic = await stage.openClinic();
  merchant = await merchantOf(stage, clinic.tenantId);
});

const settings = async (): Promise<TenantSettings> => expectShape(tenantSettings, (await merchant("/api/tenant")).body);
const patch = (path: string, json: object) => merchant(path, { method: "PATCH", json });
const lastEvent = async () => {
  const { rows } = await stage.owner.query("select kind, actor, changes from event where tenant_id = $1 order by id desc limit 1", [
    clinic.tenantId,
  ]);
  return rows[0];
};

describe("what is changed", () => {
  test("is told as it is now, with a new version, and the log has before and after", async () => {
    await patch("/api/tenant", { name: "Clínica Vieja", tone: "usual", holdMinutes: 10 });
    const before = await settings();
    const answer = await patch("/api/tenant", { name: "Clínica Nueva", tone: "formal", holdMinutes: 15, version: before.version });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const now = { ...before, name: "Clínica Nueva", tone: "formal", holdMinutes: 15, version: before.version + 1 };
    expect(answer.body).toEqual(now);
    expect(await settings()).toEqual(now);
    expect(await lastEvent()).toEqual({
      kind: "tenant.updated",
      actor: expect.stringMatching(/^api-key:/),
      changes: { name: ["Clínica Vieja", "Clínica Nueva"], tone: ["usual", "formal"], hold_minutes: [10, 15] },
    });
  });

  test("by two people at once: the second is told, and nothing of the first is lost", async () => {
    const { version } = await settings();
    const first = patch("/api/tenant", { holdMinutes: 20, version });
    const second = patch("/api/tenant/branding", { name: "Otra", version });
    const answers = await Promise.all([first, second]);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(1);
    for (const answer of refused) expectProblem(answer, "changed_meanwhile");
    expect((await settings()).version).toBe(version + 1);
  });

  test("by a program that names no version is changed", async () => {
    expect((await patch("/api/tenant/branding", { primaryColor: "#123abc" })).status).toBe(200);
    expect((await settings()).primaryColor).toBe("#123abc");
  });

  test("whoever may only read does not see what the callback's address has in its query", async () => {
    const callbackUrl = `${stage.simulatorsUrl}/merchant/x/callback?token=hush-hush`;
    await patch("/api/tenant/branding", { callbackUrl });
    expect((await settings()).callbackUrl).toBe(callbackUrl);
    const reader = await merchantOf(stage, clinic.tenantId, ["tenant.read"]);
    const { body } = await reader("/api/tenant");
    expect(body).toEqual({ ...(await settings()), callbackUrl: callbackUrl.replace("token=hush-hush", "••••") });
  });

  test("is seen by the next customer", async () => {
    await patch("/api/tenant/branding", { name: "Recién llamada", primaryColor: "#445566" });
    const options = await ask(stage, `/api/booking/${clinic.link}/options`);
    expect(options.body).toMatchObject({ tenant: { name: "Recién llamada", primaryColor: "#445566" } });
  });
});

test.each([
  ["/api/tenant", { name: "" }, "name"],
  ["/api/tenant", { name: "x".repeat(121) }, "name"],
  ["/api/tenant", { country: "co" }, "country"],
  ["/api/tenant", { timezone: "Bogota" }, "timezone"],
  ["/api/tenant", { currency: "pesos" }, "currency"],
  ["/api/tenant", { locale: "de" }, "locale"],
  ["/api/tenant", { tone: "rude" }, "tone"],
  ["/api/tenant", { holdMinutes: 4 }, "holdMinutes"],
  ["/api/tenant", { holdMinutes: 61 }, "holdMinutes"],
  ["/api/tenant", { returnSeconds: 31 }, "returnSeconds"],
  ["/api/tenant", { answerWaitMinutes: 1441 }, "answerWaitMinutes"],
  ["/api/tenant", { latestApprovalMinutes: -1 }, "latestApprovalMinutes"],
  ["/api/tenant", { onDecline: "shrug" }, "onDecline"],
  ["/api/tenant", { notifyEmail: "nobody" }, "notifyEmail"],
  ["/api/tenant", { termsText: "x".repeat(20_001) }, "termsText"],
  ["/api/tenant", { shareTitle: "x".repeat(71) }, "shareTitle"],
  ["/api/tenant", { shareImageUrl: "javascript:alert(1)" }, "shareImageUrl"],
  ["/api/tenant", { version: 0 }, "version"],
  ["/api/tenant/branding", { primaryColor: "#12345" }, "primaryColor"],
  ["/api/tenant/branding", { secondaryColor: "red" }, "secondaryColor"],
  ["/api/tenant/branding", { primaryColor: "#000000;}" }, "primaryColor"],
  ["/api/tenant/branding", { logoUrl: "//evil.example/x.png" }, "logoUrl"],
  ["/api/tenant/branding", { subdomain: "Aurora" }, "subdomain"],
  ["/api/tenant/branding", { subdomain: "-aurora" }, "subdomain"],
  ["/api/tenant/branding", { subdomain: "a" }, "subdomain"],
  ["/api/tenant/branding", { subdomain: "xn--aurora-9za" }, "subdomain"],
])("%s refuses %j by the name of the field", async (path, json, field) => {
  const before = await settings();
  expect(expectProblem(await patch(path, json), "invalid_request")).toEqual([field]);
  expect(await settings()).toEqual(before);
});

test.each(["Clínica «Ñandú» & Cía.", "عيادة الفجر", "日本歯科クリニック", "<script>alert(1)</script>", "👩‍⚕️ Aurora"])(
  "a business may be called %s",
  async (name) => {
    expect((await patch("/api/tenant", { name })).status).toBe(200);
    expect((await settings()).name).toBe(name);
  },
);

describe("callback and return address", () => {
  test.each([
    "http://merchant.example/callback",
    "https://127.0.0.1/callback",
    "https://10.1.2.3/callback",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/callback",
    "https://[::ffff:192.168.0.1]/callback",
    "https://2130706433/callback",
    "https://user:secret@93.184.216.34/callback",
    "https://localhost/callback",
  ])("%s is refused", async (address) => {
    for (const field of ["callbackUrl", "returnUrl"])
      expect(expectProblem(await patch("/api/tenant/branding", { [field]: address }), "invalid_request")).toEqual([field]);
  });

  test("a public one is taken, and so is what ALLOW_PRIVATE_CALLBACKS names", async () => {
    const allowed = { callbackUrl: "https://93.184.216.34/callback", returnUrl: `${stage.simulatorsUrl}/merchant/x/return` };
    const answer = await patch("/api/tenant/branding", allowed);
    expect(answer.body).toMatchObject(allowed);
    expect((await patch("/api/tenant/branding", { callbackUrl: null, returnUrl: null })).body).toMatchObject({
      callbackUrl: null,
      returnUrl: null,
    });
  });
});

describe("a subdomain", () => {
  const check = async (name: string) => (await merchant(`/api/tenant/subdomain?name=${encodeURIComponent(name)}`)).body;

  test("is free, then one's own, then taken for everybody else, and free again when given back", async () => {
    const name = `s-${clinic.link}`;
    expect(await check(name)).toMatchObject({ name, state: "free", address: expect.stringContaining(`//${name}.127.0.0.1`) });
    expect((await patch("/api/tenant/branding", { subdomain: name })).body).toMatchObject({ subdomain: name });
    expect(await check(name)).toMatchObject({ state: "own" });
    const other = await merchantOf(stage, (await stage.openClinic()).tenantId);
    expect((await other(`/api/tenant/subdomain?name=${name}`)).body).toMatchObject({ state: "taken" });
    expectProblem(await other("/api/tenant/branding", { method: "PATCH", json: { subdomain: name } }), "subdomain_taken");
    await patch("/api/tenant/branding", { subdomain: null });
    expect((await other("/api/tenant/branding", { method: "PATCH", json: { subdomain: name } })).status).toBe(200);
  });

  test.each(["www", "api", "admin", "login", "mail", "konfirmado"])("%s belongs to the installation", async (name) => {
    expect(await check(name)).toEqual({ name, state: "reserved", address: null });
    expectProblem(await patch("/api/tenant/branding", { subdomain: name }), "subdomain_reserved");
  });

  test.each(["a", "Año", "a b", "-a-", "xn--80ak6aa92e", "../x", "<script>"])("%s is not a name", async (name) => {
    expect(await check(name)).toEqual({ name, state: "invalid", address: null });
  });

  test("that two merchants ask for at once goes to one of them", async () => {
    const merchants = await Promise.all([0, 1].map(async () => merchantOf(stage, (await stage.openClinic()).tenantId)));
    const json = { subdomain: `race-${clinic.link}` };
    const answers = await Promise.all(merchants.map((each) => each("/api/tenant/branding", { method: "PATCH", json })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

test("new callback secrets are shown once, and nothing that is read again tells them", async () => {
  const answer = await merchant("/api/tenant/callback-secret", { method: "POST" });
  expect(answer.status).toBe(200);
  const { hmacSecret } = answer.body as { hmacSecret: string };
  expect(hmacSecret.length).toBeGreaterThan(30);
  const { rows } = await stage.owner.query("select * from event where tenant_id = $1", [clinic.tenantId]);
  expect(JSON.stringify(rows)).not.toContain(hmacSecret);
  expect((await merchant("/api/tenant")).text).not.toContain(hmacSecret);
});

test("whoever may only read changes nothing, and nobody without a key reads", async () => {
  const reader = await merchantOf(stage, clinic.tenantId, ["tenant.read"]);
  expect((await reader("/api/tenant")).status).toBe(200);
  expectProblem(await reader("/api/tenant", { method: "PATCH", json: { name: "Mine" } }), "forbidden");
  expectProblem(await ask(stage, "/api/tenant"), "unauthorized");
});
