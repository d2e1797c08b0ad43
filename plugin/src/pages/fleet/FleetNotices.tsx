import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import type { FleetAnswer } from '../../features/fleet/loadFleet';
import { ProblemNotice } from '../../kit/states/ProblemNotice';
import { ageWords } from '../../kit/answer';
import { useApp } from '../../kit/app/appContext';

interface Props {
  readonly answer: FleetAnswer;
  readonly now: number;
}

/** What is wrong with the picture, before the picture itself. */
export function FleetNotices({ answer, now }: Props) {
  const { timeZone } = useApp();
  const { picture, old, problems } = answer;
  const age = picture !== undefined && old ? ageWords(picture.at, now, timeZone) : undefined;
  const direct =
    picture?.source === 'exporter' && !old
      ? t('fleet.direct', 'You see the present as the exporter knows it, without history.')
      : undefined;
  return (
    <>
      {age !== undefined && problems.length === 0 && <Alert severity="warning" title={age} />}
      {problems.map((problem, index) => (
        <ProblemNotice
          key={`${problem.source} ${problem.kind}`}
          problem={problem}
          consequence={index === 0 ? (age ?? direct) : undefined}
        />
      ))}
      {picture?.complete === false && (
        <Alert
          severity="info"
          title={t('fleet.incomplete', 'Only the first {{count}} devices are shown: more need Prometheus.', {
            count: picture.devices.length,
          })}
        />
      )}
    </>
  );
}
