import { MappingType, SpecialValueMatch, stringToJsRegex, type ValueMapping } from '@grafana/data';

function matchesSpecial(match: SpecialValueMatch, raw: unknown): boolean {
  const isNull = raw === null || raw === undefined;
  const isNaN = typeof raw === 'number' && Number.isNaN(raw);
  switch (match) {
    case SpecialValueMatch.Null:
      return isNull;
    case SpecialValueMatch.NaN:
      return isNaN;
    case SpecialValueMatch.NullAndNaN:
      return isNull || isNaN;
    case SpecialValueMatch.True:
      return raw === true || raw === 'true';
    case SpecialValueMatch.False:
      return raw === false || raw === 'false';
    case SpecialValueMatch.Empty:
      return raw === '';
  }
}

function isPlain(raw: unknown): raw is string | number | boolean {
  return typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean';
}

function matches(mapping: ValueMapping, raw: unknown): boolean {
  switch (mapping.type) {
    case MappingType.ValueToText:
      return isPlain(raw) && mapping.options[String(raw)] !== undefined;
    case MappingType.RangeToText: {
      const value = typeof raw === 'string' ? Number.parseFloat(raw) : raw;
      if (typeof value !== 'number' || Number.isNaN(value)) return false;
      return value >= (mapping.options.from ?? -Infinity) && value <= (mapping.options.to ?? Infinity);
    }
    case MappingType.RegexToText:
      return typeof raw === 'string' && stringToJsRegex(mapping.options.pattern).test(raw);
    case MappingType.SpecialValue:
      return matchesSpecial(mapping.options.match, raw);
  }
}

/** Whether one of the field's value mappings says how the value is shown; Grafana's own test for it is not public. */
export function isMapped(mappings: readonly ValueMapping[] | undefined, raw: unknown): boolean {
  return mappings?.some((mapping) => matches(mapping, raw)) ?? false;
}
