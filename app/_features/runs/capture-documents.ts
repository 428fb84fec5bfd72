import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const CaptureQuery = graphql(`
  query RunCapture($id: ID!) {
    run(id: $id) {
      id
      exit { exitCode signal traceback }
      reproducibility { grade reasons }
      reproductions { id reproduced machine createdAt again { id name } by { id name } causes { kind name sentence } metrics { key } }
      capture {
        recordedAt commandLine workingFolder modelType machine
        code {
          repository commit commitUrl branch dirty onRemote script sourceFiles
          diff { sha256 bytes masked file { path isDirectory size sha256 mediaType url removedAt } }
          untracked { path bytes sha256 } leftOut { path bytes why } submodules { path commit dirty }
        }
        python { version implementation }
        packages { name version hash }
        hardware { cpu cores memoryBytes gpus { name memoryBytes } cuda driver os }
        container { image digest }
        variables { key value } seeds { key value } defaults { key value }
      }
    }
  }
`);

type CapturedRun = NonNullable<ResultOf<typeof CaptureQuery>['run']>;
export type Exit = NonNullable<CapturedRun['exit']>;
export type Capture = NonNullable<CapturedRun['capture']>;
export type CapturedCode = NonNullable<Capture['code']>;
