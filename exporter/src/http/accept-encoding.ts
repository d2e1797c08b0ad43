/** How a body travels; undefined when the client accepts neither. */
export type Coding = 'gzip' | 'identity' | undefined;

/** The weight of one element of the header, 0 to 1; what is malformed counts as not given. */
function weight(parameters: readonly string[]): number | undefined {
  const q = parameters.map((p) => /^q=(.*)$/i.exec(p.trim())?.[1]).find((value) => value !== undefined);
  if (q === undefined) return 1;
  return /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(q) ? Number(q) : undefined;
}

function weights(header: string): ReadonlyMap<string, number> {
  const result = new Map<string, number>();
  for (const element of header.split(',')) {
    const [name, ...parameters] = element.split(';');
    const coding = name?.trim().toLowerCase() ?? '';
    const q = weight(parameters);
    if (coding !== '' && q !== undefined) result.set(coding === 'x-gzip' ? 'gzip' : coding, q);
  }
  return result;
}

/**
 * Chooses gzip or identity by `Accept-Encoding` (RFC 9110 §12.5.3): `q=0` forbids, `*` stands for what is not
 * named, identity is always possible unless forbidden, and gzip wins a draw.
 */
export function chooseCoding(header: string | undefined): Coding {
  if (header === undefined) return 'identity';
  const given = weights(header);
  const any = given.get('*');
  const gzip = given.get('gzip') ?? any ?? 0;
  const identity = given.get('identity') ?? (any === 0 ? 0 : undefined);
  if (gzip > 0 && gzip >= (identity ?? 0)) return 'gzip';
  return identity === 0 ? undefined : 'identity';
}
