/**
 * The versions of other people's images: the one place. `docker-compose.yml` and the Dockerfiles repeat them, and a test
 * compares. `program` is what the tests run in the image's place, with what it says about itself.
 */
export interface PinnedImage {
  readonly image: string;
  readonly version: string;
  readonly program?: { readonly names: readonly string[]; readonly args?: readonly string[] };
}

export const PINNED: readonly PinnedImage[] = [
  { image: 'node', version: '24-slim' },
  { image: 'grafana/grafana', version: '12.3.0', program: { names: ['grafana'] } },
  { image: 'prom/prometheus', version: 'v3.5.0', program: { names: ['prometheus'] } },
  {
    image: 'prom/alertmanager',
    version: 'v0.28.1',
    program: { names: ['alertmanager', 'prometheus-alertmanager'] },
  },
  {
    image: 'prom/node-exporter',
    version: 'v1.9.1',
    program: { names: ['node_exporter', 'prometheus-node-exporter'] },
  },
  {
    image: 'quay.io/prometheuscommunity/postgres-exporter',
    version: 'v0.17.1',
    program: { names: ['postgres_exporter', 'prometheus-postgres-exporter'] },
  },
  {
    image: 'oliver006/redis_exporter',
    version: 'v1.74.0-alpine',
    program: { names: ['redis_exporter', 'prometheus-redis-exporter'] },
  },
  { image: 'postgres', version: '17.6-alpine', program: { names: ['psql'] } },
  { image: 'redis', version: '7.4.5-alpine', program: { names: ['redis-server'] } },
  { image: 'eclipse-mosquitto', version: '2.0.22', program: { names: ['mosquitto'], args: ['-h'] } },
  { image: 'ghcr.io/google/cadvisor', version: 'v0.60.5' },
  { image: 'docker.elastic.co/elasticsearch/elasticsearch', version: '9.1.4' },
  { image: 'docker.elastic.co/logstash/logstash', version: '9.1.4' },
  { image: 'docker.elastic.co/beats/filebeat', version: '9.1.4' },
  { image: 'jaegertracing/jaeger', version: '2.20.0', program: { names: ['jaeger'], args: ['version'] } },
  { image: 'jaegertracing/jaeger-es-index-cleaner', version: '2.20.0' },
];
