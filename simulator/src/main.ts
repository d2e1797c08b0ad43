import { readSettings, SettingsError } from './config/settings.ts';
import { outcomeWords, parseControl, sendControl, USAGE, UsageError } from './control/control-command.ts';
import { startSimulator } from './simulator.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

function say(line: string): void {
  process.stderr.write(`simulator: ${line}\n`);
}

/** Resolves with the first signal that asks to stop. */
async function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, resolve);
  });
}

async function run(): Promise<void> {
  const asked = stopSignal();
  const settings = readSettings(process.env);
  const simulator = await startSimulator(settings, say);
  const { ready } = simulator;
  process.stdout.write(`${JSON.stringify({ ready })}\n`);
  say(`${ready.devices} devices (seed ${ready.seed}); REST ${ready.apiUrl}, MQTT ${ready.mqttUrl}`);
  say(
    ready.databaseUrl === null
      ? `no database: ${ready.databaseReason ?? ''}`
      : `database ${ready.databaseUrl}`,
  );
  say(`access log ${ready.accessLog}`);
  const signal = await asked;
  say(`stopping (${signal})`);
  await simulator.stop();
}

async function main(args: readonly string[]): Promise<number> {
  try {
    if (args.includes('--help')) {
      process.stdout.write(`${USAGE}\n`);
    } else if (args.length > 0) {
      const call = parseControl(args);
      const answer = await sendControl(call, readSettings(process.env).apiPort);
      process.stdout.write(`${answer}\n`);
      const words = outcomeWords(call, answer);
      if (words !== undefined) say(words);
    } else {
      await run();
    }
    return 0;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError) process.stderr.write(`${USAGE}\n`);
    return error instanceof UsageError || error instanceof SettingsError ? EXIT_USAGE : EXIT_FAILED;
  }
}

process.exit(await main(process.argv.slice(2)));
