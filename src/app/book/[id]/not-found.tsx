import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { bookingOptionsOf } from "#app/booking-options.ts";
import { merchantTermsOf } from "#app/merchant-terms.ts";
import { Card } from "#ui/card.tsx";
import { Frame, KonfirmadoBrand } from "#ui/frame.tsx";
import { ProblemPage } from "#ui/problem-page.tsx";
import { Contact } from "#ui/wizard/where.tsx";

/**
 * Each reason has its own words. A link that was good once tells whom to ask; any other reveals
 * nothing about a merchant.
 */
export default async function BookNotFound() {
  const t = await getTranslations("problems");
  const path = (await headers()).get("x-path") ?? "";
  const reason = await reasonOf(path);
  const wasGood = reason === "linkInactive" || reason === "linkExpired";
  return (
    <Frame brand={<KonfirmadoBrand />}>
      <ProblemPage title={t(`${reason}.title`)} text={t(`${reason}.text`)}>
        {wasGood && <Whom link={linkIn(path)} />}
      </ProblemPage>
    </Frame>
  );
}

async function Whom({ link }: { link: string }) {
  const t = await getTranslations("place");
  const found = await merchantTermsOf(link);
  if (!found?.place) return null;
  const { tenant, place } = found;
  return (
    <Card data-testid="contact" className="text-left">
      <h2 className="mb-2 font-semibold">{t("contact", { tenant: tenant.name })}</h2>
      <Contact place={place} />
    </Card>
  );
}

const linkIn = (path: string): string => path.split("/")[2] ?? "";

export async function reasonOf(path: string): Promise<"bookingUnknown" | "linkUnknown" | "linkInactive" | "linkExpired"> {
  if (path.split("/")[3] === "confirm") return "bookingUnknown";
  const found = await bookingOptionsOf(linkIn(path));
  if (found.ok || found.code === "link_unknown") return "linkUnknown";
  return found.code === "link_expired" ? "linkExpired" : "linkInactive";
}
