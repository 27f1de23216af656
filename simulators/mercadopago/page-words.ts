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
  card: ["Tarjeta de crédito o débito", "Credit or debit card", "Carte de crédit ou de débit", "Cartão de crédito ou débito"],
  wallet: ["Dinero disponible en Mercado Pago", "Mercado Pago balance", "Solde disponible sur Mercado Pago", "Saldo no Mercado Pago"],
  pse: ["Transferencia con PSE", "Transfer with PSE", "Virement avec PSE", "Transferência com PSE"],
  efecty: ["Efectivo en Efecty", "Cash at Efecty", "Espèces chez Efecty", "Dinheiro na Efecty"],
  purchase: ["Detalle de tu compra", "Purchase details", "Détails de votre achat", "Detalhes da sua compra"],
  total: ["Total", "Total", "Total", "Total"],
  how: ["¿Cómo quieres pagar?", "How do you want to pay?", "Comment souhaitez-vous payer ?", "Como você quer pagar?"],
  expiry: ["Vencimiento (MM/AA)", "Expiration (MM/YY)", "Expiration (MM/AA)", "Validade (MM/AA)"],
  code: ["Código de seguridad", "Security code", "Code de sécurité", "Código de segurança"],
  document: ["Documento del titular", "Cardholder’s ID", "Pièce d’identité du titulaire", "Documento do titular"],
  instalments: ["Cuotas", "Instalments", "Mensualités", "Parcelas"],
  processedBy: ["Procesado por", "Processed by", "Traité par", "Processado por"],
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
  leave: [
    "Volver al sitio sin pagar",
    "Return to the site without paying",
    "Retourner sur le site sans payer",
    "Voltar para o site sem pagar",
  ],
  back: ["Volver al sitio", "Return to the site", "Retourner sur le site", "Voltar para o site"],
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
  approved: [
    "¡Listo! Se acreditó tu pago",
    "Done! Your payment was credited",
    "C’est fait ! Votre paiement est crédité",
    "Pronto! Seu pagamento foi aprovado",
  ],
  pending: [
    "Estamos procesando tu pago",
    "We are processing your payment",
    "Nous traitons votre paiement",
    "Estamos processando seu pagamento",
  ],
  rejected: ["Tu pago fue rechazado", "Your payment was declined", "Votre paiement a été refusé", "Seu pagamento foi recusado"],
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

/** The language of the merchant's country. `?lang=` chooses another, and is remembered. */
export const inPageLanguage = (siteOf: (preferenceId: string | undefined) => string | undefined) => async (c: Context, next: Next) => {
  const known = (text: string | undefined) => pageLanguages.find((language) => text?.toLowerCase().startsWith(language));
  const chosen = known(c.req.query("lang"));
  if (chosen) setCookie(c, cookie, chosen, { path: "/", sameSite: "Lax" });
  const site = siteOf(c.req.query("pref_id"));
  const ofSite = site === undefined ? undefined : site === "MLB" ? "pt" : "es";
  const preferred = (c.req.header("accept-language") ?? "").split(",").map((part) => known(part.trim()));
  const language = chosen ?? known(getCookie(c, cookie)) ?? ofSite ?? preferred.find((each) => each !== undefined) ?? "es";
  await asked.run({ language, address: c.req.method === "GET" ? c.req.url : null }, next);
};
