import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { updateService } from "#commands/services/update-service.ts";
import { updateTenant } from "#commands/tenants/update-tenant.ts";
import { type ApiKeyCaller, system } from "#contracts/caller.ts";
import { type AuditPage, auditPage } from "#contracts/merchant/audit.ts";
import { actionOf } from "#domain/audit.ts";
import { eventKinds } from "#domain/follow-ups.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import { merchantKey } from "./merchant-key.ts";
import { ask, expectProblem, expectShape } from "./request.ts";

const stage = prepareStage();
let clinic: Clinic;
let headers: { authorization: string };
let bookingId: string;
let caller: ApiKeyCaller;

const events = async (query = ""): Promise<AuditPage> =>
  expectShape(auditPage, (await ask(stage, `/api/events${query}`, { headers })).body);

type Own = { clinic: Clinic; headers: { authorization: string }; caller: ApiKeyCaller };
const rename = ({ clinic, caller }: Own, name: string) =>
  updateService({ caller, input: { tenantId: clinic.tenantId, serviceId: clinic.serviceId, changes: { name } } });

async function open(): Promise<Own> {
  const clinic = await stage.openClinic();
  const headers = await merchantKey(stage, clinic.tenantId);
  const { rows } = await stage.owner.query("select id from api_key where tenant_id = $1", [clinic.tenantId]);
  const origin = { address: "203.0.113.7", browser: "Firefox" };
  return { clinic, headers, caller: { kind: "api_key", apiKeyId: rows[0].id, tenantId: clinic.tenantId, permissions: [], origin } };
}

beforeAll(async () => {
  const own = await open();
  ({ clinic, headers, caller } = own);
  for (let n = 1; n <= 7; n += 1) await rename(own, `Consulta ${n}`);
  const callbackUrl = `${stage.simulatorsUrl}/merchant/${clinic.callback.id}/callback?token=hush-hush`;
  await updateTenant({ caller: system, input: { tenantId: clinic.tenantId, changes: { callbackUrl } } });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  bookingId = booking.id;
  await stage.pay(booking.checkoutUrl, "approve");
  await eventually(async () =>
    expect((await stage.owner.query("select 1 from callback_attempt where tenant_id = $1", [clinic.tenantId])).rowCount).toBe(1),
  );
});

describe("the audit log", () => {
  test("tells who changed what, from where, before and after, in the plan's words", async () => {
    const { events: found } = await events("?group=service&limit=1");
    expect(found).toMatchObject([
      {
        action: "service_updated",
        kind: "service.updated",
        actor: { kind: "api-key", id: caller.apiKeyId, name: "Tests" },
        entity: { type: "service", id: clinic.serviceId },
        changes: [{ field: "name", before: "Consulta 6", after: "Consulta 7" }],
        address: "203.0.113.7",
        browser: "Firefox",
      },
    ]);
    const actions = (await events(`?subject=${bookingId}`)).events.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(["booking_created", "booking_paid", "callback_sent"]));
    const [sent] = (await events(`?kind=callback.sent&subject=${bookingId}`)).events;
    expect(sent).toMatchObject({ entity: { type: "booking", id: bookingId }, details: { status: 200, about: "booking.paid" } });
    expect(JSON.stringify(sent)).not.toContain("hush-hush");
    expect((await events("?group=payment")).events.map(({ action }) => action)).toContain("payment_attempted");
  });

  test("tells nothing of what a merchant's address has in its query", async () => {
    const { events: found } = await events("?kind=tenant.updated");
    const fields = found.flatMap(({ changes }) => changes);
    expect(fields).toContainEqual({ field: "callback_url", before: expect.any(String), after: expect.stringMatching(/callback\?••••$/) });
    expect(JSON.stringify(await events("?limit=100"))).not.toContain("hush-hush");
    expect((await ask(stage, "/api/events.csv", { headers })).text).not.toContain("hush-hush");
  });

  test("is read page by page without a gap or a repeat", async () => {
    const whole = await events("?limit=100");
    expect(whole.next).toBeNull();
    const ids: string[] = [];
    let cursor = "";
    do {
      const page = await events(`?limit=4${cursor}`);
      expect(page.events.length).toBeLessThanOrEqual(4);
      ids.push(...page.events.map(({ id }) => id));
      cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : "";
    } while (cursor !== "");
    // What the booking's follow-ups add meanwhile comes before.
    expect(ids.slice(-whole.events.length)).toEqual(whole.events.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    const times = whole.events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().reverse());
    // A cursor that is none begins at the newest.
    for (const day of ["2026-02-30", "2026-99-99", "0000-01-01"])
      expect((await events(`?limit=100&cursor=${day}T00:00:00.000000Z_${clinic.tenantId}`)).events.map(({ id }) => id)).toContain(ids[0]);
  });

  test("is filtered by kind, actor, subject and days", async () => {
    const kinds = async (query: string) => new Set((await events(query)).events.map(({ kind }) => kind));
    expect(await kinds("?kind=booking.paid")).toEqual(new Set(["booking.paid"]));
    expect(await kinds("?actor=people")).toEqual(new Set(["service.updated"]));
    expect(await kinds(`?actor=api-key:${caller.apiKeyId}`)).toEqual(new Set(["service.updated"]));
    expect(await kinds(`?subject=${clinic.serviceId}`)).toEqual(new Set(["service.updated"]));
    expect(await kinds("?actor=customer")).toContain("booking.created");
    expect(await kinds("?to=2020-01-01")).toEqual(new Set());
    expect(await kinds("?from=2999-01-01")).toEqual(new Set());
    const { rows } = await stage.owner.query("select to_char(now() at time zone 'America/Bogota', 'YYYY-MM-DD') as today");
    expect((await kinds(`?from=${rows[0].today}&to=${rows[0].today}`)).size).toBeGreaterThan(3);
    for (const wrong of ["?actor=anybody", "?from=yesterday", "?from=0000-01-01", "?to=3000-01-01", "?subject=1", "?limit=1000"])
      expectProblem(await ask(stage, `/api/events${wrong}`, { headers }), "invalid_request");
  });

  test("is each merchant's own, and only for who may read it", async () => {
    const their = await stage.openClinic();
    const other = await merchantKey(stage, their.tenantId);
    expect((await ask(stage, `/api/events?subject=${bookingId}`, { headers: other })).body).toEqual({ events: [], next: null });
    const narrow = await merchantKey(stage, clinic.tenantId, ["services.read"]);
    for (const path of ["/api/events", "/api/events.csv"]) {
      expectProblem(await ask(stage, path, { headers: narrow }), "forbidden");
      expectProblem(await ask(stage, path), "unauthorized");
    }
  });

  test("as a file has every event once, over any number of pages, and no formula", async () => {
    const own = await open();
    const { tenantId } = own.clinic;
    await rename(own, '=HYPERLINK("http://evil.example","x")');
    const booking = await stage.reachPaymentPage(own.clinic, { start: slotStart(1) });
    await stage.owner.query(
      `insert into event (tenant_id, subject_kind, subject_id, kind, actor, created_at)
       select $1, 'tenant', $1, 'tenant.updated', 'operator', now() - n * interval '1 minute' from generate_series(1, 1200) n`,
      [tenantId],
    );
    const { text, headers: told } = await ask(stage, "/api/events.csv", { headers: own.headers });
    expect(told.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(told.get("content-disposition")).toContain("attachment");
    const lines: Record<string, string>[] = parse(text, { bom: true, columns: true });
    const { rows } = await stage.owner.query("select count(*) from event where tenant_id = $1", [tenantId]);
    expect(lines).toHaveLength(rows[0].count);
    const renamed = lines.find(({ action }) => action === "service_updated");
    expect(renamed).toMatchObject({ actor_name: "Tests", address: "203.0.113.7", changes: expect.stringContaining("HYPERLINK") });
    expect(lines.find(({ action }) => action === "booking_created")?.["entity_id"]).toBe(booking.id);
    for (const cell of lines.flatMap((line) => Object.values(line))) expect(cell).not.toMatch(/^\s*[=+\-@]/);
    const filtered: unknown[] = parse((await ask(stage, "/api/events.csv?group=booking", { headers: own.headers })).text, {
      bom: true,
      columns: true,
    });
    expect(filtered).toHaveLength(lines.filter(({ action }) => action?.startsWith("booking_")).length);
  });
});

test("people read every kind of event in words, in every language", () => {
  const kinds = [...eventKinds, "callback.sent", "callback.failed"].map(actionOf);
  for (const locale of ["es", "en", "fr", "pt"]) {
    const { audit } = JSON.parse(readFileSync(join(import.meta.dirname, `../../messages/audit/${locale}.json`), "utf8"));
    expect(kinds.filter((kind) => !Object.hasOwn(audit.action, kind))).toEqual([]);
  }
});
