import { useDeferredValue, useEffect, useRef, useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { UserListDocument } from '../generated/operations.js';
import { Suggest } from './suggest.js';

const SUGGESTED = 20;

/** A user by name. What is typed is looked for; one whose user name stands there whole is picked. */
export function UserPick({ label, onPick }: { label: string; onPick: (userId: string | undefined) => void }): ReactNode {
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const [{ data }] = useQuery({ query: UserListDocument, variables: { first: SUGGESTED, filter: { search: search || null } } });
  const found = data?.users.nodes ?? [];
  const picked = found.find(({ username }) => username === text.trim().toLowerCase())?.id;
  const tell = useRef(onPick);
  useEffect(() => {
    tell.current = onPick;
  });
  // The answer may come after the last key.
  useEffect(() => tell.current(picked), [picked]);
  return (
    <Suggest
      label={label}
      type="search"
      placeholder="user name"
      value={text}
      onChange={(event) => setText(event.target.value)}
      options={found.map(({ username, displayName }) => ({ value: username, label: displayName }))}
    />
  );
}
