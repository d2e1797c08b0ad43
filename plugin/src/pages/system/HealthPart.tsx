import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { ComponentHealth, Health } from '../../api/exporterTypes';
import { APP_ROOT } from '../../api/pluginId';
import { PageLink } from '../../kit/links/PageLink';
import { Missing } from '../../kit/states/Missing';
import { numberWords } from '../../kit/words/numbers';
import { StatusSign } from '../../kit/status/StatusSign';
import { componentName } from './componentNames';
import { overallStatus, scoreStatus } from './scoreLook';
import { fallenMost, type Scores } from './trend';

const getStyles = (theme: GrafanaTheme2) => ({
  overall: css({ ...theme.typography.h3, margin: 0, '&::first-letter': { textTransform: 'uppercase' } }),
  list: css({
    listStyle: 'none',
    margin: theme.spacing(2, 0, 0),
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(20em, 100%), 1fr))',
  }),
  card: css({
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(1.5),
    minHeight: theme.spacing(11),
    overflowWrap: 'anywhere',
  }),
  name: css({ ...theme.typography.h5, margin: 0, display: 'flex', justifyContent: 'space-between' }),
  why: css({ color: theme.colors.text.secondary, margin: 0 }),
});

const rounded = (score: number): string => numberWords(Math.round(score));

function scoreWords(score: number): string {
  return t('system.score', '{{score}} of 100', { score: rounded(score) });
}

/** Components that are in error: the mean may be fine all the same. */
function inTrouble({ components }: Health): string[] {
  return components
    .filter(({ component, score }) => component !== 'overall' && scoreStatus(score) === 'error')
    .map(({ component }) => componentName(component));
}

interface Props {
  readonly health: Health;
  /** Scores an hour ago; undefined when nobody knows. */
  readonly before: Scores | undefined;
}

/** The overall score with its course, and what each component's score is made of. */
export function HealthPart({ health, before }: Props) {
  const styles = useStyles2(getStyles);
  const components = health.components.filter(({ component }) => component !== 'overall');
  const trouble = inTrouble(health);
  const whole = health.components.find(({ component }) => component === 'overall');
  return (
    <section>
      <h2 className={styles.overall}>
        {t('system.overall', 'overall')}{' '}
        {health.overall === null ? (
          <Missing reason={t('system.notMeasured', 'not measured')} />
        ) : (
          <StatusSign status={overallStatus(health.overall, trouble.length)}>
            {scoreWords(health.overall)}
          </StatusSign>
        )}{' '}
        {trouble.length > 0 && (
          <StatusSign status="error">
            {t('system.inTrouble', 'in trouble: {{names}}', { names: trouble.join(', ') })}
          </StatusSign>
        )}{' '}
        <Trend health={health} before={before} />
      </h2>
      {whole !== undefined && <p className={styles.why}>{whole.explanation}</p>}
      <ul className={styles.list} aria-label={t('system.components', 'Components')}>
        {components.map((component) => (
          <ComponentCard key={component.component} component={component} />
        ))}
      </ul>
    </section>
  );
}

function Trend({ health, before }: Props) {
  const then = before?.get('overall');
  if (health.overall === null || then === undefined) return null;
  const change = Math.round(health.overall) - Math.round(then);
  if (change === 0) return <small>{t('system.trend.same', 'as an hour ago')}</small>;
  const values = { before: rounded(then) };
  const words =
    change < 0
      ? t('system.trend.down', '▼ from {{before}} an hour ago', values)
      : t('system.trend.up', '▲ from {{before}} an hour ago', values);
  const culprit = change < 0 ? fallenMost(health, before) : undefined;
  return (
    <small>
      {words}
      {culprit !== undefined && `: ${componentName(culprit)}`}
    </small>
  );
}

function ComponentCard({
  component: { component, score, explanation },
}: {
  readonly component: ComponentHealth;
}) {
  const styles = useStyles2(getStyles);
  return (
    <li className={styles.card}>
      <h3 className={styles.name}>
        {component === 'logs' ? (
          <PageLink to={`${APP_ROOT}/logs`}>{componentName(component)}</PageLink>
        ) : (
          <span>{componentName(component)}</span>
        )}
        {score === null ? (
          <Missing reason={explanation} />
        ) : (
          <StatusSign status={scoreStatus(score)}>{scoreWords(score)}</StatusSign>
        )}
      </h3>
      <p className={styles.why}>{explanation}</p>
    </li>
  );
}
