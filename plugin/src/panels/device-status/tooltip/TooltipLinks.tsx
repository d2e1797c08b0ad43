import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, ConfirmModal, LinkButton, useStyles2 } from '@grafana/ui';
import { useEffect, useRef, useState } from 'react';
import type { DeviceAction } from '../links/actions';
import type { DeviceLink } from '../links/device-links';

interface Props {
  readonly links: readonly DeviceLink[];
  readonly actions: readonly DeviceAction[];
  readonly onClose: () => void;
}

/** The links and actions of a device to choose from; the first takes the focus. */
export function TooltipLinks({ links, actions, onClose }: Props) {
  const styles = useStyles2(getStyles);
  const ref = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState<DeviceAction>();
  useEffect(() => ref.current?.querySelector<HTMLElement>('a, button')?.focus(), []);
  const run = (action: DeviceAction) => {
    // Grafana shows a failed request to the user by itself.
    action.run().then(onClose, onClose);
  };
  return (
    <div ref={ref} className={styles.links}>
      {links.map((link, index) => (
        <LinkButton
          key={index}
          href={link.href}
          target={link.target}
          rel="noreferrer"
          icon="external-link-alt"
          size="sm"
          fill="text"
          onClick={(event) => {
            if (link.onClick === undefined) return;
            event.preventDefault();
            link.onClick(event);
          }}
        >
          {link.title}
        </LinkButton>
      ))}
      {actions.map((action, index) => (
        <Button key={index} size="sm" variant="secondary" icon="bolt" onClick={() => setAsked(action)}>
          {action.title}
        </Button>
      ))}
      {asked !== undefined && (
        <ConfirmModal
          isOpen
          title={asked.title}
          body={asked.confirmation || t('devicestatus.action.confirm', 'Run this action?')}
          confirmText={t('devicestatus.action.run', 'Run')}
          confirmVariant="primary"
          onConfirm={() => run(asked)}
          onDismiss={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  links: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5),
    marginTop: theme.spacing(1),
    paddingTop: theme.spacing(0.5),
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
});
