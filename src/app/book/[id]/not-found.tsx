import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { bookingOptionsOf } from "#app/booking-options.ts";
import { Frame, KonfirmadoBrand } from "#ui/frame.tsx";
import { ProblemPage } from "#ui/problem-page.tsx";

/** Each reason has its own words. None reveals anything about the merchant. */
export default async function BookNotFound() {
  const t = await getTranslations("problems");
  const reason = await reasonOf((await headers()).get("x-path") ?? "");
  return (
    <Frame brand={<KonfirmadoBrand />}>
      <ProblemPage title={t(`${reason}.title`)} text={t(`${reason}.text`)} />
    </Frame>
  );
}

export async function reasonOf(path: string): Promise<"bookingUnknown" | "linkUnknown" | "linkInactive" | "linkExpired"> {
  const [, , id = "", page] = path.split("/");
  if (page === "confirm") return "bookingUnknown";
  const found = await bookingOptionsOf(id);
  if (found.ok || found.code === "link_unknown") return "linkUnknown";
  return found.code === "link_expired" ? "linkExpired" : "linkInactive";
}
