import { useTranslations } from "next-intl";
import { Frame, KonfirmadoBrand } from "#ui/frame.tsx";
import { ProblemPage } from "#ui/problem-page.tsx";

/** With it here, an answer of 404 keeps the title of this folder's layout. */
export default function InvitationNotFound() {
  const t = useTranslations("professionals.connect.unknown");
  return (
    <Frame brand={<KonfirmadoBrand />}>
      <ProblemPage title={t("title")} text={t("text")} />
    </Frame>
  );
}
