import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import { PLUGIN_ID } from '../../api/pluginId';
import type { Problem } from '../../domain/problem';
import { useApp } from '../app/appContext';
import { PageLink } from '../links/PageLink';
import { problemWords } from './problemWords';

/** The configuration page within Grafana's own pages of the plugin. */
export const CONFIGURATION_PATH = `/plugins/${PLUGIN_ID}?page=configuration`;

// A hostile or endless answer must not push the page away.
const detailStyle = css({ overflowWrap: 'anywhere', maxHeight: '6em', overflowY: 'auto', margin: 0 });

interface Props {
  readonly problem: Problem;
  /** What still works or is shown all the same. */
  readonly consequence?: string | undefined;
}

/** What is wrong, what was said, and what to do next. */
export function ProblemNotice({ problem, consequence }: Props) {
  const { isAdmin } = useApp();
  const { title, nextStep, severity, configuration } = problemWords(problem);
  return (
    <Alert title={title} severity={severity}>
      {consequence !== undefined && <p>{consequence}</p>}
      <p>
        {nextStep}{' '}
        {configuration && isAdmin && (
          <PageLink to={CONFIGURATION_PATH}>
            {t('problem.openConfiguration', 'Open the configuration')}
          </PageLink>
        )}
        {configuration && !isAdmin && t('problem.askAdministrator', 'This needs an administrator.')}
      </p>
      {problem.detail !== '' && (
        <p className={detailStyle}>
          {t('problem.said', 'It was said: {{detail}}', {
            detail: problem.detail,
            interpolation: { escapeValue: false },
          })}
        </p>
      )}
    </Alert>
  );
}
