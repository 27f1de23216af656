import { productsImportRowsMax } from "#contracts/shop-desk/limits.ts";
import type { ProductImportProblem } from "#contracts/shop-desk/products-import.ts";
import { cellOf, csvRecords, plainTitle } from "../csv-records.ts";

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
const columns = Object.keys(columnWords).filter((name): name is ProductColumn => name in columnWords);
/** Of our own export: nothing that a file may decide. */
const passedOver = new Set(["id", "currency", "reserved"]);

export type ProductLine = { line: number; values: Record<ProductColumn, string> };
type ReadCsv = { lines: ProductLine[]; problems: ProductImportProblem[] };

/** Takes commas, semicolons or tabs, quotes, a byte order mark and columns in any order. */
export function readProductsCsv(text: string): ReadCsv {
  const parsed = csvRecords(text);
  if (!Array.isArray(parsed)) return failed({ line: parsed.unreadableLine, column: "", value: "", problem: "csv_unreadable" });
  const [header, ...rest] = parsed;
  if (!header) return failed({ line: 1, column: "", value: "", problem: "header_missing" });
  const names = header.record.map(columnOf);
  const problems = headerProblems(header.record, names);
  if (problems.length > 0) return { lines: [], problems };
  if (rest.length === 0) return failed({ line: 2, column: "", value: "", problem: "no_rows" });
  if (rest.length > productsImportRowsMax)
    return failed({ line: productsImportRowsMax + 2, column: "", value: "", problem: "too_many_rows" });
  return { lines: rest.map(({ record, line }) => ({ line, values: valuesOf(names, record) })), problems: [] };
}

const failed = (problem: ProductImportProblem): ReadCsv => ({ lines: [], problems: [problem] });

function columnOf(title: string): ProductColumn | null {
  return columns.find((column) => columnWords[column].some((word) => word === plainTitle(title))) ?? null;
}

function headerProblems(titles: string[], names: (ProductColumn | null)[]): ProductImportProblem[] {
  if (!names.includes("product") || !names.includes("price"))
    return [{ line: 1, column: "product", value: titles.join(", "), problem: "header_missing" }];
  return names.flatMap((name, index): ProductImportProblem[] => {
    const value = titles[index] ?? "";
    if (name === null)
      return value === "" || passedOver.has(plainTitle(value)) ? [] : [{ line: 1, column: value, value, problem: "column_unknown" }];
    return names.indexOf(name) < index ? [{ line: 1, column: name, value, problem: "column_twice" }] : [];
  });
}

function valuesOf(names: (ProductColumn | null)[], record: string[]): ProductLine["values"] {
  const values = {
    ...{ product: "", variant: "", sku: "", price: "", stock: "", low_at: "", category: "", description: "", weight_grams: "" },
    ...{ tax_percent: "", tax_included: "", digital: "", per_order_max: "", images: "", active: "" },
  };
  for (const [index, name] of names.entries()) if (name) values[name] = cellOf(record[index]);
  return values;
}
