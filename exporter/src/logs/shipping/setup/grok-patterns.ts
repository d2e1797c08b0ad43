/** Words that the patterns of lines are made of, in grok's own language. */
export const GROK_WORDS: Readonly<Record<string, string>> = {
  VALTRONICS_LEVEL: 'DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL|FATAL',
  VALTRONICS_NAME: '[A-Za-z0-9_.$-]+',
  VALTRONICS_TIME: '\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?',
  VALTRONICS_ZONED_TIME: '\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{3} [A-Z]{3,5}',
  VALTRONICS_REDIS_LEVEL: '[.*#-]',
  VALTRONICS_REDIS_TIME: '\\d{1,2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2}\\.\\d{3}',
  VALTRONICS_UNIX_TIME: '\\d{10}',
  VALTRONICS_POSTGRESQL_LEVEL:
    'DEBUG[1-5]|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC|DETAIL|HINT|QUERY|CONTEXT|LOCATION|STATEMENT',
  VALTRONICS_REST: '[\\s\\S]*',
};

const [TIME, LEVEL, REST] = [
  '%{VALTRONICS_TIME:parsed.time}',
  '%{VALTRONICS_LEVEL:log.level}',
  '%{VALTRONICS_REST:message}',
];
const LOGGER = '%{VALTRONICS_NAME:log.logger}';
const PROCESS = '%{INT:process.pid:int}';

/**
 * How the platform's programs write a line, by who does; the first that matches counts. Times go to `parsed` until they
 * are read.
 */
export const GROK_LINES: Readonly<Record<string, string>> = {
  VALTRONICS_ROOT_LOGGER: `^${LEVEL}:${LOGGER}:${REST}`,
  VALTRONICS_UVICORN: `^${LEVEL}: +${REST}`,
  VALTRONICS_SERVICE: `^${TIME} \\[${LEVEL}\\] ${LOGGER}(?: \\[%{VALTRONICS_NAME:log.origin.file.name}:%{INT:log.origin.file.line:int}\\])?: ${REST}`,
  VALTRONICS_DEVICE: `^${TIME} \\[${LEVEL}\\] %{VALTRONICS_NAME:labels.device_id} - ${REST}`,
  VALTRONICS_SIMULATOR: `^${TIME} - ${LEVEL} - ${REST}`,
  VALTRONICS_FLEET: `^${TIME} - ${LOGGER} - ${LEVEL} - ${REST}`,
  VALTRONICS_API: `^${TIME} ${LEVEL} ${LOGGER} - ${REST}`,
  VALTRONICS_SQLALCHEMY: `^${TIME} ${LEVEL} ${LOGGER} ${REST}`,
  VALTRONICS_POSTGRESQL: `^%{VALTRONICS_ZONED_TIME:parsed.zoned_time} \\[${PROCESS}\\] (?:[^ @]+@[^ ]+ )?%{VALTRONICS_POSTGRESQL_LEVEL:log.level}: +${REST}`,
  VALTRONICS_MOSQUITTO: `^${TIME}: ${REST}`,
  VALTRONICS_MOSQUITTO_UNIX: `^%{VALTRONICS_UNIX_TIME:parsed.unix_time}: ${REST}`,
  VALTRONICS_REDIS: `^${PROCESS}:[MSCX] %{VALTRONICS_REDIS_TIME:parsed.redis_time} %{VALTRONICS_REDIS_LEVEL:log.level} ${REST}`,
};

/** What a line of requests says besides, in its message or in the whole line. */
export const GROK_REQUESTS: Readonly<Record<string, string>> = {
  VALTRONICS_UVICORN_REQUEST:
    '^%{IP:client.ip}:%{INT:client.port:int} - "%{WORD:http.request.method} %{NOTSPACE:url.original} HTTP/%{NUMBER:http.version}" %{INT:http.response.status_code:int}',
  VALTRONICS_NGINX_REQUEST:
    '^%{IP:client.ip} - %{NOTSPACE} \\[%{HTTPDATE:parsed.request_time}\\] "%{WORD:http.request.method} %{NOTSPACE:url.original} HTTP/%{NUMBER:http.version}" %{INT:http.response.status_code:int} (?:%{INT:http.response.body.bytes:int}|-) "[^"]*" "%{DATA:user_agent.original}"',
};
