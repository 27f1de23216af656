import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { type StartPayment, takesAmount } from "#domain/payment-provider.ts";
import { failureOfReply, type ServiceReply } from "#platform/outbound.ts";
import { type AddiApi, amountText, codeOf, failure, newToken, post } from "./api.ts";
import { orderWord } from "./callback.ts";
import { capabilities } from "./definition.ts";

const redirects = [301, 302, 303, 307, 308];
/** The call is idempotent by its order, so it may be repeated after a 5xx, says the OpenAPI. */
const triesMax = 2;

/** Opens an application. Addi answers with a redirect to its page, which only the buyer follows. */
export async function startApplication(api: AddiApi, payment: StartPayment) {
  if (!takesAmount(capabilities, payment)) throw failure("refused", "the amount must be whole pesos, 50 000 to 20 000 000 COP");
  const body = applicationOf(api, payment);
  const token = await newToken(api);
  let reply = await post(api, "/v1/online-applications", { token, body });
  for (let tries = 1; reply.status >= 500 && tries < triesMax; tries += 1)
    reply = await post(api, "/v1/online-applications", { token, body });
  return { checkoutUrl: pageOf(api, reply), providerPaymentId: null };
}

function pageOf(api: AddiApi, reply: ServiceReply): string {
  if (!redirects.includes(reply.status)) throw refusalOf(reply);
  const url = URL.parse(reply.headers.get("location") ?? "", api.hosts.api);
  const isHttps = url?.protocol === "https:" || (url?.protocol === "http:" && new URL(api.hosts.api).protocol === "http:");
  if (!url || !isHttps) throw failure("unexpected_reply", "the redirect names no page");
  return url.href;
}

/** 409: for example, the buyer already has a credit. Addi's code says which. */
function refusalOf(reply: ServiceReply) {
  if (reply.status === 400 || reply.status === 409 || reply.status === 422) {
    const code = codeOf(reply);
    return failure("refused", `the application was answered with status ${reply.status}, code ${code}`, code ?? String(reply.status));
  }
  return failureOfReply({ provider: "addi", reply, asked: "the application" });
}

function applicationOf(api: AddiApi, payment: StartPayment) {
  const { reference, amountMinor, currency, description } = payment;
  const callbackUrl = new URL(payment.webhookUrl);
  callbackUrl.searchParams.set("t", orderWord(api.credentials, reference));
  return {
    orderId: reference,
    totalAmount: amountText(amountMinor),
    shippingAmount: "0.0",
    totalTaxesAmount: "0.0",
    currency,
    items: [{ sku: reference, name: description.slice(0, 100) || reference, quantity: 1, unitPrice: amountMinor / 100 }],
    client: clientOf(payment),
    allyUrlRedirection: { callbackUrl: callbackUrl.href, redirectionUrl: payment.returnUrl },
  };
}

/** The document is passed on and never stored. */
function clientOf({ customer: { name, email, phone, document } }: StartPayment) {
  if (!document) throw failure("refused", "Addi asks for the customer's document", "document_missing");
  const [firstName = name, ...others] = name.trim().split(/\s+/);
  const number = parsePhoneNumberFromString(phone, "CO");
  return {
    idType: document.type,
    idNumber: document.number,
    firstName,
    lastName: others.join(" ") || firstName,
    email,
    cellphone: number?.nationalNumber ?? phone,
    cellphoneCountryCode: `+${number?.countryCallingCode ?? "57"}`,
  };
}
