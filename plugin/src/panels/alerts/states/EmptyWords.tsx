import { t } from '@grafana/i18n';
import { problemWords } from '../../../kit/states/problemWords';
import { clockWords } from '../../../kit/time/timeWords';
import { useApp } from '../../../kit/app/appContext';
import { Message } from '../../../kit/states/Message';
import type { Shown } from '../data/lines';
import type { Picture } from '../data/picture';
import { numberWords } from '../../../kit/words/numbers';
import type { AlertsOptions } from '../options/options';

interface Props {
  readonly shown: Shown;
  readonly picture: Picture;
  readonly mode: AlertsOptions['mode'];
  readonly now: number;
  readonly height: number;
}

/** What stands in place of the list: what is wrong, or that all is calm. */
export function EmptyWords({ shown, picture, mode, now, height }: Props) {
  const { timeZone } = useApp();
  const [problem] = picture.problems;
  if (shown.matcherError !== undefined)
    return (
      <Message
        icon="exclamation-triangle"
        title={t('alerts.panel.matchersWrong', 'The label filter cannot be read')}
        text={shown.matcherError}
        height={height}
      />
    );
  if (problem !== undefined) {
    const { title, nextStep } = problemWords(problem);
    return <Message icon="exclamation-triangle" title={title} text={nextStep} height={height} />;
  }
  const hidden =
    shown.hidden === 0
      ? ''
      : t('alerts.panel.hidden', 'Left out by the options of this panel: {{number}}.', {
          number: numberWords(shown.hidden),
        });
  if (mode === 'changes')
    return (
      <Message
        icon="check-circle"
        title={t('alerts.panel.noChanges', 'No alert changed in this time')}
        text={t('alerts.panel.noChangesHelp', '{{from}} to {{to}}', {
          from: clockWords(picture.span.from, now, timeZone),
          to: clockWords(picture.span.to, now, timeZone),
        })}
        height={height}
      />
    );
  if (shown.hidden > 0)
    return (
      <Message
        icon="bell-slash"
        title={t('alerts.panel.noneMatches', 'Nothing of what is there matches')}
        text={hidden}
        height={height}
      />
    );
  return (
    <Message icon="check-circle" title={t('alerts.panel.calm', 'Nothing fires')} text="" height={height} />
  );
}
