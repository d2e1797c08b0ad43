import { t } from '@grafana/i18n';
import type { ReactNode } from 'react';
import { problemOf, type Source } from '../domain/problem';
import { useApp } from './app/appContext';
import { OldPicture } from './states/OldPicture';
import { ProblemNotice } from './states/ProblemNotice';
import { problemWords } from './states/problemWords';
import { Skeleton } from './states/Skeleton';
import { StatusSign } from './status/StatusSign';
import { clockWords, durationWords } from './time/timeWords';
import { useLoad, type Loaded } from './useLoad';

const HELD = Symbol('held');

/**
 * What a source answered, again and again. What it holds is out of reach except through `Known`, which draws value,
 * error and age together, and through `newest`, which forgets a value as soon as it is not the newest.
 */
export interface Answer<T> {
  readonly [HELD]: Loaded<T>;
  readonly loading: boolean;
}

/** As `useLoad`: asks whenever `load` is another function (wrap it in `useCallback`) or `tick` another number. */
export function useAnswer<T>(load: (signal: AbortSignal) => Promise<T>, tick: number): Answer<T> {
  const held = useLoad(load, tick);
  return { [HELD]: held, loading: held.loading };
}

/** The value of the newest attempt, or why it failed; neither before the first. An older value is not offered. */
export function newest<T>(answer: Answer<T>): { readonly value: T | undefined; readonly error: unknown } {
  const { value, error } = answer[HELD];
  return error === undefined ? { value, error } : { value: undefined, error };
}

/** "You see the last known picture, 4 min old (14:02)." Milliseconds since the epoch. */
export function ageWords(at: number, now: number, timeZone: string): string {
  return t('fleet.old', 'You see the last known picture, {{age}} old ({{time}}).', {
    age: durationWords(now - at),
    time: clockWords(at, now, timeZone),
  });
}

interface Props<T> {
  readonly answer: Answer<T>;
  /** Whom to blame for an error that does not say. */
  readonly source: Source;
  /** Height of the place that is kept before the first answer, pixels. */
  readonly height: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** One line about an error, where the page says the rest already. */
  readonly brief?: boolean;
  /** True where the value takes the height that is left over. */
  readonly fill?: boolean;
  readonly children: (value: T) => ReactNode;
}

/** A part of a page with what a source answered: the value greyed, with its age and the reason, when it is an old one. */
export function Known<T>({ answer, source, height, now, brief = false, fill = false, children }: Props<T>) {
  const { timeZone } = useApp();
  const { value, error, loadedAt } = answer[HELD];
  if (value === undefined && error === undefined) return <Skeleton height={height} />;
  const age = loadedAt === undefined ? undefined : ageWords(loadedAt, now, timeZone);
  const problem = error === undefined ? undefined : problemOf(error, source);
  return (
    <>
      {problem !== undefined && brief && (
        <p role="alert">
          <StatusSign status="error">
            {[problemWords(problem).title, age].filter(Boolean).join('. ')}
          </StatusSign>
        </p>
      )}
      {problem !== undefined && !brief && <ProblemNotice problem={problem} consequence={age} />}
      {value !== undefined && (
        <OldPicture old={error !== undefined} fill={fill}>
          {children(value)}
        </OldPicture>
      )}
    </>
  );
}
