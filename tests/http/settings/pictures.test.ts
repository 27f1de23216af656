import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { env } from "#platform/env.ts";
import type { Clinic } from "../../support/clinic.ts";
import { prepareStage } from "../../support/stage.ts";
import { ask, expectProblem } from "../request.ts";
import { type Merchant, merchantOf } from "./as-merchant.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let merchant: Merchant;
beforeAll(async () => {
  clinic = await stage.openClinic();
  merchant = await merchantOf(stage, clinic.tenantId);
});

const upload = (body: string | Buffer, type: string, path = "/api/tenant/logo") =>
  merchant(path, { method: "POST", body: typeof body === "string" ? body : new Uint8Array(body), headers: { "content-type": type } });
const urlOf = ({ body }: { body: unknown }): string => (body as { url: string }).url;
const fetched = async (path: string) => {
  const answer = await fetch(stage.appUrl + path);
  return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
};
const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: "#0F766E" } });

/** One bit for each pixel: https://www.w3.org/TR/png-3/#5DataRep */
function blankPng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.byteLength);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  const pixels = deflateSync(Buffer.alloc(side * (1 + side / 8)));
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

describe("a logo", () => {
  test.each([
    ["image/png", () => picture(600, 200).png().toBuffer()],
    ["image/jpeg", () => picture(600, 200).jpeg().toBuffer()],
    ["image/webp", () => picture(600, 200).webp().toBuffer()],
    [
      "image/svg+xml",
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20"/></svg>'),
    ],
  ])("of the type %s becomes WebP at an address that may be kept for good", async (type, make) => {
    const uploaded = await upload(await make(), type);
    expect(uploaded.status).toBe(200);
    expect(urlOf(uploaded)).toMatch(/^\/api\/images\/[0-9a-f]{64}\.webp$/);
    const { answer, bytes } = await fetched(urlOf(uploaded));
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "cross-origin",
    });
    expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp" });
    const options = await ask(stage, `/api/booking/${clinic.link}/options`);
    expect(options.body).toMatchObject({ tenant: { logoUrl: urlOf(uploaded) } });
  });

  test("has a form for mails, one for tabs and one for previews", async () => {
    const url = urlOf(await upload(await picture(900, 300).png().toBuffer(), "image/png"));
    const forms = { "-mail.png": [240, 80, "png"], "-icon.png": [180, 180, "png"], "-share.jpg": [1200, 630, "jpeg"] };
    for (const [ending, [width, height, format]] of Object.entries(forms)) {
      const { bytes } = await fetched(url.replace(".webp", ending));
      expect(await sharp(bytes).metadata(), ending).toMatchObject({ width, height, format });
    }
  });

  test("can be taken away, and its picture stays for the mails that went out", async () => {
    const url = urlOf(await upload(await picture(10, 10).png().toBuffer(), "image/png"));
    expect((await merchant("/api/tenant/logo", { method: "DELETE" })).status).toBe(204);
    expect((await merchant("/api/tenant")).body).toMatchObject({ logoUrl: null });
    expect((await fetched(url)).answer.status).toBe(200);
  });

  test("keeps nothing of a photo but what it shows: it is upright, and no longer says where it was taken", async () => {
    const taken = { IFD0: { Copyright: "Ana" }, IFD3: { GPSLatitude: "4/1 38/1 0/1", GPSLatitudeRef: "N" } };
    const photo = await picture(40, 20).jpeg().withExif(taken).withMetadata({ orientation: 6 }).toBuffer();
    const { bytes } = await fetched(urlOf(await upload(photo, "image/jpeg")));
    const { width, height, exif } = await sharp(bytes).metadata();
    expect([width, height, exif]).toEqual([20, 40, undefined]);
  });
});

describe("an upload that means harm", () => {
  const svg = (inside: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40" onload="alert(1)">${inside}</svg>`;

  test("script, handlers and references of a drawing are gone, and no reference was followed", async () => {
    const drawn = await upload(
      svg(`<script>alert(1)</script><image xlink:href="file:///etc/passwd" width="9" height="9"/>
        <image xlink:href="${stage.simulatorsUrl}/pixel.png" width="9" height="9"/><rect width="9" height="9"/>`),
      "image/svg+xml",
    );
    const { answer, bytes } = await fetched(urlOf(drawn));
    expect(answer.headers.get("content-type")).toBe("image/webp");
    for (const word of ["script", "alert", "passwd", "root:"]) expect(bytes.includes(word)).toBe(false);
  });

  test("an entity bomb is refused before it grows", async () => {
    const levels = Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join("");
    const bomb = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e0 "lol">${levels}]>${svg("<text>&e12;</text>")}`;
    const before = performance.now();
    expectProblem(await upload(bomb, "image/svg+xml"), "image_unreadable");
    expect(performance.now() - before).toBeLessThan(5000);
  });

  test("12,000 × 12,000 pixels in half a megabyte are refused", async () => {
    const huge = blankPng(12_000);
    expect(huge.byteLength).toBeLessThan(512 * 1024);
    expect(await sharp(huge, { limitInputPixels: false }).metadata()).toMatchObject({ width: 12_000, height: 12_000 });
    expectProblem(await upload(huge, "image/png"), "image_unreadable");
  });

  test.each([
    ["a GIF", "GIF89a\x01\x00\x01\x00", "image/gif"],
    ["a page", "<html><script>alert(1)</script></html>", "text/html"],
    ["a page that calls itself a drawing", "<html><script>alert(1)</script></html>", "image/svg+xml"],
    ["a drawing that calls itself PNG", "<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png"],
    ["a PDF that calls itself WebP", "%PDF-1.7", "image/webp"],
    ["nothing", "", "image/png"],
    ["JSON", "{}", "application/json"],
  ])("%s is refused by its type", async (_name, body, type) => {
    expectProblem(await upload(body, type), "image_type");
  });

  test.each([
    ["a PNG that ends early", "image/png", async () => (await picture(300, 300).png().toBuffer()).subarray(0, 200)],
    ["a PNG that is one in its first bytes only", "image/png", async () => Buffer.from("\x89PNG\r\n\x1a\nnot at all", "latin1")],
  ])("%s is refused as unreadable", async (_name, type, make) => {
    expectProblem(await upload(await make(), type), "image_unreadable");
  });

  test("2 MB are read, one byte more is not", async () => {
    const small = await picture(10, 10).png().toBuffer();
    const padded = (length: number) => Buffer.concat([small, Buffer.alloc(length - small.byteLength)]);
    expect((await upload(padded(2 * 1024 * 1024), "image/png")).status).toBe(200);
    expectProblem(await upload(padded(2 * 1024 * 1024 + 1), "image/png"), "body_too_large");
  });

  test.each([
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f.env",
    "x.webp",
    `${"0".repeat(64)}.webp`,
    `${"0".repeat(64)}.svg`,
    `${"0".repeat(64)}.webp%00.png`,
  ])("the name %s leads to no file", async (name) => {
    expectProblem(await ask(stage, `/api/images/${name}`), "not_found");
  });

  test("nothing but finished pictures lies in the folder, each under the hash of what it shows", () => {
    const folder = join(env().DATA_DIR, "images");
    expect(existsSync(folder)).toBe(true);
    const names = readdirSync(folder);
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{64}(\.webp|-mail\.png|-icon\.png|-share\.jpg)$/);
  });
});

test("a picture of a service is stored the same way, once for the same picture, and changes no logo", async () => {
  const { logoUrl } = (await merchant("/api/tenant")).body as { logoUrl: string | null };
  const photo = await picture(33, 44).jpeg().toBuffer();
  const [one, two] = await Promise.all([upload(photo, "image/jpeg", "/api/images"), upload(photo, "image/jpeg", "/api/images")]);
  expect([one.status, two.status]).toEqual([200, 200]);
  expect(urlOf(one)).toBe(urlOf(two));
  expect((await merchant("/api/tenant")).body).toMatchObject({ logoUrl });
  const { rows } = await stage.owner.query("select count(*)::int as n from image where tenant_id = $1 and name = $2", [
    clinic.tenantId,
    /[0-9a-f]{64}/.exec(urlOf(one))?.[0],
  ]);
  expect(rows).toEqual([{ n: 1 }]);
});

test("whoever may only read uploads nothing", async () => {
  const reader = await merchantOf(stage, clinic.tenantId, ["tenant.read"]);
  const asked = { method: "POST", body: "x", headers: { "content-type": "image/png" } };
  for (const path of ["/api/tenant/logo", "/api/images"]) expectProblem(await reader(path, asked), "forbidden");
});
