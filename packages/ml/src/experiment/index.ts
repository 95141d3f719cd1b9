export { BUDGET_SETTINGS, BUDGETS, type Budget } from './budgets.ts';
export { needsOrientation, PAPER_TABLE_ORDER, REGIMES, type ExperimentRecipe, type Regime } from './experiment-recipe.ts';
export { PlanError, planExperiment, type ExperimentClass, type ExperimentPlan, type PlannedTask } from './plan.ts';
