declare global {
  interface Window {
    /** Tasks over 50 ms since the page began; milliseconds. */
    longTasks: { start: number; duration: number }[];
  }
}

/** Runs in the page, before anything else of it: keeps a list of long tasks. */
export function watchLongTasks(): void {
  window.longTasks = [];
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      window.longTasks.push({ start: startTime, duration });
    }
  });
  observer.observe({ type: 'longtask', buffered: true });
}
