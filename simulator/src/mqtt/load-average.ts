const MINUTE = 60;

/** mosquitto's `$SYS/broker/load/…`: a rate per minute, smoothed over 1, 5 and 15 minutes. */
export interface LoadAverage {
  /** @param total the counter's value @param seconds time since the last call */
  update(total: number, seconds: number): void;
  /** Per minute, over so many minutes. */
  value(minutes: 1 | 5 | 15): number;
}

export function createLoadAverage(): LoadAverage {
  const averages = { 1: 0, 5: 0, 15: 0 };
  let previous = 0;
  return {
    update(total, seconds) {
      const perMinute = ((total - previous) * MINUTE) / seconds;
      previous = total;
      for (const minutes of [1, 5, 15] as const) {
        const weight = 1 - Math.exp(-seconds / (MINUTE * minutes));
        averages[minutes] += weight * (perMinute - averages[minutes]);
      }
    },
    value: (minutes) => averages[minutes],
  };
}
