/** The cursor that continues a list after the device: opaque, safe in a URL. */
export function encodeCursor(deviceId: string): string {
  // JSON keeps what UTF-8 alone would lose: lone surrogates, and the difference of '' to nothing.
  return Buffer.from(JSON.stringify(deviceId), 'utf8').toString('base64url');
}

/** The id that the cursor continues after; undefined when it is none of ours. */
export function decodeCursor(cursor: string): string | undefined {
  try {
    const id: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
