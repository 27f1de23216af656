"use client";

import { useState } from "react";
import { Field } from "#ui/field.tsx";

type NumberFieldProps = {
  name: string;
  label: string;
  hint?: string;
  problem?: string | undefined;
  value: number;
  /** NaN for what is no number: the server refuses it, and says so at the field. */
  onChange: (value: number) => void;
};

export function NumberField({ name, label, hint, problem, value, onChange }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  return (
    <Field
      name={name}
      label={label}
      hint={hint}
      problem={problem}
      value={text}
      inputMode="numeric"
      autoComplete="off"
      className="max-w-40"
      onChange={(event) => {
        setText(event.target.value);
        onChange(/^\s*\d+\s*$/.test(event.target.value) ? Number(event.target.value) : Number.NaN);
      }}
    />
  );
}
