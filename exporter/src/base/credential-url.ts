/** A URL that may hold user and password, taken apart. */
export interface CredentialUrl {
  /** Without colon, lower case. */
  readonly scheme: string;
  /** Decoded; undefined where there is none, or an empty one. */
  readonly user: string | undefined;
  /** Decoded; undefined where there is none, or an empty one. */
  readonly password: string | undefined;
  /** Decoded, without the brackets of IPv6; empty where the URL names none. */
  readonly host: string;
  readonly port: number | undefined;
  /** Host, and port if given, as they stand in a URL: for requests, logs and errors; holds no secret. */
  readonly place: string;
  /** As written, percent signs in order: empty, or from its slash. */
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface CredentialUrlRules {
  /** Schemes that are taken, e.g. `['mqtt', 'mqtts']`. */
  readonly schemes: readonly string[];
  /** The host may be missing, as in `postgresql://user@/db?host=/run/postgresql`. Default: it may not. */
  readonly hostOptional?: boolean;
  /** An `@` in the path is one, as in a webhook's. Default: a sign of a raw `/` in the password. */
  readonly atInPath?: boolean;
}

function bareCharacter(character: string, where: string): Error {
  const encoded = `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return new Error(`must have no bare ${character} ${where}: write ${encoded} in place of ${character}`);
}

function decode(text: string, part: string): string | undefined {
  if (/%(?![\da-f]{2})/i.test(text)) throw bareCharacter('%', `in the ${part}`);
  try {
    return decodeURIComponent(text) || undefined;
  } catch {
    throw new Error(`must have UTF-8 behind the percent signs of the ${part}`);
  }
}

/** Refuses what ended the host early although it was meant as a part of user or password. */
function refuseBareCharacters(authority: string, rest: string, { atInPath }: CredentialUrlRules): void {
  const [path = '', query = ''] = rest.split(/\?(.*)/s);
  if (rest.includes('#')) {
    const inside = rest.indexOf('@', rest.indexOf('#')) !== -1;
    throw bareCharacter('#', inside ? 'in user or password' : 'in it');
  }
  // Behind a name in the query an @ is a value's: ?user=me@server.
  if (path === '' && /^[^=]*@/.test(query)) throw bareCharacter('?', 'in user or password');
  const port = /:([^:\]]*)$/.exec(authority.slice(authority.lastIndexOf('@') + 1))?.[1];
  const isPlace = atInPath === true && (port === undefined || /^\d*$/.test(port));
  if (path.includes('@') && !isPlace) throw bareCharacter(path.charAt(0), 'in user or password');
}

function parsePlace(place: string, rules: CredentialUrlRules): Pick<CredentialUrl, 'host' | 'port'> {
  if (place.includes(',')) throw new Error('must name one host: several, with commas, are not supported');
  const [, bracketed, plain, given = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::([^:]*))?$/.exec(place) ?? [];
  if (bracketed === undefined && plain === undefined)
    throw new Error('must have an IPv6 address in square brackets, e.g. [::1]');
  if (plain === '' && (given !== '' || rules.hostOptional !== true)) throw new Error('must name a host');
  if (!/^\d*$/.test(given))
    throw new Error('must have a number as the port (user and password stand before an @ and the host)');
  if (given !== '' && (Number(given) < 1 || Number(given) > 65_535))
    throw new Error('must have a port from 1 to 65535');
  const host = bracketed ?? decode(plain ?? '', 'host') ?? '';
  const known = bracketed === undefined ? !/[\s<>^|\\[\]]/.test(host) : URL.canParse(`http://[${host}]`);
  if (!known) throw new Error('must have a host that is a name or an address');
  return { host, port: given === '' ? undefined : Number(given) };
}

/**
 * Takes a URL with credentials apart. Stricter and clearer than `URL`, which drops line breaks, takes what follows a
 * bare `#`, `/` or `?` of a password for something else, and leaves a wrong `%` for the decoder to stumble over.
 *
 * @throws Error whose message continues "the URL …" and says which character is wrong and how to write it; never the
 *   URL itself or a part of it, since that may be the password
 */
export function parseCredentialUrl(text: string, rules: CredentialUrlRules): CredentialUrl {
  const begins = rules.schemes.map((scheme) => `${scheme}://`).join(' or ');
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/is.exec(text.trim()) ?? [];
  if (!rules.schemes.includes(scheme.toLowerCase())) throw new Error(`must begin with ${begins}`);
  if (/[\r\n]/.test(rest)) throw new Error('must have no line break in it');
  if (/[\0-\x1f\x7f]/.test(rest)) throw new Error('must have no tab or other control character in it');
  // As in `URL`, a backslash is a slash where the web is meant.
  const end = rest.search(scheme.toLowerCase().startsWith('http') ? /[/?#\\]/ : /[/?#]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  const after = end === -1 ? '' : rest.slice(end);
  refuseBareCharacters(authority, after, rules);
  const at = authority.lastIndexOf('@');
  const [, user = '', password = ''] = /^([^:]*):?(.*)$/s.exec(authority.slice(0, Math.max(at, 0))) ?? [];
  const place = authority.slice(at + 1);
  const question = after.indexOf('?');
  const path = question === -1 ? after : after.slice(0, question);
  decode(path, 'path');
  return {
    scheme: scheme.toLowerCase(),
    user: decode(user, 'user'),
    password: decode(password, 'password'),
    ...parsePlace(place, rules),
    place,
    path,
    query: new URLSearchParams(question === -1 ? '' : after.slice(question)),
  };
}

/** `Authorization` of basic auth for the URL's user; undefined where it has none. */
export function basicAuthorization({ user, password }: CredentialUrl): string | undefined {
  if (user === undefined && password === undefined) return undefined;
  return `Basic ${Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64')}`;
}

/** The port of a URL of http(s), its scheme's own where it names none. */
export function httpPort({ scheme, port }: Pick<CredentialUrl, 'scheme' | 'port'>): number {
  return port ?? (scheme === 'https' ? 443 : 80);
}
