import { useCallback, useEffect, useRef } from 'react';

interface Opener {
  readonly element: HTMLElement | null;
  /** Fingerprint of the alert that the dialog is about, the first of several. */
  readonly alert: string | undefined;
}

/** The row of the alert, else the list that it was in, else where both were. */
function nextPlace(box: HTMLElement | null, alert: string | undefined): HTMLElement | null {
  const row = alert === undefined ? null : box?.querySelector<HTMLElement>(`[data-alert="${alert}"]`);
  return row ?? box?.querySelector<HTMLElement>('[role="region"]') ?? box;
}

/**
 * Gives the keyboard a place when a dialog is closed: the button that opened it, or what is beside that when it is
 * gone, at once or when the answer comes. Call `remember` before the dialog opens and put `box` around the list,
 * with `tabIndex={-1}`.
 */
export function useFocusBack(isOpen: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<Opener>(undefined);
  /** True once the button has got the keyboard back. */
  const isBack = useRef(false);
  const remember = useCallback((alert: string | undefined): void => {
    const { activeElement } = document;
    isBack.current = false;
    opener.current = { element: activeElement instanceof HTMLElement ? activeElement : null, alert };
  }, []);
  useEffect(() => {
    if (isOpen || opener.current === undefined) return;
    // Dialogs try to give the keyboard back by themselves in the frame after they are gone.
    const frame = requestAnimationFrame(() => {
      const { element, alert } = opener.current ?? {};
      const isLost = document.activeElement === document.body;
      if (element?.isConnected === true) {
        if (isLost && !isBack.current) element.focus();
        isBack.current = true;
        // Whoever has gone on from there is not brought back; the button may still go when the answer comes.
        if (document.activeElement !== element) opener.current = undefined;
        return;
      }
      opener.current = undefined;
      if (isLost) nextPlace(box.current, alert)?.focus();
    });
    return () => cancelAnimationFrame(frame);
  });
  return { box, remember };
}
