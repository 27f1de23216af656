import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LoginForm } from "./login-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account.login"))("title") };
}

type Asked = { searchParams: Promise<{ next?: string | string[]; problem?: string | string[]; done?: string | string[] }> };

export default async function LoginPage({ searchParams }: Asked) {
  const { next, problem, done } = await searchParams;
  return <LoginForm next={ownPath(next)} isWithoutMerchant={problem === "tenant_missing"} isReset={done === "reset"} />;
}

/** Never another site, whoever made the link. */
function ownPath(next: string | string[] | undefined): string {
  return typeof next === "string" && /^\/(dashboard|invitation)(\/[\w-]+)*$/.test(next) ? next : "/dashboard";
}
