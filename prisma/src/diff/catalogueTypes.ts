import { ColumnTypeEnum, type SqlDriverAdapter, type SqlQuery } from '@prisma/driver-adapter-utils';

/** Types of the system catalogue that the pg adapter does not know: "char", name, and arrays of them; read as text. */
const asText: Record<number, number> = { 18: 25, 19: 25, 1002: 1009, 1003: 1009 };

interface RawResult {
  fields?: { dataTypeID: number }[];
}

/** Teaches a connection of the pg adapter the column types that the schema engine meets when it reads the system catalogue. */
export function readsCatalogue<T extends SqlDriverAdapter>(connection: T): T {
  const types = new WeakMap<SqlQuery, number[]>();
  const inner = connection as unknown as { performIO(query: SqlQuery): Promise<RawResult> };
  const performIO = inner.performIO.bind(connection);
  inner.performIO = async (query) => {
    const result = await performIO(query);
    const fields = result.fields ?? [];
    types.set(
      query,
      fields.map((field) => field.dataTypeID),
    );
    for (const field of fields) field.dataTypeID = asText[field.dataTypeID] ?? field.dataTypeID;
    return result;
  };
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const [column, type] of (types.get(query) ?? []).entries()) {
      if (type === 18) result.columnTypes[column] = ColumnTypeEnum.Character;
      if (type === 1002) result.columnTypes[column] = ColumnTypeEnum.CharacterArray;
    }
    return result;
  };
  return connection;
}
