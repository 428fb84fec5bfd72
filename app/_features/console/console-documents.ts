import { graphql } from '../../_graphql/graphql.ts';

export const ConsoleQuery = graphql(`query RunConsole($id: ID!) { run(id: $id) { id console { lineCount cut { from to } } } }`);

export const ConsoleSearchQuery = graphql(`query ConsoleSearch($id: ID!, $text: String!, $first: Int!) { run(id: $id) { id console { search(text: $text, first: $first) { numbers complete } } } }`);

export const ConsoleWritten = graphql(`
  subscription ConsoleWritten($run: ID!, $after: Float) { consoleWritten(run: $run, after: $after) { cursor cut { from to } lines { number stream source time text } } }
`);
