import type { InFour } from "../four-languages.ts";

/** What Addi's hosted page says to a buyer. */
export const pageWords = {
  simulated: { es: "simulado", en: "simulated", fr: "simulé", pt: "simulado" },
  test: { es: "Pruebas", en: "Test", fr: "Test", pt: "Teste" },
  title: { es: "Paga después con Addi", en: "Pay later with Addi", fr: "Payez plus tard avec Addi", pt: "Pague depois com a Addi" },
  at: { es: "Compra en", en: "Purchase at", fr: "Achat chez", pt: "Compra em" },
  order: { es: "Pedido", en: "Order", fr: "Commande", pt: "Pedido" },
  name: { es: "Nombre", en: "Name", fr: "Nom", pt: "Nome" },
  what: { es: "¿Qué debe pasar?", en: "What should happen?", fr: "Que doit-il se passer ?", pt: "O que deve acontecer?" },
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
  pending: { es: "Dejar pendiente", en: "Leave pending", fr: "Laisser en attente", pt: "Deixar pendente" },
  close: {
    es: "Aprobar y cerrar la pestaña (sin regresar)",
    en: "Approve and close the tab (without coming back)",
    fr: "Accepter et fermer l’onglet (sans revenir)",
    pt: "Aprovar e fechar a aba (sem voltar)",
  },
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
  stay: {
    es: "El navegador no regresa al comercio.",
    en: "The browser does not go back to the merchant.",
    fr: "Le navigateur ne retourne pas chez le marchand.",
    pt: "O navegador não volta à loja.",
  },
} satisfies Record<string, InFour>;
