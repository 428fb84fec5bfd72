export type ExperimentDesign = 'SINGLE_CHANGE' | 'ABLATION' | 'FACTORIAL' | 'SWEEP' | 'BASELINE';
