import type { ComponentProps } from "react";

type PictureProps = Omit<ComponentProps<"img">, "alt"> & { src: string; width: number; height: number };

/** Decorative only. Always has its size, so that nothing moves when it arrives. */
export function Picture({ src, width, height, className, loading }: PictureProps) {
  // biome-ignore lint/performance/noImgElement: its inline styles break our policy.
  return <img src={src} alt="" width={width} height={height} className={className} loading={loading} />;
}
