import { signIn } from '../support/signIn.ts';
import { expect, test } from '../support/test.ts';

test('the API explorer runs queries and subscriptions as who is signed in, and describes every type', async ({ page }) => {
  await signIn(page);
  await page.getByRole('button', { name: /account of/ }).click();
  await page.getByRole('menuitem', { name: 'API explorer' }).click();
  await expect(page).toHaveURL(/\/explorer$/);
  const editor = page.getByRole('region', { name: 'Query Editor' });
  const answer = page.getByRole('region', { name: 'Result Window' });
  const run = page.getByRole('button', { name: /Execute query/ });
  await expect(editor).toContainText('trainingRuns');
  await run.click();
  await expect(answer).toContainText('"name": "Ada Owner"');
  await expect(answer).toContainText('"projects"');

  // The sample's first model begins to train by itself.
  const query = '{ me { teams { team { projects { trainingRuns(first: 1) { edges { node { id } } } } } } } }';
  const runId = async (): Promise<string> => {
    const response = await page.request.post('/graphql', { data: { query } });
    return /run_[0-9a-f-]{36}/.exec(await response.text())?.[0] ?? '';
  };
  await expect.poll(runId, { timeout: 90_000 }).not.toBe('');
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(`subscription { trainingRunChanged(id: "${await runId()}") { run { id epochs } } }`);
  await run.click();
  await expect(answer).toContainText('"trainingRunChanged"');
  await page.getByRole('button', { name: /Stop query/ }).click();

  await page.getByRole('button', { name: /Documentation Explorer/ }).click();
  await page
    .getByRole('link', { name: 'Query', exact: true })
    .or(page.getByText('Query', { exact: true }))
    .first()
    .click();
  await expect(page.getByText('A training run; null when there is none, or you are no member of its team.')).toBeVisible();
});
