import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmEmailForm } from "./confirm-email-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account.confirmEmail"))("title") };
}

export default function Page() {
  return <ConfirmEmailForm />;
}
