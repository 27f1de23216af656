import type { InFour } from "./four-languages.ts";

/** What more than one hosted page says to a buyer. */
export const buyerWords = {
  simulated: { es: "simulado", en: "simulated", fr: "simulé", pt: "simulado" },
  what: { es: "¿Qué debe pasar?", en: "What should happen?", fr: "Que doit-il se passer ?", pt: "O que deve acontecer?" },
  pending: { es: "Dejar pendiente", en: "Leave pending", fr: "Laisser en attente", pt: "Deixar pendente" },
  close: {
    es: "Aprobar y cerrar la pestaña (sin regresar)",
    en: "Approve and close the tab (without coming back)",
    fr: "Accepter et fermer l’onglet (sans revenir)",
    pt: "Aprovar e fechar a aba (sem voltar)",
  },
  stay: {
    es: "El navegador no regresa al comercio.",
    en: "The browser does not go back to the merchant.",
    fr: "Le navigateur ne retourne pas chez le marchand.",
    pt: "O navegador não volta à loja.",
  },
} satisfies Record<string, InFour>;
