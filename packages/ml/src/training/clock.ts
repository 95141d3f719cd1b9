/** Time of a training: what a step costs, what an epoch took, what is left. Seconds. */
export class TrainingClock {
  readonly #now: () => number;
  readonly #stepsPerEpoch: number;
  #stepSeconds = 0;
  #steps = 0;
  #overheadSeconds = 0;
  #epochs = 0;
  #mark = 0;
  #epochStart = 0;
  #lastReport = -Infinity;

  constructor(stepsPerEpoch: number, now: () => number = () => performance.now() / 1000) {
    this.#now = now;
    this.#stepsPerEpoch = stepsPerEpoch;
  }

  startEpoch(): void {
    this.#epochStart = this.#mark = this.#now();
  }

  /** Called after every step; true where the last report is 200 ms ago. */
  stepDone(): boolean {
    const now = this.#now();
    this.#stepSeconds += now - this.#mark;
    this.#steps += 1;
    this.#mark = now;
    if (now - this.#lastReport < 0.2) return false;
    this.#lastReport = now;
    return true;
  }

  /** Called when validation is done; gives the seconds since `startEpoch`. */
  epochDone(): number {
    const now = this.#now();
    this.#overheadSeconds += now - this.#mark;
    this.#epochs += 1;
    return now - this.#epochStart;
  }

  /** Mean seconds of a step so far. */
  get secondsPerStep(): number {
    return this.#steps === 0 ? 0 : this.#stepSeconds / this.#steps;
  }

  secondsLeft(stepsLeft: number): number {
    const overhead = this.#epochs === 0 ? 0 : this.#overheadSeconds / this.#epochs;
    return stepsLeft * this.secondsPerStep + Math.ceil(stepsLeft / this.#stepsPerEpoch) * overhead;
  }
}
