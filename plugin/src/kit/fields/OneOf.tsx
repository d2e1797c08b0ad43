import { Combobox } from '@grafana/ui';
import { useId } from 'react';

interface Props {
  readonly label: string;
  readonly options: readonly string[];
  /** Empty for none. */
  readonly chosen: string;
  readonly onChange: (chosen: string) => void;
  readonly words?: (value: string) => string;
}

const asItIs = (value: string): string => value;

/** A choice of one value or none. */
export function OneOf({ label, options, chosen, onChange, words = asItIs }: Props) {
  const labelId = useId();
  return (
    <span>
      {/* Grafana's combobox takes its name from another element only. */}
      <span id={labelId} hidden>
        {label}
      </span>
      <Combobox
        aria-labelledby={labelId}
        placeholder={label}
        width="auto"
        minWidth={18}
        maxWidth={36}
        isClearable
        options={options.map((value) => ({ value, label: words(value) }))}
        value={chosen === '' ? null : chosen}
        onChange={(option) => onChange(option?.value ?? '')}
      />
    </span>
  );
}
