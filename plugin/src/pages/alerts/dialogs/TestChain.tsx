import { t } from '@grafana/i18n';
import { useState } from 'react';
import { EditorButton } from '../../../features/alerts/list/EditorButton';
import { TestChainDialog } from './TestChainDialog';

/** The button that opens the test of the receivers. */
export function TestChain() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <EditorButton variant="secondary" onClick={() => setOpen(true)}>
        {t('alerts.actions.test.open', 'Test the chain…')}
      </EditorButton>
      {open && <TestChainDialog onClose={() => setOpen(false)} />}
    </>
  );
}
