import {
  MappingType,
  SpecialValueMatch,
  stringToJsRegex,
  type ValueMapping,
  type ValueMappingResult,
} from '@grafana/data';

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

function resultOf(mapping: ValueMapping, raw: unknown): ValueMappingResult | undefined {
  switch (mapping.type) {
    case MappingType.ValueToText:
      return isPlain(raw) && Object.hasOwn(mapping.options, String(raw))
        ? mapping.options[String(raw)]
        : undefined;
    case MappingType.RangeToText: {
      const value = typeof raw === 'string' ? Number.parseFloat(raw) : raw;
      if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
      const isIn = value >= (mapping.options.from ?? -Infinity) && value <= (mapping.options.to ?? Infinity);
      return isIn ? mapping.options.result : undefined;
    }
    case MappingType.RegexToText:
      return typeof raw === 'string' && stringToJsRegex(mapping.options.pattern).test(raw)
        ? mapping.options.result
        : undefined;
    case MappingType.SpecialValue:
      return matchesSpecial(mapping.options.match, raw) ? mapping.options.result : undefined;
  }
}

/** What the first of the field's value mappings that fits makes of the value; Grafana's own finding of it is not public. */
export function mappingOf(
  mappings: readonly ValueMapping[] | undefined,
  raw: unknown,
): ValueMappingResult | undefined {
  for (const mapping of mappings ?? []) {
    const result = resultOf(mapping, raw);
    if (result !== undefined) return result;
  }
  return undefined;
}
