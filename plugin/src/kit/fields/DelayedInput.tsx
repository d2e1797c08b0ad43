import { Icon, Input, type IconName } from '@grafana/ui';
import { useEffect, useState } from 'react';

/** Typing is over when nothing was typed for so long, milliseconds. */
const PAUSE_MS = 400;

/** Servers take no longer texts, characters. */
const LONGEST = 256;

interface Props {
  readonly label: string;
  readonly placeholder: string;
  readonly icon: IconName;
  /** Width in Grafana's units of 8 pixels. */
  readonly width: number;
  readonly value: string;
  /** Called when the typing is over, and not for every letter: each value asks a server. */
  readonly onChange: (value: string) => void;
}

/** A field of text for what a server is asked for. */
export function DelayedInput({ label, placeholder, icon, width, value, onChange }: Props) {
  const [typed, setTyped] = useState({ base: value, text: value });
  // Another value from outside replaces what was typed.
  const text = typed.base === value ? typed.text : value;
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Input
      width={width}
      type="search"
      maxLength={LONGEST}
      prefix={<Icon name={icon} />}
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={({ currentTarget }) => setTyped({ base: value, text: currentTarget.value })}
      onKeyDown={({ key }) => {
        if (key === 'Enter') onChange(text);
      }}
    />
  );
}
