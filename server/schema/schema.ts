// One line a noun; each file adds its types and fields to the builder.
import './scalars.ts';
import './people/person.ts';
import './people/people-mutations.ts';
import './projects/project.ts';
import './projects/project-mutations.ts';
import './projects/project-subscriptions.ts';
import './tokens/token.ts';
import './viewer/viewer.ts';
import './demo/demo.ts';
import { builder } from './builder.ts';

export const schema = builder.toSchema();
