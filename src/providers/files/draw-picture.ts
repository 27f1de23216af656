import type { Sharp } from "sharp";
import { Refusal } from "#contracts/problem.ts";
import type { ImageType, ImageVariant } from "#contracts/settings/images.ts";
import { sha256Hex } from "#platform/ids.ts";

export type Picture = { hash: string; webp: Buffer; variants: Record<ImageVariant, Buffer> };

/** 4,000 × 4,000. A picture of a few kilobytes may claim to be a hundred times as large. */
const pixelsMax = 16_000_000;
const sideMax = 1024;
const secondsMax = 10;
/** Each takes a tenth of a second and up to 80 MB, so they take turns. */
const waitingMax = 20;
const white = { r: 255, g: 255, b: 255, alpha: 1 };

let waiting = 0;
let turn: Promise<unknown> = Promise.resolve();

/**
 * Draws an uploaded picture anew, so that nothing of the file is left but what it shows: no script,
 * no reference, no place where a photo was taken. Refuses: image_type, image_unreadable,
 * rate_limited.
 */
export async function drawPicture(bytes: Uint8Array, type: ImageType): Promise<Picture> {
  if (!isOfType(bytes, type)) throw new Refusal("image_type");
  return inTurn(() => draw(bytes, type));
}

/** One picture at a time in this process. Refuses: rate_limited. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= waitingMax) throw new Refusal("rate_limited", "Too many pictures at once.");
  waiting += 1;
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  try {
    return await mine;
  } finally {
    waiting -= 1;
  }
}

/** By the first bytes, before any decoder sees the rest. */
export function isOfType(bytes: Uint8Array, type: ImageType): boolean {
  const starts = Buffer.from(bytes.subarray(0, 512));
  switch (type) {
    case "image/png":
      return starts.subarray(0, 8).toString("latin1") === "\x89PNG\r\n\x1a\n";
    case "image/jpeg":
      return starts.subarray(0, 3).toString("latin1") === "\xff\xd8\xff";
    case "image/webp":
      return /^RIFF[\s\S]{4}WEBP/.test(starts.toString("latin1"));
    case "image/svg+xml":
      return /^(\ufeff)?\s*<(\?xml|!--|!doctype|svg)/i.test(starts.toString("utf8"));
    default:
      return type satisfies never;
  }
}

async function draw(bytes: Uint8Array, type: ImageType): Promise<Picture> {
  // Loaded with the first upload: a native library that most processes never need.
  const { default: sharp } = await import("sharp");
  sharp.cache(false);
  const read = { limitInputPixels: pixelsMax, failOn: "error" } as const;
  try {
    const density = type === "image/svg+xml" ? await densityFor(sharp(bytes, read)) : undefined;
    const webp = await sharp(bytes, { ...read, ...(density && { density }) })
      .autoOrient()
      .resize({ width: sideMax, height: sideMax, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 85, alphaQuality: 100 })
      .timeout({ seconds: secondsMax })
      .toBuffer();
    const squeezed = (width: number, height: number): Sharp =>
      sharp(webp, read).resize({ width, height, fit: "contain", background: white });
    const variants = {
      mail: await sharp(webp, read).resize({ width: 440, height: 80, fit: "inside", withoutEnlargement: true }).png().toBuffer(),
      icon: await squeezed(180, 180).flatten({ background: white }).png().toBuffer(),
      share: await squeezed(1200, 630).flatten({ background: white }).jpeg({ quality: 85 }).toBuffer(),
    };
    return { hash: sha256Hex(webp), webp, variants };
  } catch {
    // Whatever the decoder says of a stranger's file, it is one that we cannot read.
    throw new Refusal("image_unreadable");
  }
}

/** A drawing has no pixels of its own: a small one is drawn as large as a logo is shown. */
async function densityFor(drawing: Sharp): Promise<number> {
  const { width, height } = await drawing.metadata();
  return Math.min(Math.max((72 * 512) / Math.max(width, height, 1), 1), 2400);
}
