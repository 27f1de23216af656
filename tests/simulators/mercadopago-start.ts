import { startSimulators } from "#simulators/main.ts";
import { mercadopagoAccount, startReceiver } from "./start.ts";

export { mercadopagoAccount as account };

const number = "200000002";
const secret = { authorization: `Bearer ${mercadopagoAccount.accessToken}` };

type Body = Record<string, unknown>;

/** Fresh simulators with one Mercado Pago account whose notices go to a receiver of the test. */
export async function startMercadopago() {
  const receiver = await startReceiver();
  const simulators = await startSimulators({ port: 0, mercadopago: { accounts: [{ ...mercadopagoAccount, webhookUrl: receiver.url }] } });
  const call = async (method: string, path: string, body?: Body, headers: Record<string, string> = secret) => {
    const init = { method, headers: { accept: "application/json", "content-type": "application/json", ...headers } };
    const response = await fetch(simulators.url + path, { ...init, ...(body && { body: JSON.stringify(body) }) });
    return { status: response.status, body: await response.json() };
  };
  const press = (path: string, fields: Body = {}) => call("POST", `/mercadopago${path}`, fields, {});
  return {
    url: simulators.url,
    receiver,
    press,
    api: (method: string, path: string, body?: Body, headers?: Record<string, string>) =>
      call(method, `/mercadopago/api${path}`, body, headers && { ...secret, ...headers }),
    call,
    advance: (seconds: number) => call("POST", "/clock/advance", { seconds }, {}),
    knobs: (fields: Body) => press("/panel/knobs", { account: number, ...fields }),
    /** A page of 85 000 pesos. */
    async open(reference: string, more: Body = {}): Promise<string> {
      const items = [{ title: "Consulta", quantity: 1, currency_id: "COP", unit_price: 85_000 }];
      const body = { items, external_reference: reference, back_urls: { success: "http://127.0.0.1:9/back" }, ...more };
      return (await call("POST", "/mercadopago/api/checkout/preferences", body)).body.id;
    },
    pay: (prefId: string, fields: Body = {}) => press("/checkout/pay", { pref_id: prefId, ...fields }),
    said: () => receiver.received.map(({ body }) => JSON.parse(body)),
    async stop() {
      await Promise.all([simulators.stop(), receiver.stop()]);
    },
  };
}
