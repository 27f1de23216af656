"use client";

import "./globals.css";

/** Used when even the layout failed. No catalogue is loaded then, so the words stand here. */
export default function GlobalError() {
  return (
    <html lang="es">
      <body className="font-sans">
        <main className="mx-auto max-w-lg px-4 py-24 text-center">
          <h1 className="font-bold text-2xl">Algo falló de nuestro lado</h1>
          <p className="mt-3 text-muted">
            No se hizo ningún cobro por esto. Espera un momento y recarga la página.
            <br />
            <span lang="en">Something broke on our side. Nothing was charged because of it. Please wait a moment and reload.</span>
          </p>
          <button
            type="button"
            onClick={() => window.location.reload()}
            className="mt-6 inline-flex min-h-12 items-center rounded-xl bg-brand px-5 font-semibold text-on-brand"
          >
            Recargar · Reload
          </button>
        </main>
      </body>
    </html>
  );
}
