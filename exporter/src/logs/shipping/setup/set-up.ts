import { z } from 'zod';
import { excerptOf, readAnswer } from '../store-answer.ts';
import { type StoreAnswer, type StoreClient, StoreUnreachableError } from '../store-client.ts';
import { INGEST_PIPELINE } from './ingest-pipeline.ts';
import { indexTemplate, STORE_NAME } from './index-template.ts';
import { ilmPolicy, ismPolicy } from './retention-policies.ts';
import { type StoreKind, storeKind } from './store-kind.ts';

/** Who deletes old indices: the store by a policy, this program, or the store's own setting. */
export type Retention = 'ilm' | 'ism' | 'plain' | 'own';

/** What was put in place, and what could not be. */
export interface SetupReport extends StoreKind {
  readonly retention: Retention;
  /** For operators: one sentence a thing that the store refused. */
  readonly problems: readonly string[];
}

const ismAnswer = z.object({ _seq_no: z.number(), _primary_term: z.number() });

const isSuccess = ({ status }: StoreAnswer): boolean => status >= 200 && status < 300;

/** True when the store has no such part: an edition without it, or another program. */
const isMissing = ({ status, text }: StoreAnswer): boolean =>
  status === 405 || status === 410 || text.includes('no handler found');

/**
 * Puts index template, retention and ingest pipeline in place, again without harm. Rejects with StoreUnreachableError;
 * what the store refuses is a problem of the report.
 */
export async function setUpStore(
  client: StoreClient,
  retentionDays: number,
  signal: AbortSignal,
): Promise<SetupReport> {
  const problems: string[] = [];

  async function put(path: string, body: object): Promise<StoreAnswer> {
    const answer = await client.request({ method: 'PUT', path, body: JSON.stringify(body), signal });
    if (answer.status === 429 || answer.status >= 500)
      throw new StoreUnreachableError(
        `the log store at ${client.place} answers ${answer.status} to PUT ${path}`,
        'unreachable',
      );
    return answer;
  }

  function complain(what: string, answer: StoreAnswer): void {
    problems.push(`the log store refuses ${what} with ${answer.status}: ${excerptOf(answer)}`);
  }

  async function putLifecycle(): Promise<Retention> {
    const answer = await put(`/_ilm/policy/${STORE_NAME}`, ilmPolicy(retentionDays));
    if (isMissing(answer)) return 'plain';
    if (!isSuccess(answer)) complain('the ILM policy', answer);
    return 'ilm';
  }

  async function putStateManagement(): Promise<Retention> {
    const path = `/_plugins/_ism/policies/${STORE_NAME}`;
    const policy = ismPolicy(retentionDays);
    const first = await put(path, policy);
    if (isMissing(first)) return 'plain';
    if (first.status !== 409) {
      if (!isSuccess(first)) complain('the ISM policy', first);
      return 'ism';
    }
    // It is there: an update has to name the version that it replaces.
    const present = await client.request({ method: 'GET', path, signal });
    const { _seq_no, _primary_term } = readAnswer(
      client,
      present,
      ismAnswer,
      'a question for its ISM policy',
    );
    const again = await put(`${path}?if_seq_no=${_seq_no}&if_primary_term=${_primary_term}`, policy);
    if (!isSuccess(again)) complain('the ISM policy', again);
    return 'ism';
  }

  const kind = await storeKind(client, signal);
  if (kind.distribution === 'victorialogs') return { ...kind, retention: 'own', problems };
  const retention = kind.distribution === 'opensearch' ? await putStateManagement() : await putLifecycle();
  const template = await put(`/_index_template/${STORE_NAME}`, indexTemplate(retention === 'ilm'));
  if (!isSuccess(template)) complain('the index template', template);
  const pipeline = await put(`/_ingest/pipeline/${STORE_NAME}`, INGEST_PIPELINE);
  if (!isSuccess(pipeline)) complain('the ingest pipeline', pipeline);
  return { ...kind, retention, problems };
}
