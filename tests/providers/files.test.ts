import { mkdtemp, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseEnv } from "#platform/env.ts";
import { diskStore } from "#providers/files/disk.ts";
import { s3Store } from "#providers/files/s3.ts";

type Kept = { bytes: Buffer; type: string | undefined };
const kept = new Map<string, Kept>();
const asked: { authorization: string | undefined; url: string | undefined }[] = [];
let isBroken = false;

/** As an S3-compatible store answers, by paths. */
const server = createServer(async (request, response) => {
  asked.push({ authorization: request.headers.authorization, url: request.url });
  if (isBroken) return void response.writeHead(503).end();
  const url = request.url ?? "";
  if (request.method === "PUT") {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    kept.set(url, { bytes: Buffer.concat(parts), type: request.headers["content-type"] });
    return void response.writeHead(200).end();
  }
  const found = kept.get(url);
  response.writeHead(found ? 200 : 404).end(found?.bytes);
});
let endpoint = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const bytes = new Uint8Array([0, 255, 1, 254, 128]);
const s3 = () =>
  s3Store({ endpoint: `${endpoint}/`, bucket: "kf", region: "auto", accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUt" });
const disk = async () => diskStore(join(await mkdtemp(join(tmpdir(), "kf-files-")), "images"));

describe.each([
  ["the disk", disk],
  ["an S3-compatible store", async () => s3()],
])("%s", (_name, open) => {
  test("gives back the same bytes, also when they were put twice, and null for what was never put", async () => {
    const store = await open();
    expect(await store.get("never.webp")).toBeNull();
    for (let turn = 0; turn < 2; turn += 1) await store.put({ name: "a.webp", bytes, type: "image/webp" });
    expect(Buffer.from((await store.get("a.webp")) ?? [])).toEqual(Buffer.from(bytes));
  });
});

test("the disk holds no half a file: what is not finished has another name", async () => {
  const folder = await mkdtemp(join(tmpdir(), "kf-files-"));
  const store = diskStore(folder);
  await Promise.all(Array.from({ length: 20 }, () => store.put({ name: "same.png", bytes, type: "image/png" })));
  expect(await readdir(folder)).toEqual(["same.png"]);
});

test("a request to S3 is signed for its region and service, and tells the type", async () => {
  await s3().put({ name: "b.webp", bytes, type: "image/webp" });
  expect(asked.at(-1)).toEqual({
    url: "/kf/images/b.webp",
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/auto\/s3\/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$/,
    ),
  });
  expect(kept.get("/kf/images/b.webp")?.type).toBe("image/webp");
});

test("a store that does not work is a failure that a retry may help, never a picture that is not there", async () => {
  isBroken = true;
  await expect(s3().get("a.webp")).rejects.toMatchObject({ kind: "unreachable", retriable: true });
  await expect(s3().put({ name: "a.webp", bytes, type: "image/webp" })).rejects.toMatchObject({ kind: "unreachable" });
  isBroken = false;
});

test("a bucket that is half described stops the start", () => {
  const least = {
    DATABASE_URL: "postgres://a@b/c",
    ENCRYPTION_KEYS: `k1:${"0a".repeat(32)}`,
    APP_SECRET: "x".repeat(32),
    JWT_SECRET: "z".repeat(32),
    CRON_SECRET: "y".repeat(16),
  };
  const smtp = { ...least, SMTP_URL: "smtp://localhost" };
  expect(() => parseEnv({ ...smtp, S3_BUCKET: "kf" })).toThrow("S3_BUCKET is not usable");
  expect(
    parseEnv({ ...smtp, S3_BUCKET: "kf", S3_ENDPOINT: "https://s3.example", S3_ACCESS_KEY_ID: "a", S3_SECRET_ACCESS_KEY: "b" }).S3_REGION,
  ).toBe("auto");
});
