import { randomBytes, randomUUID } from "node:crypto";
import { codeAt } from "#commands/accounts/one-time-codes.ts";
import { eventually } from "../../support/end-state.ts";
import type { World } from "../../support/world.ts";
import { type Answered, type Asked, ask } from "../request.ts";

export type Mail = { subject: string; text: string; html: string; to: string[]; messageId: string };

/** A browser: keeps its cookies and has an address of its own. */
export function openBrowser(world: World) {
  const cookies = new Map<string, string>();
  const address = `2001:db8:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}::1`;
  return {
    cookies,
    cookie: () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    async ask(path: string, asked: Asked = {}): Promise<Answered> {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { "x-forwarded-for": address, origin: world.appUrl, ...(cookie && { cookie }), ...asked.headers };
      const answer = await ask(world, path, { ...asked, headers });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (/max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    },
  };
}
export type Browser = ReturnType<typeof openBrowser>;

export const newAddress = (name = "ana"): string => `${name}-${randomBytes(5).toString("hex")}@people.example`;
export const password = "correct horse battery";

export async function mailsTo(world: World, address: string): Promise<Mail[]> {
  const answer = await fetch(`${world.simulatorsUrl}/mail/state?to=${encodeURIComponent(address)}`);
  return ((await answer.json()) as { mails: Mail[] }).mails;
}

/** The newest mail once there are so many. */
export function mailTo(world: World, address: string, count = 1): Promise<Mail> {
  return eventually(async () => {
    const mails = await mailsTo(world, address);
    const [newest] = mails;
    if (mails.length !== count || !newest) throw new Error(`${mails.length} mails to ${address}`);
    return newest;
  });
}

export const tokenIn = ({ text }: Mail): string => /[#/]([A-Za-z0-9_-]{43})(?=\s|$|\])/.exec(text)?.[1] ?? "";

/** Registers by the mail's link, as people do. */
export async function registered(world: World, email = newAddress()): Promise<{ browser: Browser; email: string; tenantId: string }> {
  const browser = openBrowser(world);
  await browser.ask("/api/auth/register", { json: { business: "Clínica Ñandú", country: "CO", email, password } });
  const answer = await browser.ask("/api/auth/verify-email", { json: { token: tokenIn(await mailTo(world, email)) } });
  return { browser, email, tenantId: (answer.body as { tenantId: string }).tenantId };
}

/** What the authenticator shows, so many steps from now. */
export function codeOf(address: string, stepsFromNow = 0): string {
  const secret = decodeBase32(new URL(address).searchParams.get("secret") ?? "");
  return codeAt(secret, Math.floor(Date.now() / 30_000) + stepsFromNow);
}

function decodeBase32(text: string): string {
  let bits = "";
  for (const letter of text.replaceAll("=", "")) bits += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0");
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))).toString("latin1");
}
