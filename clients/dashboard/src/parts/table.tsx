import type { ReactNode } from 'react';

export interface Column<Row> {
  title: string;
  /** Left out on narrow windows. */
  isWide?: boolean;
  cell: (row: Row) => ReactNode;
}

interface TableProps<Row> {
  /** What one row is, for tests and for the words on an empty table: `user`. */
  name: string;
  columns: readonly (Column<Row> | false)[];
  /** Undefined while they are on their way. */
  rows: readonly Row[] | undefined;
  empty: string;
  chosenId?: string | undefined;
}

export function Table<Row extends { id: string }>({ name, columns, rows, empty, chosenId }: TableProps<Row>): ReactNode {
  const shown = columns.filter((column) => column !== false);
  if (rows?.length === 0) return <p className="empty">{empty}</p>;
  return (
    <div className="table">
      <table>
        <thead>
          <tr>
            {shown.map(({ title, isWide }) => (
              <th key={title} className={isWide ? 'wide' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows?.map((row) => (
            <tr key={row.id} data-testid={`${name}-row`} data-id={row.id} aria-selected={row.id === chosenId}>
              {shown.map(({ title, isWide, cell }) => (
                <td key={title} className={isWide ? 'wide' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
