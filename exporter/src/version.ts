import packageJson from '../package.json' with { type: 'json' };

/** Version of the exporter, from its package. */
export const VERSION: string = packageJson.version;

/** Commit that an image was built from; a checkout says `unknown`. */
export const REVISION: string = process.env['SOURCE_REVISION'] || 'unknown';
