import type { MemberSummary } from "../mail-message.ts";
import { Action, Facts, type MailContent, Paragraph } from "../parts.tsx";
import type { Words } from "../words.ts";

export function memberSummary(message: MemberSummary, words: Words): MailContent {
  const { t, date, time } = words;
  const { lines, more, day, tenant, memberName, url } = message;
  const count = lines.length + more;
  const intro = t(`memberSummary.${count === 0 ? "introNone" : count === 1 ? "introOne" : "intro"}`, { count, date: date(day) });
  const shown = lines.map(
    ({ start, customer, service, professional }) => [time(start), [customer, service, professional].join(" · ")] as const,
  );
  const body = (
    <>
      <Paragraph>{t("common.greeting", { name: memberName })}</Paragraph>
      <Paragraph>{intro}</Paragraph>
      {shown.length > 0 && <Facts words={words} lines={shown} />}
      {more > 0 && <Paragraph>{t("memberSummary.more", { count: more })}</Paragraph>}
      <Action words={words} tenant={tenant} url={url} label={t("memberSummary.button")} />
    </>
  );
  return { subject: t("memberSummary.subject", { count, date: date(day) }), preview: intro, body };
}
