import { t } from '@grafana/i18n';
import { Alert, Button, ErrorBoundary } from '@grafana/ui';
import { useState, type ReactNode } from 'react';

interface Props {
  /** What the part is called, for the message. */
  readonly name: string;
  readonly children: ReactNode;
}

/** Keeps an error of a part in that part: the rest of the page stays. */
export function PartBoundary({ name, children }: Props) {
  const [attempt, setAttempt] = useState(0);
  return (
    <ErrorBoundary boundaryName={name} dependencies={[attempt]}>
      {({ error }) =>
        error === null ? (
          children
        ) : (
          <Alert
            severity="error"
            title={t('part.failed', '{{name}}: this part failed', {
              name,
              interpolation: { escapeValue: false },
            })}
          >
            <p>{error.message}</p>
            <Button size="sm" variant="secondary" onClick={() => setAttempt(attempt + 1)}>
              {t('part.again', 'Try again')}
            </Button>
          </Alert>
        )
      }
    </ErrorBoundary>
  );
}
