/** The answer of a verb that writes it as JSON itself, where thousands of objects would cost too much. */
export class Written<Answer> {
  /** In UTF-8. */
  readonly json: Uint8Array<ArrayBuffer>

  constructor(json: Uint8Array<ArrayBuffer>) {
    this.json = json
  }

  /** Returns what is written. */
  read(): Answer {
    return JSON.parse(new TextDecoder().decode(this.json))
  }
}
