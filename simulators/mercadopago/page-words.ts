import { AsyncLocalStorage } from "node:async_hooks";
import type { Context, Next } from "hono";
import { getCookie, setCookie } from "hono/cookie";

export const pageLanguages = ["es", "en", "fr", "pt"] as const;
export type PageLanguage = (typeof pageLanguages)[number];

/** What a buyer reads, in the order of `pageLanguages`. */
const words = {
  simulated: ["simulado", "simulated", "simulé", "simulado"],
  test: ["Pruebas", "Test", "Essai", "Testes"],
  payTo: ["Pagar a", "Pay", "Payer à", "Pagar a"],
  reference: ["Referencia", "Reference", "Référence", "Referência"],
  name: ["Nombre", "Name", "Nom", "Nome"],
  email: ["Correo", "E-mail", "E-mail", "E-mail"],
  ends: ["Vence", "Ends", "Expire", "Vence"],
  method: ["Medio de pago", "Payment method", "Moyen de paiement", "Meio de pagamento"],
  card: ["Tarjeta", "Card", "Carte", "Cartão"],
  wallet: ["Dinero en Mercado Pago", "Mercado Pago balance", "Solde Mercado Pago", "Saldo no Mercado Pago"],
  pse: ["PSE (débito bancario)", "PSE (bank debit)", "PSE (débit bancaire)", "PSE (débito bancário)"],
  efecty: ["Efecty (efectivo)", "Efecty (cash)", "Efecty (espèces)", "Efecty (dinheiro)"],
  number: ["Número de tarjeta", "Card number", "Numéro de carte", "Número do cartão"],
  holder: ["Nombre del titular", "Name on the card", "Nom du titulaire", "Nome do titular"],
  APRO: ["se aprueba", "is approved", "est acceptée", "é aprovado"],
  CONT: ["queda en revisión", "is under review", "est en examen", "fica em análise"],
  OTHE: ["se rechaza", "is declined", "est refusée", "é recusado"],
  CALL: ["hay que llamar al banco", "the bank wants a call", "il faut appeler la banque", "é preciso ligar para o banco"],
  FUND: ["no tiene fondos", "has no funds", "n’a pas de provision", "não tem saldo"],
  SECU: ["código de seguridad errado", "wrong security code", "mauvais code de sécurité", "código de segurança errado"],
  EXPI: ["fecha errada", "wrong date", "mauvaise date", "data errada"],
  FORM: ["datos errados", "wrong details", "données erronées", "dados errados"],
  pay: ["Pagar", "Pay", "Payer", "Pagar"],
  payAgain: ["Pagar otra vez", "Pay again", "Payer encore", "Pagar de novo"],
  leave: ["Volver sin pagar", "Go back without paying", "Revenir sans payer", "Voltar sem pagar"],
  back: ["Volver al comercio", "Back to the merchant", "Retour au commerçant", "Voltar à loja"],
  habits: [
    "Malos hábitos para este pago",
    "Bad habits for this payment",
    "Mauvaises habitudes pour ce paiement",
    "Maus hábitos para este pagamento",
  ],
  notice: ["Aviso", "Notice", "Avis", "Aviso"],
  usual: ["Como el comercio", "As the merchant", "Comme le commerçant", "Como a loja"],
  before: ["Antes de regresar", "Before coming back", "Avant le retour", "Antes de voltar"],
  after: ["Después de regresar", "After coming back", "Après le retour", "Depois de voltar"],
  never: ["Nunca", "Never", "Jamais", "Nunca"],
  copies: ["Copias del aviso", "Copies of the notice", "Copies de l’avis", "Cópias do aviso"],
  signature: ["Firma del aviso", "Signature of the notice", "Signature de l’avis", "Assinatura do aviso"],
  right: ["Correcta", "Right", "Correcte", "Correta"],
  wrong: ["Falsa", "Forged", "Fausse", "Falsa"],
  none: ["Ninguna", "None", "Aucune", "Nenhuma"],
  again: [
    "Repetir el aviso tras (segundos)",
    "Repeat the notice after (seconds)",
    "Répéter l’avis après (secondes)",
    "Repetir o aviso após (segundos)",
  ],
  late: ["Aprobar más tarde (segundos)", "Approve later (seconds)", "Accepter plus tard (secondes)", "Aprovar mais tarde (segundos)"],
  amount: ["Cobrar otro monto", "Charge another amount", "Facturer un autre montant", "Cobrar outro valor"],
  twice: ["Aprobaciones", "Approvals", "Acceptations", "Aprovações"],
  notReal: [
    "Nada de esto es dinero real.",
    "Nothing of this is real money.",
    "Rien de tout cela n’est de l’argent réel.",
    "Nada disto é dinheiro real.",
  ],
  paidBefore: [
    "Pagos anteriores en esta página",
    "Earlier payments at this page",
    "Paiements précédents sur cette page",
    "Pagamentos anteriores nesta página",
  ],
  approved: ["Tu pago fue aprobado", "Your payment was approved", "Votre paiement est accepté", "Seu pagamento foi aprovado"],
  pending: ["Tu pago está pendiente", "Your payment is pending", "Votre paiement est en attente", "Seu pagamento está pendente"],
  rejected: ["Tu pago fue rechazado", "Your payment was declined", "Votre paiement est refusé", "Seu pagamento foi recusado"],
  other: ["El pago terminó", "The payment has ended", "Le paiement est terminé", "O pagamento terminou"],
  unknown: [
    "Esta página de pago no existe",
    "There is no such payment page",
    "Cette page de paiement n’existe pas",
    "Esta página de pagamento não existe",
  ],
  ended: ["El tiempo para pagar terminó", "The time to pay is over", "Le délai de paiement est écoulé", "O prazo para pagar terminou"],
  excluded: [
    "El comercio no recibe este medio de pago",
    "The merchant does not take this method",
    "Le commerçant n’accepte pas ce moyen",
    "A loja não aceita este meio",
  ],
} as const satisfies Record<string, readonly [string, string, string, string]>;
export type PageWord = keyof typeof words;

const asked = new AsyncLocalStorage<{ language: PageLanguage; address: string | null }>();
const cookie = "mercadopago_lang";

export const pageLanguage = (): PageLanguage => asked.getStore()?.language ?? "es";
export const word = (name: PageWord): string => words[name][pageLanguages.indexOf(pageLanguage())] ?? words[name][0];
export const isPageWord = (name: string): name is PageWord => Object.hasOwn(words, name);

/** This page in the other languages, if it can be asked for again. */
export function otherLanguages(): { language: PageLanguage; address: string }[] {
  const address = asked.getStore()?.address;
  if (!address) return [];
  return pageLanguages
    .filter((language) => language !== pageLanguage())
    .map((language) => {
      const url = new URL(address);
      url.searchParams.set("lang", language);
      return { language, address: url.pathname + url.search };
    });
}

/** `?lang=` chooses, and is remembered. Else what the browser prefers, and Spanish. */
export async function inPageLanguage(c: Context, next: Next): Promise<void> {
  const known = (text: string | undefined) => pageLanguages.find((language) => text?.toLowerCase().startsWith(language));
  const chosen = known(c.req.query("lang"));
  if (chosen) setCookie(c, cookie, chosen, { path: "/", sameSite: "Lax" });
  const preferred = (c.req.header("accept-language") ?? "").split(",").map((part) => known(part.trim()));
  const language = chosen ?? known(getCookie(c, cookie)) ?? preferred.find((each) => each !== undefined) ?? "es";
  await asked.run({ language, address: c.req.method === "GET" ? c.req.url : null }, next);
}
