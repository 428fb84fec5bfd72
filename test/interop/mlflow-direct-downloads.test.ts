import { execFile } from 'node:child_process';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answeringLine, type AnsweringLine } from '../support/answering-line.ts';
import { freshS3, S3_OWNER, type S3Server } from '../support/s3-server.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { pythonWithMlflow } from './mlflow-server.ts';

const SCRIPT = `
import hashlib, mlflow, os, sys, tempfile
def digest(path): return hashlib.sha256(open(path, "rb").read()).hexdigest()
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "weights.bin")
    with open(path, "wb") as file: file.write(os.urandom(int(sys.argv[1])))
    with mlflow.start_run() as run: mlflow.log_artifact(path, "model")
    os.mkdir(os.path.join(folder, "there"))
    found = mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="model/weights.bin", dst_path=os.path.join(folder, "there"))
    print(digest(path) == digest(found))
`;

describe.skipIf(env['LEMMA_WITHOUT_S3_SERVER'])('where the store may answer for itself, MLflow\'s client', () => {
  let store: S3Server;
  let line: AnsweringLine;
  let lemma: Stack;
  beforeAll(async () => {
    store = await freshS3(['lemma']);
    line = await answeringLine(store.endpoint);
    lemma = await startStack({ env: {
      AWS_ACCESS_KEY_ID: S3_OWNER.accessKeyId, AWS_SECRET_ACCESS_KEY: S3_OWNER.secretAccessKey,
      ARTIFACT_URL: `s3://lemma/files?region=us-east-1&direct=true&endpoint=${encodeURIComponent(line.endpoint)}`,
    } });
  });
  afterAll(async () => {
    await lemma?.stop();
    line?.stop();
    await store?.stop();
  });

  const download = async (bytes: number, more: Readonly<Record<string, string>> = {}) => {
    const before = line.asked('GET').length;
    const { stdout } = await promisify(execFile)(pythonWithMlflow(), ['-c', SCRIPT, String(bytes)], { env: { ...env, MLFLOW_TRACKING_URI: lemma.url, MLFLOW_DISABLE_TELEMETRY: 'true', GIT_PYTHON_REFRESH: 'quiet', ...more }, timeout: 240_000 });
    return { same: stdout.trim().split('\n').at(-1), signed: line.asked('GET').slice(before).filter((address) => address.includes('X-Amz-Signature=')).length };
  };

  test('reads a large file from there, and a small one from the server', async () => {
    expect(await download(9 * 2 ** 20)).toEqual({ same: 'True', signed: 1 });
    expect(await download(2 ** 20)).toEqual({ same: 'True', signed: 0 });
  });

  test('told to download in parts, reads them from there', async () => {
    expect(await download(9 * 2 ** 20, { MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD: 'true', MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE: String(5 * 2 ** 20) })).toEqual({ same: 'True', signed: 2 });
  });
});
