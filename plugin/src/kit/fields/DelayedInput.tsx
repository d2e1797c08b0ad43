import { Icon, Input, type IconName } from '@grafana/ui';
import { useCallback, useEffect, useState } from 'react';

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
  /** What a typed text means as a value; the text itself when left out. */
  readonly meaning?: (text: string) => string;
}

interface Typed {
  /** The value that it was typed over. */
  readonly base: string;
  /** The value that was handed out and has not come back yet. */
  readonly sent: string | undefined;
  readonly text: string;
}

const asItIs = (text: string): string => text;

/** The text that is shown: what is typed goes on while a value that was handed out comes back. */
function useTyped(value: string) {
  const [typed, setTyped] = useState<Typed>({ base: value, sent: undefined, text: value });
  if (typed.sent === value) setTyped({ ...typed, base: value, sent: undefined });
  // Another value from outside replaces what was typed.
  else if (typed.base !== value) setTyped({ base: value, sent: undefined, text: value });
  return { text: typed.text, setTyped };
}

/** A field of text for what a server is asked for. */
export function DelayedInput(props: Props) {
  const { label, placeholder, icon, width, value, onChange, meaning = asItIs } = props;
  const { text, setTyped } = useTyped(value);
  const wanted = meaning(text);
  const send = useCallback(() => {
    if (wanted === value) return;
    setTyped((before) => ({ ...before, sent: wanted }));
    onChange(wanted);
  }, [wanted, value, onChange, setTyped]);
  useEffect(() => {
    const timer = setTimeout(send, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, send]);
  return (
    <Input
      width={width}
      type="search"
      maxLength={LONGEST}
      prefix={<Icon name={icon} />}
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={({ currentTarget }) => {
        const typed = currentTarget.value;
        setTyped((before) => ({ ...before, text: typed }));
      }}
      onKeyDown={({ key }) => {
        if (key === 'Enter') send();
      }}
    />
  );
}
