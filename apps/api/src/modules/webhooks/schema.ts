import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { resultOf } from '../../graphql/results.ts';
import { publicId } from '../../ids.ts';
import { orNull } from '../../problems.ts';
import { TeamType } from '../accounts/schema.ts';
import { changeWebhook, createWebhook, deleteWebhook, listDeliveries, listWebhooks, readWebhook, testWebhook } from './service.ts';

const WebhookEventType = builder.enumType('WebhookEvent', {
  description: 'What a webhook is called for.',
  values: {
    runSucceeded: { description: 'A training succeeded: `run.succeeded`.' },
    runFailed: { description: 'A training failed: `run.failed`.' },
    runCancelled: { description: 'A training was cancelled: `run.cancelled`.' },
    evaluationFinished: { description: 'An evaluation ended, well or not: `evaluation.finished`.' },
  } as const,
});

const DeliveryStateType = builder.enumType('DeliveryState', {
  description: 'How far a delivery is.',
  values: {
    waiting: { description: 'It waits for its first or next attempt.' },
    delivered: { description: 'It arrived.' },
    failed: { description: 'It was given up.' },
  } as const,
});

builder.prismaObject('WebhookAttempt', {
  description: 'One attempt at a delivery.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counted from 1.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it began.' }),
    status: t.exposeInt('status', { nullable: true, description: 'HTTP status of the answer; null where none came.' }),
    milliseconds: t.exposeInt('milliseconds', { description: 'Until the answer, or the failure.' }),
    problem: t.exposeString('problem', { nullable: true, description: 'Why it did not arrive, in one sentence; null where it did.' }),
  }),
});

const WebhookDeliveryType = builder.prismaObject('WebhookDelivery', {
  description: 'One event for one webhook.',
  fields: (t) => ({
    id: t.id({
      description: 'Stable id: `dlv_<uuid>`; every attempt sends it.',
      resolve: (delivery) => publicId('WebhookDelivery', delivery.id),
    }),
    event: t.exposeString('event', { description: 'Such as `run.failed`; `test` for a test.' }),
    state: t.expose('state', { type: DeliveryStateType, description: 'How far it is.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was queued.' }),
    dueAt: t.expose('dueAt', { type: 'DateTime', nullable: true, description: 'When it is tried next; null once it is over.' }),
    body: t.exposeString('body', { description: 'What is sent, JSON.' }),
    attempts: t.relation('attempts', { description: 'What was tried, in order; eight at most.', query: { orderBy: { number: 'asc' } } }),
  }),
});
type Delivery = typeof WebhookDeliveryType.$inferType;

const Deliveries = connectionOf('WebhookDeliveriesConnection', WebhookDeliveryType, 'deliveries');

const WebhookType = builder.prismaObject('Webhook', {
  description: 'An address that is called when something ends; every delivery is signed.',
  fields: (t) => ({
    id: t.id({ description: 'Stable id: `whk_<uuid>`.', resolve: (webhook) => publicId('Webhook', webhook.id) }),
    url: t.exposeString('url', { description: 'The address that is called.' }),
    events: t.expose('events', { type: [WebhookEventType], description: 'What it is called for.' }),
    enabled: t.boolean({ description: 'Whether it is called.', resolve: ({ disabledAt }) => disabledAt === null }),
    disabledReason: t.exposeString('disabledReason', {
      nullable: true,
      description: 'Why the platform itself disabled it; null where it did not.',
    }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when nothing arrived; null where the last delivery did. After three days it is disabled.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    createdBy: t.relation('createdBy', { nullable: true, description: 'Who made it; null for a person who left.' }),
    project: t.relation('project', { nullable: true, description: 'The project whose events it is called for; null for all of the team.' }),
    deliveries: t.field({
      type: Deliveries,
      description: 'What was sent, newest first, over the last thirty days.',
      complexity: pageComplexity,
      args: { first: t.arg.int({ description: pageArgs.first }), after: t.arg.string({ description: pageArgs.after }) },
      resolve: (webhook, args, context, info) =>
        listDeliveries(context, webhook, args, relationsOf(context, info, 'WebhookDelivery', ['edges', 'node'])),
    }),
  }),
});
type Hook = typeof WebhookType.$inferType;

const Webhooks = connectionOf('TeamWebhooksConnection', WebhookType, 'webhooks');

builder.prismaObjectField(TeamType, 'webhooks', (t) =>
  t.field({
    type: Webhooks,
    description: 'Its webhooks, newest first; for admins and owners.',
    complexity: pageComplexity,
    args: {
      projectId: t.arg.id({ description: 'Only those of this project alone.' }),
      first: t.arg.int({ description: pageArgs.first }),
      after: t.arg.string({ description: pageArgs.after }),
    },
    resolve: (team, args, context, info) => listWebhooks(context, team, args, relationsOf(context, info, 'Webhook', ['edges', 'node'])),
  }),
);

builder.queryField('webhook', (t) =>
  t.field({
    type: WebhookType,
    nullable: true,
    description: 'A webhook with what it was sent, for admins and owners; null when there is none, or you are no member of its team.',
    args: { id: t.arg.id({ required: true, description: 'Id of the webhook.' }) },
    resolve: (_root, { id }, context) => orNull(readWebhook(context, id)) as never,
  }),
);

const CreateWebhookSuccess = builder.objectRef<{ webhook: Hook; secret: string }>('CreateWebhookSuccess').implement({
  description: 'The webhook was made.',
  fields: (t) => ({
    webhook: t.field({ type: WebhookType, description: 'The new webhook.', resolve: ({ webhook }) => webhook as never }),
    secret: t.exposeString('secret', { description: 'What signs its deliveries; shown here and never again.' }),
  }),
});

const ChangeWebhookSuccess = builder.objectRef<{ webhook: Hook }>('ChangeWebhookSuccess').implement({
  description: 'The webhook was changed.',
  fields: (t) => ({ webhook: t.field({ type: WebhookType, description: 'The webhook.', resolve: ({ webhook }) => webhook as never }) }),
});

const DeleteWebhookSuccess = builder.objectRef<{ id: string }>('DeleteWebhookSuccess').implement({
  description: 'The webhook is gone.',
  fields: (t) => ({ id: t.exposeID('id', { description: 'Id that it had.' }) }),
});

const TestWebhookSuccess = builder.objectRef<{ delivery: Delivery }>('TestWebhookSuccess').implement({
  description: 'A test is queued.',
  fields: (t) => ({
    delivery: t.field({
      type: WebhookDeliveryType,
      description: 'The delivery; its attempt tells what came of it.',
      resolve: ({ delivery }) => delivery as never,
    }),
  }),
});

const CreateWebhookInput = builder.inputType('CreateWebhookInput', {
  description: 'A webhook to be made.',
  fields: (t) => ({
    teamId: t.id({ required: true, description: 'The team whose events it is called for.' }),
    projectId: t.id({ description: 'Only those of this project; of all when left out.' }),
    url: t.string({ required: true, description: 'What is called, https or http.' }),
    events: t.field({ type: [WebhookEventType], required: true, description: 'What it is called for.' }),
  }),
});

const ChangeWebhookInput = builder.inputType('ChangeWebhookInput', {
  description: 'A change of a webhook; what is left out stays.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Id of the webhook.' }),
    url: t.string({ description: 'Another address.' }),
    events: t.field({ type: [WebhookEventType], description: 'What it is called for from now on.' }),
    enabled: t.boolean({ description: 'Whether it is called.' }),
  }),
});

builder.mutationFields((t) => ({
  createWebhook: t.field({
    type: resultOf('CreateWebhookResult', CreateWebhookSuccess, 'making a webhook'),
    description: 'Makes a webhook; for admins and owners.',
    args: { input: t.arg({ type: CreateWebhookInput, required: true, description: 'The webhook.' }) },
    resolve: (_root, { input }, context) => createWebhook(context, input),
  }),
  changeWebhook: t.field({
    type: resultOf('ChangeWebhookResult', ChangeWebhookSuccess, 'changing a webhook'),
    description: 'Changes a webhook, disables or enables it; for admins and owners.',
    args: { input: t.arg({ type: ChangeWebhookInput, required: true, description: 'The change.' }) },
    resolve: async (_root, { input }, context) => ({ webhook: await changeWebhook(context, input) }),
  }),
  deleteWebhook: t.field({
    type: resultOf('DeleteWebhookResult', DeleteWebhookSuccess, 'deleting a webhook'),
    description: 'Deletes a webhook with what it was sent; for admins and owners.',
    args: { id: t.arg.id({ required: true, description: 'Id of the webhook.' }) },
    resolve: async (_root, { id }, context) => ({ id: await deleteWebhook(context, id) }),
  }),
  testWebhook: t.field({
    type: resultOf('TestWebhookResult', TestWebhookSuccess, 'testing a webhook'),
    description: 'Sends a test to a webhook, also to one that is disabled; for admins and owners.',
    args: { id: t.arg.id({ required: true, description: 'Id of the webhook.' }) },
    resolve: async (_root, { id }, context) => ({ delivery: await testWebhook(context, id) }),
  }),
}));
