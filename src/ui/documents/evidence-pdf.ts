import type { Evidence } from "#contracts/ledger/disputes.ts";
import { type DocumentWords, documentWords } from "./words.ts";

type Line = readonly [name: string, value: string];
type Section = { title: string; lines: readonly Line[]; text?: string | null; none?: string };

/** For a bank: what was agreed, sent and opened, in the merchant's language. */
export async function evidencePdf(evidence: Evidence): Promise<{ bytes: Uint8Array<ArrayBuffer>; name: string }> {
  const words = documentWords(evidence);
  const { t } = words;
  const title = t("title", { tenant: evidence.tenantName });
  const bytes = await draw({
    title,
    lead: t("lead", { at: words.at(evidence.madeAt), reference: evidence.payment.reference }),
    sections: sectionsOf(evidence, words),
    foot: t("foot"),
    language: evidence.language,
  });
  return { bytes, name: `${t("file")}-${evidence.dispute.providerDisputeId.replaceAll(/[^\w-]/g, "_")}.pdf` };
}

function sectionsOf(evidence: Evidence, words: DocumentWords): Section[] {
  const { t, at, mail, event } = words;
  return [
    { title: t("dispute.title"), lines: disputeLines(evidence, words) },
    { title: t("payment.title"), lines: paymentLines(evidence, words) },
    { title: t("terms.title"), ...termsOf(evidence, words) },
    { title: t("appointment.title"), lines: appointmentLines(evidence, words), none: t("appointment.none") },
    { title: t("visits.title"), lines: visitLines(evidence, words), none: t("visits.none") },
    { title: t("mails.title"), lines: evidence.mails.map((one): Line => [at(one.at), mail(one.job)]), none: t("mails.none") },
    { title: t("events.title"), lines: evidence.events.map((one): Line => [at(one.at), event(one.kind)]), none: t("events.none") },
    { title: t("refunds.title"), lines: refundLines(evidence, words), none: t("refunds.none") },
  ];
}

function disputeLines({ dispute }: Evidence, { t, at, money, state }: DocumentWords): Line[] {
  return [
    [t("dispute.number"), dispute.providerDisputeId],
    [t("dispute.kind"), t(`dispute.kinds.${dispute.kind}`)],
    [t("dispute.state"), state(dispute.state)],
    [t("amount"), money(dispute.amountMinor, dispute.currency)],
    ...(dispute.reason ? [[t("dispute.reason"), dispute.reason] as const] : []),
    [t("dispute.opened"), at(dispute.openedAt)],
    ...(dispute.evidenceDueAt ? [[t("dispute.due"), at(dispute.evidenceDueAt)] as const] : []),
  ];
}

function paymentLines({ payment, customer }: Evidence, { t, at, money }: DocumentWords): Line[] {
  return [
    [t("payment.number"), payment.providerChargeId],
    [t("payment.reference"), payment.reference],
    [t("amount"), money(payment.amountMinor, payment.currency)],
    [t("payment.at"), at(payment.paidAt)],
    ...(customer
      ? ([
          [t("payment.customer"), customer.name],
          [t("payment.email"), customer.email],
          [t("payment.phone"), customer.phone],
        ] as const)
      : []),
  ];
}

function termsOf({ terms }: Evidence, { t, at }: DocumentWords): Omit<Section, "title"> {
  if (!terms) return { lines: [], none: t("terms.none") };
  const version = terms.changedAt ? t("terms.since", { at: at(terms.changedAt) }) : t("terms.first");
  return {
    lines: [
      [t("terms.accepted"), at(terms.acceptedAt)],
      [t("terms.version"), version],
    ],
    text: terms.text,
  };
}

function appointmentLines({ appointment }: Evidence, { t, at, status, attendance }: DocumentWords): Line[] {
  if (!appointment) return [];
  return [
    [t("appointment.service"), appointment.service],
    [t("appointment.professional"), appointment.professional],
    [t("appointment.start"), at(appointment.start)],
    [t("appointment.end"), at(appointment.end)],
    [t("appointment.status"), status(appointment.status)],
    [t("appointment.place"), t(appointment.online ? "appointment.online" : "appointment.onSite")],
    ...(appointment.attendance
      ? [[t("appointment.attendance"), `${attendance(appointment.attendance.word)}, ${at(appointment.attendance.at)}`] as const]
      : []),
  ];
}

function visitLines({ visits }: Evidence, { t, at }: DocumentWords): Line[] {
  return visits.flatMap(({ openedAt, detailsAt, paymentAt }): Line[] => [
    [at(openedAt), t("visits.opened")],
    ...(detailsAt ? [[at(detailsAt), t("visits.details")] as const] : []),
    ...(paymentAt ? [[at(paymentAt), t("visits.payment")] as const] : []),
  ]);
}

function refundLines({ refunds }: Evidence, { t, at, money, refund }: DocumentWords): Line[] {
  return refunds.map(({ amountMinor, currency, state, at: when, isOutside }) => [
    at(when),
    `${money(amountMinor, currency)} · ${refund(state)}${isOutside ? ` · ${t("refunds.outside")}` : ""}`,
  ]);
}

type Drawing = { title: string; lead: string; sections: readonly Section[]; foot: string; language: string };

/**
 * Loaded with the first file, because the package takes a second. Its built-in fonts know the signs
 * of Western Europe: it does not read the compressed variable font of the pages.
 */
async function draw({ title, lead, sections, foot, language }: Drawing): Promise<Uint8Array<ArrayBuffer>> {
  const { default: PDFDocument } = await import("pdfkit");
  const file = new PDFDocument({ size: "A4", margin: 56, lang: language, displayTitle: true, info: { Title: plain(title) } });
  const pieces: Buffer[] = [];
  file.on("data", (piece: Buffer) => pieces.push(piece));
  const ended = new Promise<void>((resolve, reject) => file.on("end", resolve).on("error", reject));
  file.font("Helvetica-Bold").fontSize(18).text(plain(title));
  file.moveDown(0.3).font("Helvetica").fontSize(10).fillColor("#52606d").text(plain(lead));
  for (const { title: head, lines, text, none } of sections) {
    file.moveDown(1).font("Helvetica-Bold").fontSize(12).fillColor("#1f2933").text(plain(head));
    file.moveDown(0.3).font("Helvetica").fontSize(10);
    if (lines.length === 0 && none) file.fillColor("#52606d").text(plain(none));
    for (const [name, value] of lines) {
      file
        .fillColor("#52606d")
        .text(`${plain(name)}: `, { continued: true })
        .fillColor("#1f2933")
        .text(plain(value));
    }
    if (text) file.moveDown(0.3).fillColor("#1f2933").fontSize(9).text(plain(text));
  }
  file.moveDown(1.5).fontSize(8).fillColor("#52606d").text(plain(foot));
  file.end();
  await ended;
  return new Uint8Array(Buffer.concat(pieces));
}

/** Signs that Windows-1252 has beside Latin-1. */
const beside = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

/** What the fonts do not know becomes its nearest sign, or a question mark; the foot says so. */
function plain(text: string): string {
  const spaced = text.replaceAll(/[\u202f\u2009\u00a0]/g, " ").normalize("NFC");
  return [...spaced].map((sign) => (isKnown(sign) ? sign : nearest(sign))).join("");
}
const isKnown = (sign: string): boolean =>
  (sign >= " " && sign <= "~") || (sign >= "\u00a1" && sign <= "ÿ") || sign === "\n" || beside.includes(sign);

function nearest(sign: string): string {
  const base = sign.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  return base !== "" && [...base].every(isKnown) ? base : "?";
}
