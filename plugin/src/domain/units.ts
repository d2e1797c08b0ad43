/** Units of the exporter (normalised, guide to `valtronics_device_telemetry`) as Grafana names them. */
const GRAFANA_UNITS: ReadonlyMap<string, string> = new Map([
  ['', 'none'],
  ['°C', 'celsius'],
  ['°F', 'fahrenheit'],
  ['K', 'kelvin'],
  ['%', 'percent'],
  ['W', 'watt'],
  ['kW', 'kwatt'],
  ['V', 'volt'],
  ['A', 'amp'],
  ['Hz', 'hertz'],
  ['hPa', 'pressurehpa'],
  ['lx', 'lux'],
  ['s', 's'],
  ['ms', 'ms'],
  ['B', 'bytes'],
  ['dBm', 'dBm'],
  ['ppm', 'ppm'],
  ['μg/m³', 'conμgm3'],
  ['L/min', 'flowlpm'],
  ['count', 'none'],
]);

/** Grafana's id of a unit; one that Grafana does not know is written behind the number as it is. */
export function grafanaUnit(unit: string): string {
  return GRAFANA_UNITS.get(unit) ?? `suffix:${unit}`;
}
