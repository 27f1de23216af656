import { type AskedInCountry, isCountry } from "#app/[country]/country.ts";
import { OrderNotFound } from "#app/order/confirmed/[id]/order-not-found.tsx";
import ReceiptPage, { generateMetadata as receiptMetadata } from "#app/order/confirmed/[id]/receipt/page.tsx";

export const generateMetadata = (asked: AskedInCountry) => receiptMetadata(asked);

export default async function ReceiptInCountryPage(asked: AskedInCountry) {
  return isCountry((await asked.params).country) ? <ReceiptPage {...asked} /> : <OrderNotFound />;
}
