import { headers } from "next/headers";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { buttonStyles } from "#ui/button.tsx";
import { Frame, KonfirmadoBrand } from "#ui/frame.tsx";
import { ProblemPage } from "#ui/problem-page.tsx";
import { shopAddress } from "../address.ts";
import { shopOf } from "../reads.ts";

/** A shop that nobody has, or a product that is sold no more: then the way to the others. */
export default async function ShopNotFound() {
  const slug = ((await headers()).get("x-path") ?? "").split("/")[2] ?? "";
  if (await shopOf(slug)) return <ProductNotFound slug={slug} />;
  const t = await getTranslations("problems");
  return (
    <Frame brand={<KonfirmadoBrand />}>
      <ProblemPage title={t("shopUnknown.title")} text={t("shopUnknown.text")} />
    </Frame>
  );
}

export function ProductNotFound({ slug }: { slug: string }) {
  const t = useTranslations("problems.productUnknown");
  return (
    <ProblemPage title={t("title")} text={t("text")}>
      <a href={shopAddress(slug)} className={buttonStyles({ look: "outline" })}>
        {t("toShop")}
      </a>
    </ProblemPage>
  );
}
