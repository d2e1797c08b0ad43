import { z } from 'zod';
import { messageOf } from '../base/errors.ts';
import {
  filePath,
  fixedOption,
  flag,
  list,
  listenAddress,
  option,
  sourceUrl,
  wholeNumber,
} from './option-types.ts';

/** Samplers of the OpenTelemetry specification that need no service to ask. */
export const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
export type SamplerName = (typeof SAMPLERS)[number];

const PAIRS = 'name=value pairs separated by commas, values percent-encoded';

/** The pairs of such a text. Throws Error that names no value: it may be a secret. */
function parsePairs(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  const entries = pairs.map((pair, index) => {
    const [, name, encoded = ''] = /^\s*([!#$%&'*+.^_`|~\dA-Za-z-]+)\s*=([^]*)$/.exec(pair) ?? [];
    if (name === undefined) throw new Error(`pair ${index + 1} is not of the form name=value`);
    try {
      const value = decodeURIComponent(encoded.trim());
      // A line break would begin a header of its own.
      if (!/[\0-\x1f\x7f]/.test(value)) return [name, value] as const;
    } catch {
      throw new Error(`the value of ${name} is not percent-encoded: write %25 for a percent sign`);
    }
    throw new Error(`the value of ${name} has a control character in it`);
  });
  return Object.fromEntries(entries);
}

/** Such pairs, as OpenTelemetry's variables have them. */
function pairs() {
  return z
    .string()
    .transform((text, context) => {
      try {
        return parsePairs(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: messageOf(error) });
        return z.NEVER;
      }
    })
    .prefault('')
    .meta({ allowed: PAIRS });
}

const HTTP = { schemes: ['http', 'https'] } as const;

/** The sections of tracing and of the gateway. Names that OpenTelemetry defines are read as they are. */
export const traceSections = {
  otel: z
    .strictObject({
      endpoint: option(
        'Where spans are sent by OTLP over HTTP; `/v1/traces` is added. Switches tracing on.',
        sourceUrl(HTTP, 'http://127.0.0.1:4318').meta({ env: 'OTEL_EXPORTER_OTLP_ENDPOINT' }),
      ),
      traces_endpoint: option(
        'The same as a whole address, for traces alone; wins over it.',
        sourceUrl(HTTP, 'http://127.0.0.1:4318/v1/traces').meta({
          env: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
        }),
      ),
      headers: option(
        'Headers of these requests, e.g. an authorization.',
        pairs().meta({ env: 'OTEL_EXPORTER_OTLP_HEADERS', secret: true }),
      ),
      ca_file: option(
        'PEM file of the authority that signed the collector’s certificate, where the system does not know it.',
        filePath().meta({ env: 'OTEL_EXPORTER_OTLP_CERTIFICATE' }),
      ),
      sdk_disabled: option(
        'Switches tracing off, whatever else is set.',
        flag(false).meta({ env: 'OTEL_SDK_DISABLED' }),
      ),
      service_name: option(
        'Name of this service in traces. Default: valtronics-exporter, or valtronics-gateway where that runs alone.',
        z
          .string()
          .min(1)
          .max(255)
          .optional()
          .meta({ env: 'OTEL_SERVICE_NAME', allowed: '1 to 255 characters' }),
      ),
      resource_attributes: option(
        'What else is said of this service in each trace.',
        pairs().meta({ env: 'OTEL_RESOURCE_ATTRIBUTES' }),
      ),
      sampler: option(
        'Which traces are kept. Those with an error and the slowest of each operation are kept besides.',
        z
          .enum(SAMPLERS)
          .default('parentbased_always_on')
          .meta({ env: 'OTEL_TRACES_SAMPLER', allowed: SAMPLERS.join(', ') }),
      ),
      sampler_arg: option(
        'Share of traces for the samplers with a ratio.',
        z
          .union([
            z.number(),
            z
              .string()
              .regex(/^\s*\d*\.?\d+\s*$/)
              .transform(Number),
          ])
          .pipe(z.number().min(0).max(1))
          .default(1)
          .meta({ env: 'OTEL_TRACES_SAMPLER_ARG', allowed: 'a number from 0 to 1' }),
      ),
    })
    .prefault({}),
  traces: z
    .strictObject({
      buffer: option(
        'Kept traces in memory, for `/api/v1/traces` without a Jaeger. More than 0 switches tracing on.',
        wholeNumber(0, 0, 100_000),
      ),
    })
    .prefault({}),
  jaeger: z
    .strictObject({
      url: option(
        'Jaeger’s query address with its base path: traces are asked there instead of the buffer.',
        sourceUrl(HTTP, 'http://127.0.0.1:16686/jaeger'),
      ),
      ca_file: option(
        'PEM file of the authority that signed its certificate, where the system does not know it.',
        filePath(),
      ),
    })
    .prefault({}),
  gateway: z
    .strictObject({
      listen: option(
        'Runs the gateway in the exporter’s process, on this address. `npm run gateway` runs it alone, on 0.0.0.0:8002.',
        listenAddress().optional().meta({ allowed: 'host:port, e.g. 127.0.0.1:8002' }),
      ),
      upstream: option(
        'The API that it stands in front of. Default: `api.url`.',
        sourceUrl(HTTP, 'http://127.0.0.1:8000'),
      ),
      upstream_ca_file: option(
        'PEM file of the authority that signed the upstream’s certificate, where the system does not know it.',
        filePath(),
      ),
      admin_listen: fixedOption(
        'Where the gateway serves `/metrics`, `/-/healthy` and `/-/ready`: nothing of them shadows a path of the API. Default: 0.0.0.0:8003 where it runs alone, else the exporter’s own address has them.',
        listenAddress().optional().meta({ allowed: 'host:port, e.g. 127.0.0.1:8003' }),
      ),
      trusted_proxies: option(
        'Proxies in front whose `X-Forwarded-*` and `Forwarded` are believed; those of others are replaced.',
        list([], 'addresses and networks separated by commas, e.g. 127.0.0.1,10.0.0.0/8'),
      ),
      web_config_file: option(
        'TLS of the gateway’s own address, in the format of web-config.yml.',
        filePath(),
      ),
      access_log: option(
        'File of its access log, JSON lines; standard output when it is not set.',
        filePath(),
      ),
      max_connections: option('More are refused at once.', wholeNumber(10_000, 1, 1_000_000)),
      max_in_flight: option(
        'More requests at a time are answered with 503 and `Retry-After`.',
        wholeNumber(1000, 1, 100_000),
      ),
    })
    .prefault({}),
};
