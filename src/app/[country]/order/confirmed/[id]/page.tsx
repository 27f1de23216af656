import { type AskedInCountry, isCountry } from "#app/[country]/country.ts";
import { OrderNotFound } from "#app/order/confirmed/[id]/order-not-found.tsx";
import OrderPage, { generateMetadata as orderMetadata } from "#app/order/confirmed/[id]/page.tsx";

export const generateMetadata = (asked: AskedInCountry) => orderMetadata(asked);

/** The same page as without the country. */
export default async function OrderInCountryPage(asked: AskedInCountry) {
  return isCountry((await asked.params).country) ? <OrderPage {...asked} /> : <OrderNotFound />;
}
