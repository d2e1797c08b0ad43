/**
 * Ends of the names of values that are secrets, in lower case and without `_`, `-` and `.`: what a key, a header, a
 * parameter or a column of that name says is masked.
 */
export const SECRET_NAMES: readonly string[] = [
  ...['password', 'passwd', 'pwd', 'passphrase', 'secret', 'token', 'apikey', 'accesskey', 'secretkey'],
  ...['privatekey', 'signingkey', 'encryptionkey', 'authkey', 'accountkey', 'sharedkey', 'authorization'],
  ...['cookie', 'credential', 'credentials', 'sessionid'],
];

/**
 * Begins of tokens that are told by themselves, with the least length of such a token. JSON Web Tokens begin with the
 * base64 of `{"alg`, `{"typ`, `{"kid`, `{"enc`, `{"cty`, `{"zip`, `{"x5t` or `{"jku`.
 */
export const TOKEN_BEGINS: readonly (readonly [string, number])[] = [
  ...['AKIA', 'ASIA', 'ghp_', 'gho_', 'github_pat_', 'glsa_', 'glpat-', 'xoxb-', 'xoxp-', 'sk_live_'].map(
    (begin) => [begin, 20] as const,
  ),
  ...['eyJhb', 'eyJ0e', 'eyJra', 'eyJlb', 'eyJjd', 'eyJ6a', 'eyJ4N', 'eyJqa'].map(
    (begin) => [begin, 30] as const,
  ),
];

/** Schemes of `Authorization` in front of the secret, which is one word. */
export const SCHEMES: ReadonlySet<string> = new Set(['bearer', 'basic', 'token', 'apikey', 'negotiate']);

const LONGEST_NAME = 64;

function lower(text: string, index: number): number {
  return text.charCodeAt(index) | 0x20;
}

/** The last three characters as one number: most words are no name by these alone. */
function ending(text: string, end: number): number {
  return (lower(text, end - 3) << 16) | (lower(text, end - 2) << 8) | lower(text, end - 1);
}

const ENDINGS: ReadonlySet<number> = new Set(SECRET_NAMES.map((name) => ending(name, name.length)));

/** Whether the word between two indices names a secret, whatever its case and its separators. */
export function namesSecret(text: string, start: number, end: number): boolean {
  if (end - start < 3 || !ENDINGS.has(ending(text, end))) return false;
  const word = text.slice(Math.max(start, end - LONGEST_NAME), end).toLowerCase();
  const name = word.replaceAll('_', '').replaceAll('-', '').replaceAll('.', '');
  return SECRET_NAMES.some((known) => name.endsWith(known));
}

/** Whether the word between two indices is a token by itself. */
export function isToken(text: string, start: number, end: number): boolean {
  return TOKEN_BEGINS.some(([begin, least]) => end - start >= least && text.startsWith(begin, start));
}
