import { request } from "node:http";
import { Socket } from "node:net";
import { beforeAll, expect, test } from "vitest";
import { atFrontDoor } from "#http/front-door.ts";
import { pageStatus } from "#http/page-status.ts";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { prepareStage } from "../../support/stage.ts";
import { merchantOf } from "./as-merchant.ts";

const stage = prepareStage({ worker: false, settings: { APP_URL: "https://citas.example" } });
let own: Clinic;
let other: Clinic;
const name = `sub-${process.pid}`;
const host = `${name}.citas.example`;
beforeAll(async () => {
  [own, other] = await Promise.all([stage.openClinic(), stage.openClinic()]);
  const merchant = await merchantOf(stage, own.tenantId);
  await merchant("/api/tenant/branding", { method: "PATCH", json: { subdomain: name } });
});

type Wish = { method?: string; json?: object; headers?: Record<string, string> };

/** As a browser at that host; fetch would write the Host header itself. */
function at(name: string, path: string, { method = "GET", json, headers = {} }: Wish = {}): Promise<{ status: number; code: unknown }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; code: unknown }>();
  const asked = request(
    stage.appUrl + path,
    { method, headers: { host: name, "content-type": "application/json", ...headers } },
    (answer) => {
      let text = "";
      answer.on("data", (part: Buffer) => {
        text += part.toString();
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, code: text.startsWith("{") ? JSON.parse(text).code : undefined }));
    },
  );
  asked.on("error", reject);
  asked.end(json && JSON.stringify(json));
  return promise;
}
const optionsAt = (name: string, link: string) => at(name, `/api/booking/${link}/options`);

test("a subdomain serves its own merchant and nobody else; other hosts serve all", async () => {
  await eventually(async () => expect((await optionsAt(host, own.link)).status).toBe(200));
  expect(await optionsAt(host, other.link)).toEqual({ status: 404, code: "link_unknown" });
  for (const everybody of ["citas.example", "www.citas.example", "127.0.0.1", "evil.example"])
    for (const { link } of [own, other]) expect((await optionsAt(everybody, link)).status, everybody).toBe(200);
  for (const nobody of ["free.citas.example", "nobody.citas.example:443"])
    expect(await optionsAt(nobody, own.link)).toEqual({ status: 404, code: "link_unknown" });
});

test("its pages of another merchant's links and bookings are not there", async () => {
  for (const page of ["select", "availability", "details"]) {
    expect(await pageStatus(`/book/${own.link}/${page}`, host)).toBeNull();
    expect(await pageStatus(`/book/${other.link}/${page}`, host)).toBe(404);
    expect(await pageStatus(`/book/${other.link}/${page}`, "citas.example")).toBeNull();
  }
  expect(await pageStatus(`/terms/${own.link}`, host)).toBeNull();
  expect(await pageStatus(`/terms/${other.link}`, host)).toBe(404);
});

test("slots of another merchant's professional are neither shown nor held there", async () => {
  const wish = ({ serviceId, professionalId }: Clinic) => `/api/availability?service=${serviceId}&professional=${professionalId}`;
  expect((await at(host, wish(own))).status).toBe(200);
  expect(await at(host, wish(other))).toEqual({ status: 422, code: "slot_not_offered" });
  const { link, serviceId, professionalId } = other;
  const json = { link, serviceId, professionalId, start: slotStart(3) };
  expect(await at(host, "/api/holds", { method: "POST", json })).toEqual({ status: 404, code: "link_unknown" });
});

test("a page at the subdomain may hold a slot there; a page at another's may not", async () => {
  const { link, serviceId, professionalId } = own;
  const json = { link, serviceId, professionalId, start: slotStart(5) };
  const from = (origin: string) => at(host, "/api/holds", { method: "POST", json, headers: { origin, "sec-fetch-site": "same-origin" } });
  for (const foreign of [`https://other.citas.example`, "https://evil.example", `https://${host}.evil.example`])
    expect(await from(foreign), foreign).toEqual({ status: 403, code: "cross_site" });
  expect((await from(`https://${host}`)).status).toBe(201);
});

test("what is for merchants is at our own host: there, a subdomain sends on", () => {
  const asked = (url: string, host: string) => atFrontDoor({ method: "GET", url, headers: { host }, socket: new Socket() });
  for (const path of ["/", "/dashboard", "/dashboard/settings", "/login?next=/x", "/register"])
    expect(asked(path, host)).toEqual({ redirectTo: `https://citas.example${path}` });
  for (const path of [`/book/${own.link}`, `/terms/${own.link}`, "/_next/static/x.js", "/api/openapi.json"])
    expect(asked(path, host)).toBeNull();
  expect(asked("/dashboard", "citas.example")).toBeNull();
});

test("a name that is given back serves nobody, and then its next owner", async () => {
  const [first, second] = await Promise.all([own, other].map(({ tenantId }) => merchantOf(stage, tenantId)));
  const moving = `moving-${process.pid}`;
  const take = (who: typeof first, subdomain: string | null) => who?.("/api/tenant/branding", { method: "PATCH", json: { subdomain } });
  await take(first, moving);
  await eventually(async () => expect((await optionsAt(`${moving}.citas.example`, own.link)).status).toBe(200));
  await take(first, name);
  await take(second, moving);
  await eventually(async () => expect((await optionsAt(`${moving}.citas.example`, other.link)).status).toBe(200));
  expect((await optionsAt(`${moving}.citas.example`, own.link)).status).toBe(404);
});
