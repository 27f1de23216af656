import { Section, Text } from "react-email";
import { Facts } from "../parts.tsx";
import type { Words } from "../words.ts";
import type { MailDelivery, MailOrder } from "./order-message.ts";

/** Every line and every sum, ending with what was paid. */
export function Receipt({ words, order }: { words: Words; order: MailOrder }) {
  const { t, money } = words;
  const { currency, discountMinor, discountCode, shippingMinor, taxAddedMinor, taxMinor } = order;
  const amount = (minor: number) => money(minor, currency);
  const lines = [
    ...order.lines.map(({ title, quantity, grossMinor }) => [t("order.line", { quantity, title }), amount(grossMinor)] as const),
    [t("order.discount"), discountMinor > 0 ? [`−${amount(discountMinor)}`, discountCode].filter(Boolean).join(" · ") : null],
    [t("order.shipping"), order.delivery.kind === "digital" ? null : shippingMinor > 0 ? amount(shippingMinor) : t("common.free")],
    [t("order.taxAdded"), taxAddedMinor > 0 ? amount(taxAddedMinor) : null],
    [t("order.total"), amount(order.totalMinor)],
    [t("order.tax"), taxMinor > taxAddedMinor ? amount(taxMinor) : null],
  ] as const;
  return <Facts words={words} lines={lines} />;
}

export function orderLines({ t }: Words, { number, reference }: Pick<MailOrder, "number" | "reference">) {
  return [
    [t("order.number"), String(number)],
    [t("common.reference"), reference],
  ] as const;
}

export function deliveryLines({ t }: Words, delivery: MailDelivery) {
  if (delivery.kind === "digital") return [[t("order.shipping"), t("order.digital")]] as const;
  const { name, daysMin, daysMax } = delivery;
  const where =
    delivery.kind === "sent" ? ([t("order.sentTo"), delivery.address] as const) : ([t("order.pickup"), delivery.place] as const);
  const [least, most] = [daysMin ?? daysMax, daysMax ?? daysMin];
  const days = least === null || most === null ? null : t("order.days", { least, most, count: least === most ? 1 : 2 });
  return [[t("order.shipping"), name], where, [t("order.daysLabel"), days]] as const;
}

/** What a person wrote, with its lines. */
export function Written({ label, text, words }: { label: string; text: string; words: Words }) {
  return (
    <Section style={{ margin: "0 0 16px" }}>
      <Text style={{ fontSize: "14px", lineHeight: "20px", color: "#52606d", margin: 0, whiteSpace: "pre-line" }}>
        {words.t("common.line", { label })} {text}
      </Text>
    </Section>
  );
}
