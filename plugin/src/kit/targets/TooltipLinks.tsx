import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useEffect, useRef } from 'react';
import { HrefButton } from '../links/HrefLink';
import type { DeviceAction } from './actions';
import { clickOf } from './device-links';
import type { Targets } from './targets';

interface Props {
  readonly targets: Pick<Targets, 'links' | 'actions'>;
  readonly onAsk: (action: DeviceAction) => void;
}

/** The links and actions of a device to choose from; the first takes the focus. */
export function TooltipLinks({ targets, onAsk }: Props) {
  const styles = useStyles2(getStyles);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.querySelector<HTMLElement>('a, button')?.focus(), []);
  if (targets.links.length + targets.actions.length === 0) return null;
  return (
    <div ref={ref} className={styles.links}>
      {targets.links.map((link, index) => (
        <HrefButton
          key={index}
          href={link.href}
          target={link.target}
          icon="external-link-alt"
          onClick={clickOf(link)}
        >
          {link.title}
        </HrefButton>
      ))}
      {targets.actions.map((action, index) => (
        <Button key={index} size="sm" variant="secondary" icon="bolt" onClick={() => onAsk(action)}>
          {action.title}
        </Button>
      ))}
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
