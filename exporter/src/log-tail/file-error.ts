import { errorCode } from '../base/errors.ts';

/** What is wrong with a path, for operators, with the next step where there is one. */
export function describeFileError(path: string, error: unknown): string {
  const code = errorCode(error);
  switch (code) {
    case 'ENOENT':
      return `${path} does not exist`;
    case 'EACCES':
    case 'EPERM':
      return `${path} may not be read: permission denied (give the exporter's user read access to it and to its folders)`;
    case 'EMFILE':
    case 'ENFILE':
      return `${path} cannot be opened: too many open files (narrow the globs or raise the limit of open files)`;
    case 'ELOOP':
      return `${path} cannot be followed: its symbolic links form a loop`;
    default: {
      const text = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
      return `${path} cannot be read: ${code ?? String(text)}`;
    }
  }
}
