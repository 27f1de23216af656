import { getTranslations } from "next-intl/server";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { Panel } from "./panel.tsx";

/** The address that a merchant gives to customers. */
export async function ShareLink({ address }: { address: string }) {
  const t = await getTranslations("today");
  return (
    <Panel id="share" title={t("share")}>
      <p className="break-all rounded-xl bg-paper px-4 py-3 font-mono text-sm">{address}</p>
      <CopyButton text={address} label={t("share")} />
    </Panel>
  );
}
