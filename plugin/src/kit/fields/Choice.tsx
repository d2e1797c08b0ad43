import { MultiCombobox } from '@grafana/ui';
import { useId, useMemo } from 'react';

interface Props<T extends string> {
  readonly label: string;
  readonly options: readonly T[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: T[]) => void;
  /** The same function at every render: Grafana measures all words anew for another one. */
  readonly words?: (value: T) => string;
}

const asItIs = (value: string): string => value;

/** A choice of several values, all when none is chosen. */
export function Choice<T extends string>({ label, options, chosen, onChange, words = asItIs }: Props<T>) {
  const labelId = useId();
  const entries = useMemo(() => options.map((value) => ({ value, label: words(value) })), [options, words]);
  return (
    <span>
      {/* Grafana's combobox takes its name from another element only. */}
      <span id={labelId} hidden>
        {label}
      </span>
      <MultiCombobox<T>
        aria-labelledby={labelId}
        placeholder={label}
        width="auto"
        minWidth={18}
        maxWidth={40}
        options={entries}
        value={[...chosen]}
        onChange={(picked) => onChange(picked.map(({ value }) => value))}
      />
    </span>
  );
}
