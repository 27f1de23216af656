import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { signedIn } from "#platform/auth.ts";
import { invitationOf } from "#queries/accounts/invitation-page.ts";
import { ProblemPage } from "#ui/problem-page.tsx";
import { JoinForm } from "./join-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account.invitation"))("pageTitle") };
}

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const t = await getTranslations("account.invitation");
  const invitation = await invitationOf(token);
  if (!invitation) return <ProblemPage title={t("goneTitle")} text={t("goneText")} />;
  const person = await signedIn(new Headers(await headers()));
  return <JoinForm token={token} invitation={invitation} signedInAs={person?.email ?? null} />;
}
