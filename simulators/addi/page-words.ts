import { buyerWords } from "../buyer-words.ts";
import type { InFour } from "../four-languages.ts";

/** What Addi's hosted page says to a buyer. */
export const pageWords = {
  ...buyerWords,
  test: { es: "Pruebas", en: "Test", fr: "Test", pt: "Teste" },
  title: { es: "Paga después con Addi", en: "Pay later with Addi", fr: "Payez plus tard avec Addi", pt: "Pague depois com a Addi" },
  at: { es: "Compra en", en: "Purchase at", fr: "Achat chez", pt: "Compra em" },
  order: { es: "Pedido", en: "Order", fr: "Commande", pt: "Pedido" },
  name: { es: "Nombre", en: "Name", fr: "Nom", pt: "Nome" },
  approve: { es: "Aprobar el crédito", en: "Approve the credit", fr: "Accepter le crédit", pt: "Aprovar o crédito" },
  approveLess: {
    es: "Aprobar por otro monto",
    en: "Approve another amount",
    fr: "Accepter pour un autre montant",
    pt: "Aprovar outro valor",
  },
  reject: { es: "Addi dice que no", en: "Addi says no", fr: "Addi refuse", pt: "A Addi diz não" },
  decline: { es: "El cliente dice que no", en: "The customer says no", fr: "Le client refuse", pt: "O cliente diz não" },
  abandon: {
    es: "Dejar que se acabe el tiempo",
    en: "Let the time run out",
    fr: "Laisser le temps s’écouler",
    pt: "Deixar o tempo acabar",
  },
  error: { es: "Error interno de Addi", en: "Internal error of Addi", fr: "Erreur interne d’Addi", pt: "Erro interno da Addi" },
  leave: { es: "Irse sin decidir", en: "Leave without deciding", fr: "Partir sans décider", pt: "Sair sem decidir" },
  notReal: {
    es: "Nada de esto es un crédito real.",
    en: "Nothing of this is a real credit.",
    fr: "Rien de tout cela n’est un vrai crédit.",
    pt: "Nada disto é um crédito de verdade.",
  },
  decidedTitle: {
    es: "Esta solicitud ya terminó",
    en: "This application has ended already",
    fr: "Cette demande est déjà terminée",
    pt: "Este pedido de crédito já terminou",
  },
  unknownTitle: {
    es: "Esta solicitud no existe",
    en: "There is no such application",
    fr: "Cette demande n’existe pas",
    pt: "Este pedido de crédito não existe",
  },
  goneTitle: { es: "Cerraste la página", en: "You closed the page", fr: "Vous avez fermé la page", pt: "Você fechou a página" },
} satisfies Record<string, InFour>;
