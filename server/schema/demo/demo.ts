import { demoFrom, type Demo } from '../../../domain/demo/demo.ts';
import { DEMO_SETTING } from '../../../operations/demo/demo-setting.ts';
import { startDemo } from '../../../operations/demo/start-demo.ts';
import { viewerOf } from '../../context.ts';
import { visibleProjects } from '../../visibility.ts';
import { builder } from '../builder.ts';
import { ProjectRef } from '../types.ts';
import { ViewerRef } from '../viewer/viewer.ts';

const DEMO_PROJECT = 'digits';

const DemoStateEnum = builder.enumType('DemoState', { values: ['ABSENT', 'RUNNING', 'READY', 'FAILED'] as const });

const DemoRef = builder.objectRef<Demo>('Demo').implement({
  description: "The demo project's loading: trainings done of trainings planned.",
  fields: (t) => ({
    state: t.field({ type: DemoStateEnum, resolve: (demo) => demo.state }),
    done: t.exposeInt('done'),
    total: t.exposeInt('total'),
    message: t.exposeString('message', { nullable: true, description: 'What it is doing, or why it failed.' }),
    project: t.field({
      type: ProjectRef,
      nullable: true,
      resolve: (_, __, context) => context.reader.project.findFirst({ where: { slug: DEMO_PROJECT, ...visibleProjects(viewerOf(context)) } }),
    }),
  }),
});

builder.objectField(ViewerRef, 'demo', (t) =>
  t.field({ type: DemoRef, resolve: async (_, __, { reader }) => demoFrom((await reader.setting.findUnique({ where: { key: DEMO_SETTING } }))?.value) }),
);

const StartDemoPayload = builder.objectRef<{ demo: Demo }>('StartDemoPayload').implement({
  fields: (t) => ({ demo: t.field({ type: DemoRef, resolve: ({ demo }) => demo }) }),
});

builder.mutationField('startDemo', (t) =>
  t.field({
    type: StartDemoPayload,
    description: "Trains the demo project's networks now; progress is on Viewer.demo.",
    resolve: async (_, __, context) => ({ demo: await startDemo(context.ports, viewerOf(context)) }),
  }),
);
