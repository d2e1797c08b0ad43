import { askGrafana } from './request';

/** The tags of the annotations that acknowledgements become; the dashboards ask for them. */
export const ACKNOWLEDGED_TAGS = ['valtronics', 'acknowledged'] as const;

/** Something that happened, to be seen on charts. */
export interface NewAnnotation {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly text: string;
  readonly tags: readonly string[];
}

/** Grafana's annotations. Errors are those of `askGrafana`. */
export interface AnnotationsClient {
  /** Writes one that belongs to no dashboard; Grafana notes whose it is. */
  create(annotation: NewAnnotation): Promise<void>;
}

export function createAnnotationsClient(): AnnotationsClient {
  return {
    create: async (annotation) => {
      await askGrafana({ url: '/api/annotations', method: 'POST', json: annotation });
    },
  };
}
