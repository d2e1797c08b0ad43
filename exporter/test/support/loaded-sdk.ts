import { registerHooks } from 'node:module';
import { silentLogger } from '../../src/log/logger.ts';

// A process of its own: starts the exporter of the settings in its environment, is scraped once, stops, and prints as
// JSON who loaded which package of OpenTelemetry.

const loaded: { readonly name: string; readonly by: string }[] = [];
registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    const { parentURL = '' } = context;
    if (specifier.startsWith('@opentelemetry/') && !parentURL.includes('/node_modules/'))
      loaded.push({ name: specifier, by: parentURL.replace(/^.*\/src\//, '') });
    return resolved;
  },
});

const { startApplication } = await import('../../src/application.ts');
const { loadSettings } = await import('../../src/config/load.ts');
const application = await startApplication({
  load: () => loadSettings(process.env),
  logger: { ...silentLogger(), setLevel: () => undefined, level: () => 'info' },
});
const response = await fetch(`http://127.0.0.1:${application.server.port}/metrics`);
await response.text();
await application.stop();
process.stdout.write(JSON.stringify(loaded));
