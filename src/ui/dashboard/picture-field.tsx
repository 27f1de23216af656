"use client";

import { ImageUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ChangeEvent, useId, useRef, useState } from "react";
import { imageTypes } from "#contracts/settings/images.ts";
import { ApiProblem } from "../api.ts";
import { Button } from "../button.tsx";
import { classNames } from "../class-names.ts";
import { FieldProblem } from "../field.tsx";
import { Picture } from "../picture.tsx";
import { useErrorText } from "../use-error-text.ts";
import { uploadPicture } from "./upload-picture.ts";

type PictureFieldProps = {
  name: string;
  label: string;
  hint?: string;
  url: string | null;
  /** The picture is stored, and nobody shows it until the form is saved. */
  onChange: (url: string | null) => void;
  problem?: string | undefined;
  shape?: "square" | "wide";
};

/** Any file that the server takes. What it refuses is said in words, and the old picture stays. */
export function PictureField({ name, label, hint, url, onChange, problem, shape = "square" }: PictureFieldProps) {
  const t = useTranslations("dashboard.picture");
  const errorText = useErrorText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<string>();

  async function choose({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    const [file] = currentTarget.files ?? [];
    currentTarget.value = "";
    if (!file || isBusy) return;
    setIsBusy(true);
    setRefused(undefined);
    try {
      onChange(await uploadPicture(file));
    } catch (error) {
      setRefused(error instanceof ApiProblem && error.code === "picture_too_large" ? t("tooLarge") : errorText(error));
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <div className="space-y-1.5">
      <p id={`${id}-label`} className="font-medium">
        {label}
      </p>
      <div className="flex flex-wrap items-center gap-4">
        <span
          className={classNames(
            "grid shrink-0 place-items-center overflow-hidden rounded-xl border border-edge border-dashed bg-paper",
            shape === "wide" ? "h-20 w-38" : "size-20",
          )}
        >
          {url ? (
            <Picture src={url} width={152} height={80} className="size-full object-contain" />
          ) : (
            <ImageUp aria-hidden className="size-7 text-muted" />
          )}
        </span>
        <input
          ref={input}
          type="file"
          name={name}
          accept={imageTypes.join(",")}
          onChange={choose}
          aria-labelledby={`${id}-label`}
          tabIndex={-1}
          className="sr-only"
        />
        <div className="flex flex-wrap gap-2">
          <Button
            look="outline"
            onClick={() => input.current?.click()}
            aria-describedby={`${id}-label`}
            busyText={isBusy ? t("uploading") : undefined}
          >
            {url ? t("replace") : t("choose")}
          </Button>
          {url && (
            <Button look="quiet" onClick={() => onChange(null)} aria-describedby={`${id}-label`}>
              {t("remove")}
            </Button>
          )}
        </div>
      </div>
      {hint && <p className="text-muted text-sm">{hint}</p>}
      <div role="alert">
        <FieldProblem name={name} problem={refused ?? problem} />
      </div>
    </div>
  );
}
