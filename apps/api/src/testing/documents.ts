import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

/** Numbers from 0 to below 1 that a seed decides (mulberry32). */
export function numbersOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface GeneratorOptions {
  readonly schema: GraphQLSchema;
  readonly seed: number;
  /** Real ids, among which made up ones are mixed. */
  readonly ids: readonly string[];
  /** Fields of Mutation that would take away what the others need. */
  readonly without: ReadonlySet<string>;
}

const texts = [
  '',
  'a',
  'Name',
  'ae',
  'model.latent=8',
  '0',
  '{source}_*',
  '../../etc/passwd',
  '\'; drop table "User"; --',
  'ü😀\\u0000',
  'x'.repeat(2000),
  '2026-01-01T00:00:00Z',
  '%',
  '\\\\',
  'plb_1',
];
const numbers = ['0', '1', '-1', '2', '50', '500', '501', '2147483647', '-2147483648', '2147483648', '1e10', '0.5', '-0.0', '1e308'];
const madeUpIds = [
  '',
  'run_',
  'run_1',
  '_',
  'img_00000000-0000-7000-8000-000000000000',
  'nothing',
  'dst_00000000-0000-7000-8000-00000000000G',
  '{}',
];

/** Writes GraphQL documents: operations that the schema allows with arguments of every kind, and the same texts damaged. */
export class DocumentGenerator {
  readonly #options: GeneratorOptions;
  readonly #next: () => number;

  constructor(options: GeneratorOptions) {
    this.#options = options;
    this.#next = numbersOf(options.seed);
  }

  /** One document. */
  next(): string {
    const kind = this.#next();
    if (kind < 0.55) return this.#operation('query');
    if (kind < 0.7) return this.#operation('mutation');
    if (kind < 0.95) return this.#damaged(this.#operation(this.#chance(0.7) ? 'query' : 'mutation'));
    return this.#monster();
  }

  #chance(share: number): boolean {
    return this.#next() < share;
  }

  #whole(below: number): number {
    return Math.floor(this.#next() * below);
  }

  #one<T>(among: readonly T[]): T {
    return among[this.#whole(among.length)] as T;
  }

  #operation(kind: 'query' | 'mutation'): string {
    const { schema, without } = this.#options;
    const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
    const fields = Object.values(root?.getFields() ?? {}).filter(({ name }) => !without.has(name));
    const count = kind === 'query' ? 1 + this.#whole(3) : 1;
    const chosen = Array.from({ length: count }, (_, at) => `f${at}: ${this.#field(this.#one(fields), 0)}`);
    return `${kind} { ${chosen.join(' ')} }`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.filter(({ type, defaultValue }) => (isNonNullType(type) && defaultValue === undefined) || this.#chance(0.4));
    const args = given.map(({ name, type }) => `${name}: ${this.#value(type, 0)}`);
    return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${this.#selection(field.type, depth + 1)}`;
  }

  #selection(output: GraphQLOutputType, depth: number): string {
    const type: GraphQLNamedType = getNamedType(output);
    if (isLeafType(type)) return '';
    if (isAbstractType(type)) {
      const members = [...this.#options.schema.getPossibleTypes(type)].filter(() => this.#chance(0.4));
      return ` { __typename ${members.map((member) => `... on ${member.name}${this.#members(member, depth)}`).join(' ')} }`;
    }
    return isObjectType(type) ? this.#members(type, depth) : '';
  }

  #members(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields()).filter(({ type: of }) => depth < 7 || isLeafType(getNamedType(of)));
    const chosen = Array.from({ length: Math.min(fields.length, 1 + this.#whole(4)) }, () => this.#one(fields));
    // Two choices of one field with other arguments would need names of their own.
    const names = new Set<string>();
    const told = chosen.flatMap((field) =>
      names.size === names.add(field.name).size ? [] : [`a${names.size}${field.name}: ${this.#field(field, depth)}`],
    );
    return ` { __typename ${told.join(' ')} }`;
  }

  #value(input: GraphQLInputType, depth: number): string {
    if (!isNonNullType(input) && this.#chance(0.15)) return 'null';
    const type = getNullableType(input);
    if (isListType(type)) return `[${Array.from({ length: this.#whole(4) }, () => this.#value(type.ofType, depth + 1)).join(', ')}]`;
    if (isEnumType(type)) return this.#one(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(({ type: of }) => isNonNullType(of) || (depth < 4 && this.#chance(0.5)));
      return `{ ${fields.map((field) => `${field.name}: ${this.#value(field.type, depth + 1)}`).join(', ')} }`;
    }
    const { name } = type;
    if (name === 'ID') return JSON.stringify(this.#chance(0.7) ? this.#one(this.#options.ids) : this.#one(madeUpIds));
    if (name === 'Boolean') return this.#chance(0.5) ? 'true' : 'false';
    if (name === 'Int' || name === 'Float') return this.#one(numbers);
    return JSON.stringify(this.#chance(0.2) ? this.#one(this.#options.ids) : this.#one(texts));
  }

  /** A text with a few of its characters or words gone, doubled, or replaced. */
  #damaged(text: string): string {
    let damaged = text;
    for (let times = 1 + this.#whole(3); times > 0; times--) {
      const [at, length] = [this.#whole(damaged.length), 1 + this.#whole(8)];
      const [before, there, after] = [damaged.slice(0, at), damaged.slice(at, at + length), damaged.slice(at + length)];
      const other = this.#one([
        '{',
        '}',
        '(',
        ')',
        '"',
        '"""',
        '$x',
        '@skip(if: true)',
        '...',
        '...F',
        'null',
        '9'.repeat(400),
        '\u0000',
        '\ud800',
        '#',
        ':',
        '[',
        ' fragment F on Query { ...F } ',
      ]);
      damaged = before + this.#one(['', there + there, other, there + other]) + after;
    }
    return damaged;
  }

  /** What nobody writes by mistake. */
  #monster(): string {
    const many = 10 + this.#whole(3000);
    return this.#one([
      () => `{ ${'node(id: "x") { id '.repeat(many)}`,
      () => `{ ${Array.from({ length: many }, (_, at) => `a${at}: __typename`).join(' ')} }`,
      () => `{ me { ${'...F '.repeat(20)} } } fragment F on User { teams { team { projects { ...G } } } } fragment G on Project { ...G }`,
      () => `query ($a: ${'['.repeat(many)}Int${']'.repeat(many)}) { __typename }`,
      () => `{ __typename ${'@include(if: true) '.repeat(many)} }`,
      () => `{ project(id: ${'['.repeat(many)}${']'.repeat(many)}) { id } }`,
      () => `{ a: ${'{'.repeat(many)} }`,
      () => `${'{ me { id } } '.repeat(Math.min(many, 300))}`,
      () => `{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }`,
      () => `subscription { projectChanged(projectId: "${this.#one(this.#options.ids)}") { id } }`,
      () => `{ resolveRecipe(base: "ae", sets: [${'"model.latent=8", '.repeat(Math.min(many, 600))}]) { __typename } }`,
    ])();
  }
}
