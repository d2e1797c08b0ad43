import { t } from '@grafana/i18n';
import { Button, Stack } from '@grafana/ui';
import { EmptyBox } from './EmptyBox';

interface Props<Part extends string> {
  readonly title: string;
  /** The parts of the filter that keep everything away. */
  readonly parts: readonly Part[];
  /** A part with its value: "service postgres". */
  readonly words: (part: Part) => string;
  /** Takes one part back. */
  readonly onRemove: (part: Part) => void;
  /** Takes all of them back. */
  readonly onClear: () => void;
}

/** The filter keeps everything away: which part of it, and how to take it back. */
export function FilteredAway<Part extends string>({ title, parts, words, onRemove, onClear }: Props<Part>) {
  return (
    <EmptyBox title={title}>
      <Stack direction="row" gap={1} wrap="wrap">
        {parts.map((part) => (
          <Button
            key={part}
            size="sm"
            variant="secondary"
            icon="times"
            aria-label={t('states.filtered.without', 'Without: {{part}}', {
              part: words(part),
              interpolation: { escapeValue: false },
            })}
            onClick={() => onRemove(part)}
          >
            {words(part)}
          </Button>
        ))}
        {parts.length > 1 && (
          <Button size="sm" variant="secondary" onClick={onClear}>
            {t('states.filtered.clear', 'Clear the filter')}
          </Button>
        )}
      </Stack>
    </EmptyBox>
  );
}
