/** Makes a merchant's colours readable: WCAG 2 contrast of at least 4.5 : 1 for text. */

type Rgb = readonly [number, number, number];

const contrastMin = 4.5;
const fallback = { primary: "#0f766e", secondary: "#475569" };
const ink: Rgb = [17, 24, 39];
const white: Rgb = [255, 255, 255];
/** Black exceeds 4.5 : 1 wherever white falls short of it. */
const black: Rgb = [0, 0, 0];
/** `--color-paper`. */
const paper: Rgb = [247, 247, 245];

export type Theme = {
  /** The merchant's colour as given, for surfaces. */
  brand: string;
  /** White where it is readable on `brand`, else black. */
  onBrand: string;
  /** The same hue, dark enough for text and links on white, paper and the soft tint. */
  brandInk: string;
  /** The background of what is chosen. */
  brandSoft: string;
  accent: string;
};

export function themeOf(primary: string, secondary: string): Theme {
  const brand = parseHex(primary) ?? requireHex(fallback.primary);
  const soft = mix(brand, white, 0.92);
  return {
    brand: toHex(brand),
    onBrand: toHex(contrast(brand, white) >= contrastMin ? white : black),
    brandInk: toHex(darkenUntilReadable(brand, [white, paper, soft])),
    brandSoft: toHex(soft),
    accent: toHex(parseHex(secondary) ?? requireHex(fallback.secondary)),
  };
}

/** Every value is one we wrote, so a stored colour cannot smuggle CSS in. */
export function themeCss(theme: Theme): string {
  return `:root{--brand:${theme.brand};--on-brand:${theme.onBrand};--brand-ink:${theme.brandInk};--brand-soft:${theme.brandSoft};--accent:${theme.accent}}`;
}

function darkenUntilReadable(colour: Rgb, backgrounds: Rgb[]): Rgb {
  for (let share = 0; share < 1; share += 0.02) {
    const darker = mix(colour, ink, share);
    if (backgrounds.every((background) => contrast(darker, background) >= contrastMin)) return darker;
  }
  return ink;
}

function contrast(a: Rgb, b: Rgb): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const channel = (a: number, b: number) => Math.round(a * (1 - share) + b * share);
  return [channel(from[0], to[0]), channel(from[1], to[1]), channel(from[2], to[2])];
}

function parseHex(colour: string): Rgb | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour.trim());
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  const [, red, green, blue] = long ?? short?.map((digit, index) => (index === 0 ? digit : digit + digit)) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return null;
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

function requireHex(colour: string): Rgb {
  const parsed = parseHex(colour);
  if (!parsed) throw new Error(`Not a #rrggbb colour: ${colour}`);
  return parsed;
}

function toHex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
