import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type accountMessages from "#messages/account/es.json";
import { until } from "../../support/until.ts";
import type { Stage } from "../stage.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "messages", "account");
type Words = (typeof accountMessages)["account"];

export function accountWords(locale: "es" | "fr"): Words {
  return (JSON.parse(readFileSync(join(folder, `${locale}.json`), "utf8")) as typeof accountMessages).account;
}

export const password = "correct horse battery";
export const addressOf = (name: string): string => `${name}-${Math.random().toString(36).slice(2, 10)}@people.example`;

/** The address of the button in the newest of so many mails. */
export async function linkTo(stage: Stage, email: string, count = 1): Promise<string> {
  let link: string | undefined;
  await until(async () => {
    const answer = await fetch(`${stage.simulatorsUrl}/mail/state?to=${encodeURIComponent(email)}`);
    const { mails } = (await answer.json()) as { mails: { text: string }[] };
    [link] = /http\S+(#|\/invitation\/)[\w-]{43}/.exec(mails[0]?.text ?? "") ?? [];
    return mails.length === count && link ? null : `${mails.length} mails to ${email}`;
  }, 20_000);
  return link ?? "";
}

export async function signIn(page: Page, email: string, given = password): Promise<void> {
  await page.goto("/login");
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(given);
  await page.getByTestId("sign-in").click();
}
