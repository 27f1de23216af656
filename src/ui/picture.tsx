import type { ComponentProps } from "react";

type PictureProps = Omit<ComponentProps<"img">, "alt"> & { src: string; width: number; height: number };

/** A picture that adds nothing to the words beside it. Always with its size, so that nothing moves when it arrives. */
export function Picture({ src, width, height, className, loading }: PictureProps) {
  // biome-ignore lint/performance/noImgElement: next/image writes inline styles, which the content security policy forbids.
  return <img src={src} alt="" width={width} height={height} className={className} loading={loading} />;
}
