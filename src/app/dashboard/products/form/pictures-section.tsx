import { ArrowLeft, ArrowRight, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { imagesMax } from "#contracts/shop-desk/limits.ts";
import { PictureField } from "#ui/dashboard/picture-field.tsx";
import { Picture } from "#ui/picture.tsx";
import { FormSection } from "../../services/form/section.tsx";
import type { FormParts } from "./draft.ts";

/** The first picture stands for the product; each can be moved and taken away. */
export function PicturesSection({ draft: { imageUrls }, set, problem }: FormParts) {
  const t = useTranslations("shopDesk.form.pictures");
  const move = (from: number, to: number) => {
    const url = imageUrls[from];
    if (url !== undefined) set({ imageUrls: imageUrls.toSpliced(from, 1).toSpliced(to, 0, url) });
  };
  return (
    <FormSection id="pictures" title={t("title")} lead={t("lead")}>
      {imageUrls.length > 0 && (
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4" data-testid="pictures">
          {imageUrls.map((url, index) => (
            <li key={url} className="overflow-hidden rounded-xl border border-line bg-paper">
              <Picture src={url} width={240} height={240} className="aspect-square w-full object-cover" />
              <div className="flex items-center justify-between px-1">
                <IconButton label={t("earlier", { place: index + 1 })} isOff={index === 0} onClick={() => move(index, index - 1)}>
                  <ArrowLeft aria-hidden className="size-5" />
                </IconButton>
                <span className="text-muted text-xs">{index === 0 ? t("first") : index + 1}</span>
                <IconButton
                  label={t("later", { place: index + 1 })}
                  isOff={index === imageUrls.length - 1}
                  onClick={() => move(index, index + 1)}
                >
                  <ArrowRight aria-hidden className="size-5" />
                </IconButton>
                <IconButton label={t("remove", { place: index + 1 })} onClick={() => set({ imageUrls: imageUrls.toSpliced(index, 1) })}>
                  <Trash2 aria-hidden className="size-5" />
                </IconButton>
              </div>
            </li>
          ))}
        </ul>
      )}
      {imageUrls.length < imagesMax && (
        <PictureField
          name="picture"
          label={t("add")}
          hint={t("hint")}
          url={null}
          onChange={(url) => url && !imageUrls.includes(url) && set({ imageUrls: [...imageUrls, url] })}
          problem={problem("imageUrls")}
        />
      )}
    </FormSection>
  );
}

type IconButtonProps = { label: string; isOff?: boolean; onClick: () => void; children: ReactNode };

function IconButton({ label, isOff = false, onClick, children }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={isOff || undefined}
      onClick={() => !isOff && onClick()}
      className="inline-flex size-10 items-center justify-center rounded-lg text-muted hover:text-ink aria-disabled:opacity-30"
    >
      {children}
    </button>
  );
}
