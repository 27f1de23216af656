"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { BookingLink } from "#contracts/links/links.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { download, fetchFile } from "#ui/dashboard/download.ts";
import { useErrorText } from "#ui/use-error-text.ts";

const addressOf = (id: string, kind: "svg" | "png") => `/api/booking-links/${id}/qr.${kind}`;

export function QrDialog({ link, onClose }: { link: BookingLink; onClose: () => void }) {
  const t = useTranslations("links");
  const errorText = useErrorText();
  const [picture, setPicture] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { id, name, address, publicId } = link;
  useEffect(() => {
    fetchFile(addressOf(id, "svg"))
      .then((file) => file.text())
      .then((svg) => setPicture(`data:image/svg+xml,${encodeURIComponent(svg)}`))
      .catch((error: unknown) => setProblem(errorText(error)));
  }, [id, errorText]);
  const save = (kind: "svg" | "png") =>
    download(addressOf(id, kind), `${publicId}.${kind}`).catch((error: unknown) => setProblem(errorText(error)));
  return (
    <Dialog isOpen onClose={onClose} title={t("qrOf", { name })} text={t("qrText")}>
      <div className="space-y-5">
        <Problem text={problem} />
        {picture ? (
          // biome-ignore lint/performance/noImgElement: Next cannot make it smaller.
          <img
            src={picture}
            alt={t("qrAlt", { address })}
            className="mx-auto size-64 rounded-xl border border-line bg-white"
            data-testid="qr"
          />
        ) : (
          <p className="grid h-64 place-items-center text-muted">{problem ? "" : t("loading")}</p>
        )}
        <p className="break-all text-center font-mono text-sm">{address}</p>
        <div className="flex flex-wrap justify-center gap-3">
          <Button look="outline" onClick={() => save("svg")}>
            {t("downloadSvg")}
          </Button>
          <Button look="outline" onClick={() => save("png")} data-testid="download-png">
            {t("downloadPng")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
