import { buyerWords } from "../buyer-words.ts";
import type { InFour } from "../four-languages.ts";

/** What Bold's hosted page says to a buyer. */
export const pageWords = {
  ...buyerWords,
  testMode: { es: "Modo de pruebas", en: "Test mode", fr: "Mode test", pt: "Modo de teste" },
  payTo: { es: "Pagar a", en: "Pay", fr: "Payer", pt: "Pagar a" },
  description: { es: "Descripción", en: "Description", fr: "Description", pt: "Descrição" },
  reference: { es: "Referencia", en: "Reference", fr: "Référence", pt: "Referência" },
  email: { es: "Correo", en: "Mail", fr: "E-mail", pt: "E-mail" },
  ends: { es: "Vence", en: "Ends", fr: "Expire", pt: "Vence" },
  method: { es: "Medio de pago", en: "Payment method", fr: "Moyen de paiement", pt: "Meio de pagamento" },
  card: { es: "Tarjeta", en: "Card", fr: "Carte", pt: "Cartão" },
  tip: { es: "Propina en pesos", en: "Tip in pesos", fr: "Pourboire en pesos", pt: "Gorjeta em pesos" },
  cardNumber: {
    es: "Número de tarjeta de prueba",
    en: "Number of a test card",
    fr: "Numéro d’une carte de test",
    pt: "Número do cartão de teste",
  },
  payByCard: { es: "Pagar con esta tarjeta", en: "Pay with this card", fr: "Payer avec cette carte", pt: "Pagar com este cartão" },
  approve: { es: "Aprobar el pago", en: "Approve the payment", fr: "Accepter le paiement", pt: "Aprovar o pagamento" },
  decline: { es: "Rechazar", en: "Decline", fr: "Refuser", pt: "Recusar" },
  declineStay: {
    es: "Rechazar y dejar intentar otra vez",
    en: "Decline and allow another try",
    fr: "Refuser et permettre un nouvel essai",
    pt: "Recusar e permitir outra tentativa",
  },
  fail: { es: "Error del banco", en: "Error of the bank", fr: "Erreur de la banque", pt: "Erro do banco" },
  abandon: { es: "Abandonar sin pagar", en: "Leave without paying", fr: "Partir sans payer", pt: "Sair sem pagar" },
  notReal: {
    es: "Nada de esto es dinero real.",
    en: "Nothing of this is real money.",
    fr: "Rien de tout cela n’est de l’argent réel.",
    pt: "Nada disto é dinheiro de verdade.",
  },
  lastTry: {
    es: "El intento anterior no fue aprobado. Puedes intentarlo otra vez.",
    en: "The last try was not approved. You may try again.",
    fr: "L’essai précédent n’a pas été accepté. Vous pouvez réessayer.",
    pt: "A tentativa anterior não foi aprovada. Você pode tentar de novo.",
  },
  paidTitle: { es: "Este link ya fue pagado", en: "This link is paid already", fr: "Ce lien est déjà payé", pt: "Este link já foi pago" },
  expiredTitle: { es: "Este link venció", en: "This link has ended", fr: "Ce lien a expiré", pt: "Este link venceu" },
  unknownTitle: { es: "Este link no existe", en: "There is no such link", fr: "Ce lien n’existe pas", pt: "Este link não existe" },
  nothingMade: {
    es: "No se creó ninguna transacción.",
    en: "No transaction was made.",
    fr: "Aucune transaction n’a été créée.",
    pt: "Nenhuma transação foi criada.",
  },
  endTitle: { es: "Pago terminado", en: "The payment has ended", fr: "Le paiement est terminé", pt: "Pagamento encerrado" },
  back: { es: "Volver al comercio", en: "Back to the merchant", fr: "Retourner chez le marchand", pt: "Voltar à loja" },
  tryWebhook: { es: "Probar el webhook", en: "Test the webhook", fr: "Tester le webhook", pt: "Testar o webhook" },
  tryWebhookWhy: {
    es: "En modo de pruebas, Bold solo avisa cuando alguien oprime este botón.",
    en: "In test mode, Bold tells the merchant only if somebody presses this button.",
    fr: "En mode test, Bold ne prévient le marchand que si quelqu’un appuie sur ce bouton.",
    pt: "No modo de teste, a Bold só avisa quando alguém aperta este botão.",
  },
} satisfies Record<string, InFour>;
