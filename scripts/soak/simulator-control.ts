/** The simulator's own commands. */
export interface SimulatorControl {
  breakPart(what: string): Promise<void>;
  mendPart(what: string): Promise<void>;
}

export function openSimulatorControl(apiUrl: string): SimulatorControl {
  async function order(path: 'break' | 'mend', what: string): Promise<void> {
    const answer = await fetch(`${apiUrl}/simulator/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ what }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the simulator refuses to ${path} ${what}: ${text}`);
  }
  return { breakPart: (what) => order('break', what), mendPart: (what) => order('mend', what) };
}
