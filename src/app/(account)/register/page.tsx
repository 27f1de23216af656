import type { Metadata } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { servedCountries } from "#contracts/countries.ts";
import { RegisterForm } from "./register-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account.register"))("title") };
}

export default async function RegisterPage() {
  const locale = await getLocale();
  const names = new Intl.DisplayNames([locale], { type: "region" });
  const countries = servedCountries
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
  return <RegisterForm countries={countries} country={likelyCountry((await headers()).get("accept-language"))} />;
}

/** `MX` of `es-MX,es;q=0.9`. */
function likelyCountry(languages: string | null): string {
  const region = /^[a-z]{2,3}-([A-Z]{2})\b/.exec(languages ?? "")?.[1];
  return servedCountries.find((code) => code === region) ?? "CO";
}
