import { ACCESS } from './access.ts';
import { ECS } from './ecs.ts';
import { FLEET } from './fleet.ts';
import type { LogFormat } from './format.ts';
import { GUIDE_API } from './guide-api.ts';
import { GUIDE_DEVICE } from './guide-device.ts';
import { JSON_LINES } from './json.ts';
import { LOGFMT } from './logfmt.ts';
import { MOSQUITTO } from './mosquitto.ts';
import { NGINX_ERROR } from './nginx-error.ts';
import { PINO } from './pino.ts';
import { POSTGRESQL } from './postgresql.ts';
import { PYTHON } from './python.ts';
import { PYTHON_TRACED } from './python-traced.ts';
import { REDIS } from './redis.ts';
import { SIMULATOR } from './simulator.ts';
import { SQLALCHEMY } from './sqlalchemy.ts';
import { SYSLOG } from './syslog.ts';
import { TIME } from './time.ts';
import { TRACEBACK } from './traceback.ts';
import { UVICORN } from './uvicorn.ts';
import { VALTRONICS_JSON } from './valtronics-json.ts';
import { VALTRONICS } from './valtronics.ts';

/** Every format, in the order in which a line is tried: what is told by more of its form comes first. */
export const FORMATS: readonly LogFormat[] = [
  UVICORN,
  PYTHON,
  TRACEBACK,
  VALTRONICS,
  GUIDE_DEVICE,
  SIMULATOR,
  FLEET,
  PYTHON_TRACED,
  SQLALCHEMY,
  GUIDE_API,
  POSTGRESQL,
  MOSQUITTO,
  REDIS,
  NGINX_ERROR,
  VALTRONICS_JSON,
  ECS,
  PINO,
  JSON_LINES,
  LOGFMT,
  ACCESS,
  SYSLOG,
  TIME,
];
