import { randomBytes, randomUUID } from "node:crypto";
import { decodeQR } from "qr/decode.js";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { bookingLink, bookingLinkDetails, bookingLinks } from "#contracts/links/links.ts";
import { sha256Hex } from "#platform/ids.ts";
import type { Clinic } from "../../support/clinic.ts";
import { prepareStage } from "../../support/stage.ts";
import { type Asked, ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let other: Clinic;
let key: string;
let othersKey: string;

async function keyOf({ tenantId }: Clinic, permissions = ["links.read", "links.change"]): Promise<string> {
  const made = `kf_${randomBytes(24).toString("base64url")}`;
  await stage.owner.query("insert into api_key (tenant_id, name, shown, hash, permissions) values ($1, 'test', $2, $3, $4)", [
    tenantId,
    made.slice(0, 8),
    sha256Hex(made),
    permissions,
  ]);
  return made;
}

beforeAll(async () => {
  [clinic, other] = await Promise.all([stage.openClinic(), stage.openClinic()]);
  [key, othersKey] = await Promise.all([keyOf(clinic), keyOf(other)]);
});

const api = (path: string, asked: Asked = {}, by = key) =>
  ask(stage, `/api/booking-links${path}`, { ...asked, headers: { authorization: `Bearer ${by}`, ...asked.headers } });
async function make(json: object, by = key) {
  const answer = await api("", { json }, by);
  expect(answer.status, answer.text).toBe(201);
  return expectShape(bookingLink, answer.body);
}
const opens = (publicId: string) => ask(stage, `/api/booking/${publicId}/options`);

describe("a link", () => {
  test("is made, found, changed, deactivated, put away and taken back", async () => {
    const made = await make({ name: " Instagram ", serviceId: clinic.serviceId });
    expect(made).toMatchObject({ name: "Instagram", state: "live", version: 1, figures: { opens: 0, paid: 0 } });
    expect(made.address).toBe(`${stage.appUrl}/book/${made.publicId}`);
    expect((await opens(made.publicId)).body).toMatchObject({ preselected: { serviceId: clinic.serviceId }, prefill: {}, note: null });

    const one = expectShape(bookingLinkDetails, (await api(`/${made.id}`)).body);
    expect(one.sources).toEqual([]);
    const changed = await api(`/${made.id}`, { method: "PATCH", json: { version: 1, name: "Facebook", serviceId: null } });
    expect(changed.body).toMatchObject({ name: "Facebook", serviceId: null, version: 2 });
    expect((await opens(made.publicId)).body).toMatchObject({ preselected: { serviceId: null } });

    expect((await api(`/${made.id}`, { method: "DELETE" })).body).toMatchObject({ isActive: false, state: "inactive" });
    expectProblem(await opens(made.publicId), "link_inactive");
    const back = await api(`/${made.id}`, { method: "PATCH", json: { version: 3, isActive: true } });
    expect(back.body).toMatchObject({ state: "live" });
    expect((await opens(made.publicId)).status).toBe(200);

    expect((await api(`/${made.id}/archive`, { method: "POST" })).body).toMatchObject({ state: "archived", isActive: true });
    expectProblem(await opens(made.publicId), "link_inactive");
    expectProblem(await api(`/${made.id}/archive`, { method: "POST" }), "link_unknown");
    expectProblem(await api(`/${made.id}`, { method: "PATCH", json: { version: 5, name: "X" } }), "link_unknown");
    expect((await api(`/${made.id}/restore`, { method: "POST" })).body).toMatchObject({ state: "live", name: "Facebook" });
    expect((await opens(made.publicId)).status).toBe(200);
  });

  test("is made once for one Idempotency-Key", async () => {
    const asked = { json: { name: "Una vez" }, headers: { "idempotency-key": "una-vez" } };
    const [first, second] = await Promise.all([api("", asked), api("", asked)]);
    expect([first.status, second.body]).toEqual([201, first.body]);
    const others = await api("", { ...asked, json: { name: "Otra" } });
    expectProblem(others, "idempotency_key_reused");
  });

  test("that two people edit keeps the first change, and the second is told", async () => {
    const { id } = await make({ name: "Dos" });
    const [first, second] = await Promise.all(
      ["Ana", "Luis"].map((name) => api(`/${id}`, { method: "PATCH", json: { version: 1, name } })),
    );
    const refused = [first, second].filter((answer) => answer?.status !== 200);
    expect(refused).toHaveLength(1);
    if (refused[0]) expectProblem(refused[0], "changed_meanwhile");
    expect((await api(`/${id}`)).body).toMatchObject({ version: 2 });
  });

  test("keeps its public id, which nobody else gets, not even after it was put away", async () => {
    const publicId = `mio-${randomBytes(4).toString("hex")}`;
    const { id } = await make({ name: "Mío", publicId });
    await api(`/${id}/archive`, { method: "POST" });
    for (const by of [key, othersKey]) expectProblem(await api("", { json: { name: "Otro", publicId } }, by), "link_taken");
    expect(expectProblem(await api("", { json: { name: "", publicId: "no/good" } }), "invalid_request").sort()).toEqual([
      "name",
      "publicId",
    ]);
    expectProblem(await api("", { json: { name: "Ajeno", serviceId: other.serviceId } }), "service_unknown");
    expectProblem(await api("", { json: { name: "Ajeno", professionalId: other.professionalId } }), "professional_unknown");
  });

  test("that ends on a date ends with that day where the merchant is", async () => {
    const made = await make({ name: "Vence", expiresAt: "2027-03-01" });
    expect(made.expiresAt).toBe("2027-03-02T05:00:00.000Z");
    expect((await make({ name: "Venció", expiresAt: "2020-01-01" })).state).toBe("expired");
  });

  test("of another merchant is unknown to every operation", async () => {
    const { id } = await make({ name: "Ajeno" }, othersKey);
    const tries: [string, Asked][] = [
      ["", {}],
      ["", { method: "PATCH", json: { version: 1, name: "Mío" } }],
      ["", { method: "DELETE" }],
      ["/archive", { method: "POST" }],
      ["/restore", { method: "POST" }],
      ["/qr.svg", {}],
      ["/qr.png", {}],
      ["/signed", { json: {} }],
    ];
    for (const [path, asked] of tries) expectProblem(await api(`/${id}${path}`, asked), "link_unknown");
    expect((await api(`/${id}`, {}, othersKey)).body).toMatchObject({ name: "Ajeno", version: 1, state: "live" });
  });

  test("is only read by a key that may only read", async () => {
    const reader = await keyOf(clinic, ["links.read"]);
    expect((await api("", {}, reader)).status).toBe(200);
    expectProblem(await api("", { json: { name: "No" } }, reader), "forbidden");
    expectProblem(await api("", {}, await keyOf(clinic, ["services.read"])), "forbidden");
    expectProblem(await ask(stage, "/api/booking-links"), "unauthorized");
  });

  test("ends in a year that people mean", async () => {
    for (const expiresAt of ["0000-01-01", "0000-01-01T00:00:00Z", "3000-01-01", "9999-12-31T23:59:59Z"])
      expect(expectProblem(await api("", { json: { name: "Fin", expiresAt } }), "invalid_request")).toContain("expiresAt");
    const { expiresAt } = await make({ name: "Fin", expiresAt: "2999-12-31" });
    expect(expiresAt).toMatch(/^3000-01-01T/);
  });

  test("leaves who, what, before and after in the audit log", async () => {
    const { id } = await make({ name: "Antes" });
    await api(`/${id}`, { method: "PATCH", json: { version: 1, name: "Después" } });
    const { rows } = await stage.owner.query("select kind, actor, changes from event where details ->> 'linkId' = $1 order by id", [id]);
    expect(rows).toMatchObject([
      { kind: "link.created", actor: expect.stringMatching(/^api-key:/), changes: { name: [null, "Antes"] } },
      { kind: "link.updated", changes: { name: ["Antes", "Después"] } },
    ]);
  });
});

const placeAt = (day: string) => `${day}T00:00:00.000000Z_${randomUUID()}`;

describe("the list", () => {
  test("goes through all links once, newest first, and finds them by name", async () => {
    const own = await stage.openClinic();
    const by = await keyOf(own);
    const names = ["uno", "dos", "tres", "cuatro", "cinco"];
    for (const name of names) await make({ name }, by);
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = expectShape(bookingLinks, (await api(`?limit=2${cursor && `&cursor=${cursor}`}`, {}, by)).body);
      seen.push(...page.links.map(({ name }) => name));
      cursor = page.nextCursor ?? "";
    } while (cursor !== "");
    expect(seen).toEqual([...names.toReversed(), "Web"]);
    const found = expectShape(bookingLinks, (await api("?search=UATR", {}, by)).body);
    expect(found.links.map(({ name }) => name)).toEqual(["cuatro"]);
    expect(expectShape(bookingLinks, (await api("?search=%25", {}, by)).body).links).toEqual([]);
    for (const none of ["none", ...["2026-02-30", "2026-99-99", "0000-01-01"].map(placeAt)])
      expect(expectProblem(await api(`?cursor=${none}`, {}, by), "invalid_request")).toEqual(["cursor"]);
    expectProblem(await api("?search=a%00b", {}, by), "invalid_request");
    await api(`/${found.links[0]?.id}/archive`, { method: "POST" }, by);
    expect(expectShape(bookingLinks, (await api("?state=archived", {}, by)).body).links.map(({ name }) => name)).toEqual(["cuatro"]);
    expect(expectShape(bookingLinks, (await api("", {}, by)).body).links).toHaveLength(5);
  });
});

describe("the QR code", () => {
  test("says the address, as SVG and as PNG of the wished size", async () => {
    const { id, address } = await make({ name: "Recepción" });
    const svg = await api(`/${id}/qr.svg`);
    expect(svg.headers.get("content-type")).toBe("image/svg+xml");
    expect(await readQr(Buffer.from(svg.text))).toBe(address);
    const png = await fetch(`${stage.appUrl}/api/booking-links/${id}/qr.png?size=300`, { headers: { authorization: `Bearer ${key}` } });
    expect(png.headers.get("content-type")).toBe("image/png");
    const bytes = Buffer.from(await png.arrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "png", width: 300, height: 300 });
    expect(await readQr(bytes)).toBe(address);
    expect(expectProblem(await api(`/${id}/qr.png?size=100000`), "invalid_request")).toEqual(["size"]);
  });

  async function readQr(picture: Buffer): Promise<string> {
    const { data, info } = await sharp(picture, { density: 600 }).resize(600).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return decodeQR({ width: info.width, height: info.height, data });
  }
});
