import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createFetcher } from './fetcher.js';
import './page.css';
import { useSession } from './session.js';

const url = new URL('/graphql', location.href).href;

const EXAMPLE = `# Ctrl-Enter runs what the cursor is in.
# Signed in at the dashboard, you are signed in here too. Another token goes into the headers below:
# { "authorization": "Bearer …" }

{
  __typename
}
`;

function Page(): ReactNode {
  const { username, accessToken } = useSession(url);
  return (
    <GraphiQL fetcher={createFetcher(url, accessToken)} defaultQuery={EXAMPLE} defaultEditorToolsVisibility="headers" shouldPersistHeaders={false}>
      <GraphiQL.Logo>
        <span className="signed-in">{username ? `VSS – ${username}` : <a href="/" target="_blank" rel="noreferrer">VSS – sign in</a>}</span>
      </GraphiQL.Logo>
    </GraphiQL>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root element');
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
