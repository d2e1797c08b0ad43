const STRING_OR_NON_FINITE = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/**
 * Parses JSON as Python may write it: bare `NaN` and `Infinity`, which JSON does not know, become null.
 *
 * @throws SyntaxError
 */
export function parsePythonJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    const value: unknown = JSON.parse(
      text.replace(STRING_OR_NON_FINITE, (token) => (token.startsWith('"') ? token : 'null')),
    );
    return value;
  }
}
