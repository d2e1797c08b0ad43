import CopyWebpackPlugin from 'copy-webpack-plugin';
import { readFileSync } from 'node:fs';
import type { Configuration, RuleSetRule } from 'webpack';
import grafanaConfig, { type Env } from './.config/webpack/webpack.config.ts';

/** The JSX of React 17 and later (Grafana shares `react/jsx-runtime`), for browsers that Grafana 12.3 supports. */
function modernJsx(rule: RuleSetRule): RuleSetRule {
  if (typeof rule.use !== 'object' || Array.isArray(rule.use) || rule.use.loader !== 'swc-loader')
    return rule;
  const options = {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' } },
    },
  };
  return { ...rule, use: { loader: 'swc-loader', options } };
}

/**
 * A nested plugin's texts with those of the app's parts that it draws: Grafana hands a panel its own texts only. The
 * panel's own words win.
 */
function withSharedTexts(texts: Buffer, path: string): string {
  const [, language = ''] = /locales[\\/]([^\\/]+)[\\/]/.exec(path) ?? [];
  const app = JSON.parse(readFileSync(`src/locales/${language}/valtronics-monitoring-app.json`, 'utf8'));
  const own = JSON.parse(texts.toString());
  const { alerts, problem, panels } = app;
  if (!path.includes('alerts-panel')) return JSON.stringify({ ...own, panels });
  const shared = { active: alerts?.active, actions: alerts?.actions };
  return JSON.stringify({ ...own, alerts: { ...shared, ...own.alerts }, problem, panels });
}

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const PICTURES = `https://raw.githubusercontent.com/AutoBotSolutions/Valtronics/v${version}/plugin/src/img/`;

/** Pictures of the README where the catalogue finds them, too, and a Grafana below a path: relative addresses it resolves none. */
function servedPictures(readme: Buffer): string {
  return readme.toString().replaceAll('(src/img/', `(${PICTURES}`);
}

/** Set where Grafana loads the dashboards from files, too. */
const LOADED_FROM_FILES = process.env['VALTRONICS_DASHBOARDS'] === 'files';

/**
 * A dashboard with the revision by which Grafana knows what it has imported: when the app is enabled, and with each new
 * version, it imports those whose revision it has not. Revision 0 is that of a dashboard that it has not imported, so it
 * leaves those alone: where it loads the same dashboards from files, it could not replace them and would complain.
 */
function withRevision(dashboard: Buffer): string {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [major = 0, minor = 0, patch = 0] = String(version)
    .split('.')
    .map((part) => parseInt(part, 10));
  const revision = LOADED_FROM_FILES ? 0 : (major * 1000 + minor) * 1000 + patch;
  return JSON.stringify({ ...JSON.parse(dashboard.toString()), revision });
}

/** create-plugin's configuration with what it leaves out: the pictures of nested plugins and modern JSX. */
const config = async (env: Env): Promise<Configuration> => {
  const base = await grafanaConfig(env);
  const rules = base.module?.rules ?? [];
  return {
    ...base,
    module: {
      ...base.module,
      rules: rules.map((rule) => (typeof rule === 'object' && rule !== null ? modernJsx(rule) : rule)),
    },
    plugins: [
      ...(base.plugins ?? []),
      new CopyWebpackPlugin({
        patterns: [
          { from: 'panels/**/img/*', to: '.' },
          { from: 'img/*', to: '.' },
          { from: 'panels/*/locales/*/*.json', to: '.', force: true, transform: withSharedTexts },
          // Runbooks are shown in place: they are fetched when somebody opens one.
          { from: '../../docs/runbooks/*.md', to: 'runbooks/[name][ext]' },
          {
            from: '../../dashboards/generated/*.json',
            to: 'dashboards/[name][ext]',
            transform: withRevision,
          },
          { from: '../README.md', to: '.', force: true, transform: servedPictures },
        ],
      }),
    ],
    performance: { hints: false },
    stats: env.production ? 'errors-warnings' : 'normal',
  };
};

export default config;
