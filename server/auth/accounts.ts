import { randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import type { Logger } from 'pino';
import { checkEmail } from '../../domain/people/email.ts';
import { checkPersonName } from '../../domain/people/person-name.ts';
import { badInput, Refusal } from '../../domain/refusal.ts';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import { askForDemoOnce } from '../../operations/demo/ask-for-demo-once.ts';
import { admitPerson, welcomePerson } from '../../operations/people/join.ts';
import { requireMaySignIn } from '../../operations/people/sign-in.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import type { ServerEnv } from '../env.ts';
import { graphqlCode } from '../http/answer.ts';

export type Accounts = ReturnType<typeof makeAccounts>;

export interface AccountsParts {
  readonly prisma: PrismaClient;
  readonly ports: Ports;
  readonly env: ServerEnv;
  readonly log: Logger;
}

const RESET_HOURS = 1;

/** Accounts, passwords and browser sessions, by better-auth in our own tables. Who may come in is decided by operations/people/join.ts. */
export function makeAccounts({ prisma, ports, env, log }: AccountsParts) {
  return betterAuth({
    appName: 'Lemma',
    baseURL: env.publicUrl,
    basePath: '/api/auth',
    secret: env.secret,
    telemetry: { enabled: false },
    logger: { log: (level, message) => log[level === 'error' ? 'warn' : 'debug']({ from: 'better-auth' }, message) },
    database: prismaAdapter(prisma, { provider: 'postgresql' }),
    user: {
      modelName: 'person',
      additionalFields: {
        organizationId: { type: 'string', required: false, input: false },
        organizationRole: { type: 'string', required: false, input: false },
      },
    },
    emailAndPassword: {
      enabled: true,
      autoSignIn: true,
      minPasswordLength: 8,
      maxPasswordLength: 200,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: RESET_HOURS * 3600,
      sendResetPassword: async ({ user, token }) => {
        if (!ports.mail.configured) { log.info({ personId: user.id }, 'a password reset was asked for, and there is no SMTP_URL: an owner can make the link (People, Reset password)'); return; }
        await ports.mail.send({ to: user.email, subject: 'Choose a new Lemma password', text: `Somebody, hopefully you, asked for a new password for ${user.email}.\n\nChoose it here, within ${RESET_HOURS} hour:\n${env.publicUrl}/reset-password?token=${token}\n\nIf it was not you, do nothing.` });
      },
    },
    session: { expiresIn: 30 * 86_400, updateAge: 86_400 },
    // Our own limits (server/auth/auth-door.ts) count by account as well as by address, and believe forwarded headers of named proxies alone.
    rateLimit: { enabled: false },
    trustedOrigins: (request) => [env.publicUrl, ...sameOrigin(request)],
    advanced: {
      cookiePrefix: 'lemma',
      // Said because better-auth would otherwise leave it out under NODE_ENV=test, and our tests would try something else than what runs.
      disableOriginCheck: false,
      database: { generateId: ({ model }) => (model === 'user' || model === 'person' ? ports.ids.next('person') : randomBytes(16).toString('hex')) },
    },
    // What is no refusal of theirs goes to our dispatcher, which logs it and answers with a reference.
    onAPIError: { throw: true },
    hooks: {
      before: createAuthMiddleware(async (context) => {
        if (context.path === '/sign-up/email') checkSignUp(context.body);
        if (context.path === '/update-user') checkUpdate(context.body);
      }),
    },
    databaseHooks: {
      session: { create: { before: ({ userId }) => refusingAsApi(() => requireMaySignIn(ports, userId)) } },
      user: {
        create: {
          before: async (user, context) => {
            const admitted = await refusingAsApi(() => admitPerson(ports, { mode: env.auth, signUp: env.signUp, email: user.email, invitation: invitationOf(context?.body) }));
            return { data: { ...user, ...admitted, name: checkPersonName(user.name) } };
          },
          after: async (user, context) => {
            await welcomePerson(ports, user.id, invitationOf(context?.body));
            // At the first start nobody owned the installation yet.
            if (env.loadDemo && user['organizationRole'] === 'OWNER') await askForDemoOnce(ports, user.id);
          },
        },
      },
    },
  });
}

interface SignUpBody { readonly email?: unknown; readonly name?: unknown; readonly invitation?: unknown; readonly image?: unknown }

/** What came as a body, field by field; nothing where it was no object. */
const fieldsOf = (body: unknown): SignUpBody => (typeof body === 'object' && body !== null ? body : {});
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function checkSignUp(body: unknown): void {
  const { name, email, image } = fieldsOf(body);
  asApi(() => {
    checkPersonName(textOf(name));
    checkEmail(textOf(email));
    checkNoImage(image);
  });
}

function checkUpdate(body: unknown): void {
  const { name, image } = fieldsOf(body);
  asApi(() => {
    if (name !== undefined) checkPersonName(textOf(name));
    checkNoImage(image);
  });
}

/** People are shown by their initials, so nobody's picture is fetched from elsewhere. */
function checkNoImage(image: unknown): void {
  if (image !== undefined && image !== null) throw badInput('person/image', 'Lemma keeps no pictures of people. Leave image out.');
}

const invitationOf = (body: unknown): string | null => {
  const secret = fieldsOf(body).invitation;
  return typeof secret === 'string' && secret !== '' ? secret : null;
};

/** A browser's own pages may call whatever address they were opened at; local mode has checked Host and Origin before. */
function sameOrigin(request: Request | undefined): string[] {
  const host = request?.headers.get('host');
  return host ? [`http://${host}`, `https://${host}`] : [];
}

async function refusingAsApi<T>(work: () => Promise<T>): Promise<T> {
  try { return await work(); } catch (error) { throw toApi(error); }
}

function asApi(work: () => void): void {
  try { work(); } catch (error) { throw toApi(error); }
}

const API_STATUS = { unauthenticated: 'UNAUTHORIZED', forbidden: 'FORBIDDEN', 'not-found': 'NOT_FOUND', 'bad-input': 'BAD_REQUEST', conflict: 'CONFLICT', 'rate-limited': 'TOO_MANY_REQUESTS' } as const;

const toApi = (error: unknown): unknown =>
  (error instanceof Refusal ? new APIError(API_STATUS[error.family], { message: error.message, code: graphqlCode(error), reason: error.code }) : error);
