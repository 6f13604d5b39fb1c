type TypeName = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

/** The part of JSON Schema that package.json uses. */
export interface JsonSchema {
  readonly type?: TypeName | readonly TypeName[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const assertions =
  'type enum anyOf properties additionalProperties propertyNames required items minItems pattern minLength maxLength minimum maximum';
/** What says nothing about validity; a `format` is no assertion in VS Code either. */
const annotations =
  'description markdownDescription enumDescriptions default scope order tags defaultSnippets errorMessage format editPresentation';
const keywords = new Set(`${assertions} ${annotations}`.split(' '));

/** Whether the schema takes the value. Throws for a keyword that is not known here. */
export function accepts(schema: JsonSchema, value: unknown): boolean {
  const unknown = Object.keys(schema).find((key) => !keywords.has(key));
  if (unknown !== undefined) throw new Error(`Unknown keyword of JSON Schema: ${unknown}`);
  return (
    (schema.type === undefined || [schema.type].flat().some((type) => hasType(type, value))) &&
    (schema.enum?.includes(value) ?? true) &&
    (schema.anyOf?.some((option) => accepts(option, value)) ?? true) &&
    (typeof value !== 'string' || takesText(schema, value)) &&
    (typeof value !== 'number' || takesNumber(schema, value)) &&
    (!Array.isArray(value) || takesArray(schema, value)) &&
    (!isObject(value) || takesObject(schema, value))
  );
}

function hasType(type: TypeName, value: unknown): boolean {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function takesText({ pattern, minLength = 0, maxLength = Infinity }: JsonSchema, text: string): boolean {
  const isMatch = pattern === undefined || new RegExp(pattern, 'u').test(text);
  return isMatch && text.length >= minLength && text.length <= maxLength;
}

function takesNumber({ minimum = -Infinity, maximum = Infinity }: JsonSchema, value: number): boolean {
  return value >= minimum && value <= maximum;
}

function takesArray({ items = {}, minItems = 0 }: JsonSchema, values: readonly unknown[]): boolean {
  return values.length >= minItems && values.every((value) => accepts(items, value));
}

function takesObject(schema: JsonSchema, value: Record<string, unknown>): boolean {
  const { properties = {}, additionalProperties = true, propertyNames, required = [] } = schema;
  const takesEntry = ([name, entry]: [string, unknown]): boolean => {
    if (propertyNames && !accepts(propertyNames, name)) return false;
    const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    return typeof own === 'object' ? accepts(own, entry) : own === true;
  };
  return required.every((name) => Object.hasOwn(value, name)) && Object.entries(value).every(takesEntry);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
