/** Where the backend's root logger writes; the lines have no time, as the platform's have none. */
export interface BackendLog {
  info(logger: string, message: string): void;
  warning(logger: string, message: string): void;
  error(logger: string, message: string): void;
}
