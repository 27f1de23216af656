import { ImageIcon } from "lucide-react";
import { classNames } from "#ui/class-names.ts";
import { Picture } from "#ui/picture.tsx";

type ProductPictureProps = { src: string | null; size: number; className?: string; loading?: "lazy" | "eager" };

/** Square, so that nothing moves when it arrives. The product's name stands beside it. */
export function ProductPicture({ src, size, className, loading }: ProductPictureProps) {
  const shape = classNames("aspect-square rounded-xl bg-paper", className);
  if (src) return <Picture src={src} width={size} height={size} className={classNames(shape, "object-cover")} loading={loading} />;
  return (
    <span aria-hidden className={classNames(shape, "grid place-items-center text-muted")}>
      <ImageIcon className="size-1/4" strokeWidth={1.5} />
    </span>
  );
}
