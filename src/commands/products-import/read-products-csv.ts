import { productsImportRowsMax } from "#contracts/shop-desk/limits.ts";
import { type CsvLine, readCsv } from "../csv-records.ts";

/** As spreadsheets name them in our languages. */
const columnWords = {
  product: ["product", "producto", "produit", "produto", "title", "titulo", "titre", "nombre", "nome", "name", "nom"],
  variant: ["variant", "variante", "presentacion", "opcion", "option", "opcao"],
  sku: ["sku", "referencia", "reference", "ref", "codigo", "code"],
  price: ["price", "precio", "prix", "preco", "valor"],
  stock: ["stock", "existencias", "inventario", "estoque", "cantidad", "quantity", "quantite", "quantidade"],
  low_at: ["low_at", "aviso_en", "pocas_en", "alerte_a", "aviso_em", "minimo", "minimum"],
  category: ["category", "categoria", "categorie"],
  description: ["description", "descripcion", "descricao"],
  weight_grams: ["weight_grams", "peso_gramos", "poids_grammes", "peso_gramas", "peso", "weight", "poids"],
  tax_percent: ["tax_percent", "impuesto", "iva", "taxe", "tva", "imposto", "tax", "vat"],
  tax_included: ["tax_included", "impuesto_incluido", "iva_incluido", "taxe_incluse", "tva_incluse", "imposto_incluso"],
  digital: ["digital", "numerique"],
  per_order_max: ["per_order_max", "maximo_por_pedido", "maximum_par_commande"],
  images: ["images", "image", "imagenes", "imagen", "imagens", "imagem", "fotos", "photos"],
  active: ["active", "activo", "actif", "ativo", "visible", "visivel"],
} as const;
export type ProductColumn = keyof typeof columnWords;
export type ProductLine = CsvLine<ProductColumn>;
/** Of our own export: nothing that a file may decide. */
const passedOver = new Set(["id", "currency", "reserved"]);

export const readProductsCsv = (text: string) =>
  readCsv<ProductColumn>(text, {
    words: columnWords,
    passedOver,
    rowsMax: productsImportRowsMax,
    missing: (has) => (has("product") && has("price") ? null : "product"),
  });
