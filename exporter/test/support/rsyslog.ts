import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Requirement } from './require.ts';
import { findExecutable, type RunningServer, startServer } from './server.ts';

/** Optional everywhere: Debian's packages rsyslog and rsyslog-elasticsearch. */
export const RSYSLOG: Requirement = { names: ['rsyslogd'] };

interface RsyslogOptions {
  /** Where it keeps what it needs. */
  readonly folder: string;
  readonly log: string;
  readonly service: string;
  /** URL of the log store. */
  readonly store: string;
}

function configuration({ folder, log, service, store }: RsyslogOptions): string {
  const { hostname, port } = new URL(store);
  return `
global(workDirectory="${folder}")
module(load="imfile" mode="polling" pollingInterval="1")
module(load="omelasticsearch")
template(name="document" type="list") {
  constant(value="{\\"message\\":\\"")
  property(name="msg" format="json")
  constant(value="\\",\\"service\\":{\\"name\\":\\"${service}\\"},\\"@timestamp\\":\\"")
  property(name="timegenerated" dateFormat="rfc3339")
  constant(value="\\"}")
}
template(name="index" type="string" string="valtronics-logs-%$year%.%$month%.%$day%")
input(type="imfile" file="${log}" tag="${service}")
action(type="omelasticsearch" server="${hostname}" serverport="${port}" template="document" bulkmode="on"
       searchIndex="index" dynSearchIndex="on" searchType="" pipelineName="valtronics-logs")
`;
}

/** A foreign shipper: sends the lines of the file as they are, through the ingest pipeline. */
export function startRsyslog(options: RsyslogOptions): Promise<RunningServer> {
  const settings = join(options.folder, 'rsyslog.conf');
  const pid = join(options.folder, 'rsyslog.pid');
  writeFileSync(settings, configuration(options));
  return startServer({
    command: findExecutable(RSYSLOG.names) ?? 'rsyslogd',
    args: ['-n', '-f', settings, '-i', pid],
    port: 0,
    ready: () => Promise.resolve(existsSync(pid)),
  });
}
