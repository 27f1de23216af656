import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { NextRequest } from "next/server";
import { afterEach, expect, test, vi } from "vitest";
import { config, proxy } from "../../src/proxy.ts";

afterEach(() => vi.unstubAllEnvs());

const pages = [
  "/",
  "/book/demo",
  "/book/demo/select?lang=fr",
  "/book/demo/confirm?token=x",
  "/terms",
  "/dashboards",
  "/dashboard",
  "/dashboard/services/new",
];
const answerTo = (path: string) => proxy(new NextRequest(`https://citas.example.com${path}`));
const policyOf = async (path: string) => (await answerTo(path)).headers.get("content-security-policy") ?? "";
const nonceOf = (policy: string) => /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";

/** What sonner of this version writes, and the empty style that it begins with. */
function toastStyles(): string {
  const code = readFileSync("node_modules/sonner/dist/index.mjs", "utf8");
  const [, css = ""] = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(code) ?? [];
  return [JSON.parse(css) as string, ""].map((text) => `'sha256-${hash("sha256", text, "base64")}'`).join(" ");
}

/** Every word of it: what is loosened anywhere must be loosened here too. */
const whole = (nonce: string, path: string) =>
  "default-src 'self'; " +
  `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'; ` +
  `style-src 'self' 'nonce-${nonce}'${/^\/dashboard(\/|$)/.test(path) ? ` ${toastStyles()}` : ""}; ` +
  "img-src 'self' data: https:; " +
  "font-src 'self'; " +
  "connect-src 'self'; " +
  "object-src 'none'; " +
  "form-action 'self'; " +
  "frame-ancestors 'none'; " +
  "base-uri 'none'";

test.each(["production", "test"])("in %s a page's content security policy is this one, from the first word to the last", async (mode) => {
  vi.stubEnv("NODE_ENV", mode);
  for (const path of pages) {
    const policy = await policyOf(path);
    const nonce = nonceOf(policy);
    expect(nonce).toMatch(/^[0-9a-f-]{36}$/);
    expect(policy).toBe(whole(nonce, path));
  }
});

test("every answer has a nonce of its own, which the page is told and nobody outside can choose", async () => {
  const asked = new NextRequest("https://citas.example.com/", {
    headers: { "x-nonce": "chosen", "content-security-policy": "default-src *", "x-locale": "xx" },
  });
  const answers = await Promise.all([proxy(asked), ...pages.map(answerTo)]);
  const nonces = answers.map(({ headers }) => nonceOf(headers.get("content-security-policy") ?? ""));
  expect(new Set(nonces).size).toBe(answers.length);
  for (const [index, { headers }] of answers.entries()) {
    // How Next hands a changed request on to the page.
    expect(headers.get("x-middleware-request-x-nonce")).toBe(nonces[index]);
    expect(headers.get("x-middleware-request-content-security-policy")).toBe(headers.get("content-security-policy"));
  }
  expect(answers[0]?.headers.get("x-middleware-request-x-locale")).toBeNull();
});

test("every page goes through it; only files and addresses that show no page of ours do not", () => {
  const [pattern = ""] = config.matcher;
  const isCovered = (path: string) => new RegExp(`^${pattern}$`).test(path);
  for (const page of pages) expect(isCovered(page.split("?")[0] ?? ""), page).toBe(true);
  for (const page of ["/anything", "/book/api/", "/dashboard/pay/", "/apiary-of-nobody"]) expect(isCovered(page), page).toBe(true);
  for (const other of ["/api/holds", "/pay/return/a/b", "/_next/static/x.js", "/healthz", "/metrics"])
    expect(isCovered(other), other).toBe(false);
});
