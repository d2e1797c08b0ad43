import { MultiCombobox } from '@grafana/ui';
import { useId } from 'react';

interface Props<T extends string> {
  readonly label: string;
  readonly options: readonly T[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: T[]) => void;
  readonly words?: (value: T) => string;
}

const asItIs = (value: string): string => value;

/** A choice of several values, all when none is chosen. */
export function Choice<T extends string>({ label, options, chosen, onChange, words = asItIs }: Props<T>) {
  const labelId = useId();
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
        options={options.map((value) => ({ value, label: words(value) }))}
        value={[...chosen]}
        onChange={(entries) => onChange(entries.map(({ value }) => value))}
      />
    </span>
  );
}
