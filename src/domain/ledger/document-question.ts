/** Words for the number of a person's or a firm's document, as merchants name such a question. */
const words = [
  ...["cedula", "documento", "dni", "nit", "rut", "ruc", "rfc", "curp", "cuit", "cuil", "nif", "nie", "pasaporte", "identificacion"],
  ...["cpf", "cnpj", "passaporte", "contribuinte"],
  ...["siren", "siret", "tva", "passeport"],
  ...["passport", "vat number", "tax id", "id number", "document number"],
];
const document = new RegExp(String.raw`(^|[^\p{L}])(${words.join("|")})($|[^\p{L}])`, "u");

/** Whether a question asks for the number that an accountant needs of a buyer. */
export function asksForDocument(question: string): boolean {
  const plain = question.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return document.test(plain);
}
