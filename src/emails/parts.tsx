import type { ReactNode } from "react";
import { Button, Link, Section, Text } from "react-email";
import type { CustomerRefund, MailAnswer, MailBooking, MailChanges, MailCustomer, MailMove, MailTenant } from "./mail-message.ts";
import type { Words } from "./words.ts";

/** The layout adds the tenant's header and our footer. */
export type MailContent = { subject: string; preview: string; body: ReactNode };

const text = { fontSize: "16px", lineHeight: "24px", color: "#1f2933", margin: "0 0 16px" };
const quiet = { ...text, fontSize: "14px", lineHeight: "20px", color: "#52606d" };

export function Paragraph({ children }: { children: ReactNode }) {
  return <Text style={text}>{children}</Text>;
}

/** Shows one label and value per line. Leaves out lines without a value. */
export function Facts({ words, lines }: { words: Words; lines: readonly (readonly [label: string, value: string | null])[] }) {
  const shown = lines.filter(([, value]) => value !== null && value !== "");
  return (
    <Section style={{ backgroundColor: "#f5f7fa", borderRadius: "8px", padding: "16px 20px 8px", margin: "0 0 20px" }}>
      {shown.map(([label, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, and labels may be equal
        <Text key={index} style={{ ...text, margin: "0 0 8px" }}>
          <span style={{ color: "#52606d" }}>{words.t("common.line", { label })} </span>
          <strong>{value}</strong>
        </Text>
      ))}
    </Section>
  );
}

export function Action({ words, tenant, url, label }: { words: Words; tenant: MailTenant; url: string; label: string }) {
  const color = safeColor(tenant.primaryColor);
  return (
    <Section style={{ margin: "0 0 16px" }}>
      <Button
        href={url}
        style={{
          backgroundColor: color,
          color: readableOn(color),
          borderRadius: "8px",
          padding: "14px 24px",
          fontSize: "16px",
          fontWeight: 600,
        }}
      >
        {label}
      </Button>
      <Text style={{ ...quiet, margin: "8px 0 0" }}>
        {words.t("common.openLink", { url: "" })}
        <Link href={url} style={{ color: "#52606d", wordBreak: "break-all" }}>
          {url}
        </Link>
      </Text>
    </Section>
  );
}

/** One a line, each as large as a finger. */
export function Links({ links }: { links: readonly { url: string; words: string }[] }) {
  return links.map(({ url, words }) => (
    <Text key={url} style={{ ...text, margin: "0 0 4px", lineHeight: "44px" }}>
      <Link href={url} style={{ color: "#1f2933", textDecoration: "underline" }}>
        {words}
      </Link>
    </Text>
  ));
}

type Changeable = { changes: MailChanges; canReply: boolean; tenant: MailTenant };

/** What the customer may do by themselves, and whom they ask about everything else. */
export function OwnChanges({ words, message }: { words: Words; message: Changeable }) {
  const { t, longTime } = words;
  const { changes, canReply, tenant } = message;
  const { move, cancel } = changes;
  const ways = [
    ...(move ? [{ url: move.url, words: t("ownChanges.move", { until: longTime(move.until) }) }] : []),
    ...(cancel ? [{ url: cancel.url, words: t("ownChanges.cancel", { until: longTime(cancel.until) }) }] : []),
  ];
  const whom = canReply ? "customerPaid.cancel" : "customerPaid.cancelElsewhere";
  if (ways.length === 0) return <Paragraph>{t(whom, { tenant: tenant.name })}</Paragraph>;
  return (
    <>
      <Paragraph>{t("ownChanges.intro")}</Paragraph>
      <Links links={ways} />
      <Paragraph>{replyLine(words, message)}</Paragraph>
    </>
  );
}

/** To the booking that stands, or to another time. */
type WaysOn = Pick<CustomerRefund, "tenant" | "order" | "bookingUrl" | "bookAgainUrl">;

export function WayOnAction({ words, message }: { words: Words; message: WaysOn }) {
  const { t } = words;
  const { tenant, order, bookingUrl, bookAgainUrl } = message;
  if (bookingUrl !== null)
    return <Action words={words} tenant={tenant} url={bookingUrl} label={t(order ? "order.button" : "customerPaid.button")} />;
  if (bookAgainUrl === null) return null;
  return <Action words={words} tenant={tenant} url={bookAgainUrl} label={t(order ? "order.shopButton" : "customerRefund.button")} />;
}

/** Asks for a reply only if somebody reads it. */
export function replyLine({ t }: Words, { canReply, tenant }: { canReply: boolean; tenant: MailTenant }): string {
  return t(canReply ? "common.questions" : "common.questionsElsewhere", { tenant: tenant.name });
}

export function bookingLines({ t, period }: Words, booking: MailBooking) {
  return [
    [t("common.service"), booking.serviceName],
    [t("common.professional"), booking.professionalName],
    [t("common.when"), period(booking.start, booking.end)],
    [t("common.where"), booking.place.where],
    [t("common.reference"), booking.reference],
  ] as const;
}

type Purchase = { booking: MailBooking | null; order?: { number: number | null } | undefined; reference: string };

/** What the money was for: an appointment, or an order by its number. */
export function purchaseLines(words: Words, { booking, order, reference }: Purchase) {
  const { t } = words;
  if (booking) return bookingLines(words, booking);
  const number = order?.number ?? null;
  return [
    [t("order.number"), number === null ? null : String(number)],
    [t("common.reference"), reference],
  ] as const;
}

/** What is no longer so, after a move. */
export function beforeLine({ t, period }: Words, { what, fromStart, fromEnd, fromProfessionalName }: MailMove) {
  const time = what === "professional" ? null : period(fromStart, fromEnd);
  const person = what === "time" ? null : fromProfessionalName;
  return [t("common.before"), [time, person].filter(Boolean).join(" · ")] as const;
}

export function customerLines({ t }: Words, { name, email, phone }: MailCustomer) {
  return [
    [t("common.customer"), name],
    [t("common.email"), email],
    [t("common.phone"), phone],
  ] as const;
}

/** How a customer finds the way and reaches the merchant. Shows only what the merchant has said. */
export function WayThere({ words: { t }, booking }: { words: Words; booking: MailBooking }) {
  const { directions, mapUrl, contact } = booking.place;
  if (directions === null && mapUrl === null && contact === null) return null;
  return (
    <Section style={{ margin: "0 0 16px" }}>
      {directions !== null && (
        <Text style={{ ...quiet, margin: "0 0 8px", whiteSpace: "pre-line" }}>
          {t("common.line", { label: t("common.directions") })} {directions}
        </Text>
      )}
      {mapUrl !== null && (
        <Text style={{ ...quiet, margin: "0 0 8px" }}>
          <Link href={mapUrl} style={{ color: "#52606d", textDecoration: "underline" }}>
            {t("common.map")}
          </Link>
        </Text>
      )}
      {contact !== null && (
        <Text style={{ ...quiet, margin: "0 0 8px" }}>
          {t("common.line", { label: t("common.contact") })} {contact}
        </Text>
      )}
    </Section>
  );
}

type Amounts = { amountPaidMinor: number; restDueMinor: number; currency: string };

/** Says "free" when nothing is to be paid, and only what is left when it is paid at the place. */
export function amountLines({ t, money }: Words, { amountPaidMinor, restDueMinor, currency }: Amounts) {
  const rest = [t("common.restDue"), restDueMinor > 0 ? money(restDueMinor, currency) : null] as const;
  if (amountPaidMinor > 0) return [[t("common.paid"), money(amountPaidMinor, currency)], rest] as const;
  return restDueMinor > 0 ? ([rest] as const) : ([[t("common.amount"), t("common.free")]] as const);
}

export function answerLines({ t }: Words, answers: readonly MailAnswer[]) {
  return answers.map(
    ({ question, kind, answer }) => [question, kind === "yes_no" ? t(answer === "yes" ? "common.yes" : "common.no") : answer] as const,
  );
}

/**
 * Returns the better contrast of black and white:
 * https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
 */
export function readableOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}

/** Returns our own blue for anything but six hex digits, which must not reach a style. */
export function safeColor(color: string): string {
  return /^#[0-9a-f]{6}$/i.test(color) ? color : "#2f5bea";
}
